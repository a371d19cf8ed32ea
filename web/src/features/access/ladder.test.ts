import { expect, test } from 'vitest';
import type { Role } from '#features/settings/types.ts';
import { ladderOf } from './ladder.ts';

const role = (id: string, level: number, clonedFrom: string | null = null): Role => ({
  id,
  key: id,
  name: id,
  description: '',
  level,
  maxRisk: 'read',
  patterns: [],
  permissions: [],
  system: false,
  assignable: true,
  requiresMfa: false,
  clonedFrom,
  members: 0,
  version: 1,
});
const told = (roles: Role[]) => ladderOf(roles).map((rung) => `${'>'.repeat(rung.depth)}${rung.role.id}`);

test('the most power stands on top', () => {
  expect(told([role('viewer', 90), role('owner', 1), role('admin', 10)])).toEqual(['owner', 'admin', 'viewer']);
});

test('a copy stands below what it was made from, and copies of copies below those', () => {
  const roles = [role('a', 10), role('c', 80, 'b'), role('b', 70, 'a'), role('z', 20)];
  expect(told(roles)).toEqual(['a', '>b', '>>c', 'z']);
  expect(ladderOf(roles)[0]!.copies).toBe(1);
});

test('a copy whose original is gone stands by itself', () => {
  expect(told([role('orphan', 40, 'gone')])).toEqual(['orphan']);
});
