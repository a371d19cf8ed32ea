import { expect, test } from 'vitest';
import { match } from './match.ts';

test('every word typed has to occur, in any order', () => {
  expect(match('servers.create', 'create serv')).toBeGreaterThan(0);
  expect(match('servers.create', 'create zone')).toBe(0);
});
test('letters scattered over a text do not match', () => {
  expect(match('changes.rollback', 'cgs', ['Roll back a Change'])).toBe(0);
});
test('a beginning counts more than a middle', () => {
  expect(match('servers.create', 'serv')).toBeGreaterThan(match('dns.servers', 'serv'));
  expect(match('dns.servers', 'serv')).toBeGreaterThan(match('observers', 'serv'));
});
