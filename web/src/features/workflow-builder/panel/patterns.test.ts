import { expect, test } from 'vitest';
import type { OperationInfo } from '../state/types-of.ts';
import { modulesOf, offered } from './patterns.ts';

const operation = (name: string, allowed = true): OperationInfo => ({ name, summary: name, group: 'g', risk: 'read', schema: {}, allowed });
const ALL = ['servers.list', 'servers.delete', 'serversx.list', 'dns.records.list'].map((name) => operation(name));
const names = (wanted: unknown, denied: unknown = []) => offered(ALL, wanted, denied).map(({ name }) => name);

test('a name is itself, a module with a star is all of it and nothing beside it', () => {
  expect(names(['servers.list'])).toEqual(['servers.list']);
  expect(names(['servers.*'])).toEqual(['servers.list', 'servers.delete']);
  expect(names(['*'])).toHaveLength(4);
  expect(names(undefined)).toEqual([]);
});

test('what is denied, or may not be done by this person, is not offered', () => {
  expect(names(['servers.*'], ['servers.delete'])).toEqual(['servers.list']);
  expect(offered([operation('servers.list', false)], ['*'], [])).toEqual([]);
});

test('modules are offered as a whole', () => expect(modulesOf(ALL)).toEqual(['dns.*', 'servers.*', 'serversx.*']));
