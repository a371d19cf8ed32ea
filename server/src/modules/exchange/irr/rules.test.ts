import { expect, test } from 'vitest';
import type { IrrSets } from '../render/irr.ts';
import { isDue, sourceOf, whyKept } from './rules.ts';

const prefix = (at: number) => ({ prefix: `45.${at}.0.0/16`, ge: 16, le: 24 });
const sets = (origins: number, v4: number, v6 = 0): IrrSets => ({
  origins: Array.from({ length: origins }, (_, at) => at + 1),
  v4: Array.from({ length: v4 }, (_, at) => prefix(at)),
  v6: Array.from({ length: v6 }, (_, at) => prefix(at)),
});

test('an answer that is empty, or less than half of any list, is not taken; half of it is', () => {
  expect(whyKept(undefined, sets(1, 1))).toBeUndefined();
  expect(whyKept(undefined, sets(0, 0))).toBe('irr-list-empty');
  const before = sets(10, 100, 4);
  expect(whyKept(before, sets(5, 50, 2))).toBeUndefined();
  expect(whyKept(before, sets(10, 49, 4))).toBe('irr-list-shrunk');
  expect(whyKept(before, sets(4, 100, 4))).toBe('irr-list-shrunk');
  expect(whyKept(before, sets(10, 100, 0))).toBe('irr-list-empty');
  expect(whyKept(before, sets(1, 1, 0), true)).toBeUndefined();
  expect(whyKept(before, sets(0, 0, 0), true)).toBe('irr-list-empty');
  expect(whyKept(before, sets(99, 900, 40))).toBeUndefined();
});

test('it is asked at once, then every six hours, and soon where the network names another set', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const tried = (minutes: number) => ({ source: 'AS-A', triedAt: new Date(now.getTime() - minutes * 60_000) });
  expect(isDue(undefined, 'AS-A', now)).toBe(true);
  expect([isDue(tried(359), 'AS-A', now), isDue(tried(360), 'AS-A', now)]).toEqual([false, true]);
  expect([isDue(tried(14), 'AS-B', now), isDue(tried(15), 'AS-B', now)]).toEqual([false, true]);
  expect([sourceOf({ asn: 7, asSet: null }), sourceOf({ asn: 7, asSet: 'AS-SEVEN' })]).toEqual(['AS7', 'AS-SEVEN']);
});
