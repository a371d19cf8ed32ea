import { expect, test } from 'vitest';
import { readModules } from '#test/modules.ts';
import { HEARD } from './announcements.ts';

/** Announced by nobody yet: identity writes of new devices to their person itself. */
const AWAITED = ['session.new_device'];

test('every event that people are told of is announced by some module', async () => {
  const announced = new Set((await readModules()).flatMap(({ events = {} }) => Object.keys(events)));
  expect(HEARD.filter((type) => !announced.has(type))).toEqual(AWAITED);
});
