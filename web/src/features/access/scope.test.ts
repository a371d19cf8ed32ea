import { beforeAll, expect, test } from 'vitest';
import { allTexts } from '#lib/i18n.ts';
import { clauseParts, draftOf, EMPTY_CLAUSE, EVERYTHING, NOTHING_YET, scopeOf } from './scope.ts';

beforeAll(allTexts);

test('everything stays everything, there and back', () => {
  expect(draftOf({ all: true })).toEqual(EVERYTHING);
  expect(scopeOf(EVERYTHING)).toEqual({ scope: { all: true }, faults: [], ready: true });
});

test('a scope survives being edited without a change', () => {
  const scope = { any: [{ type: 'server', environments: ['prod'], labels: { team: 'shop', tier: 'web' } }, { ids: ['a', 'b'] }, { groups: ['g'] }] };
  expect(scopeOf(draftOf(scope))).toEqual({ scope, faults: [null, null, null], ready: true });
});

test('a part without any limit is refused: it would reach everything by oversight', () => {
  const { ready, faults } = scopeOf(NOTHING_YET);
  expect(ready).toBe(false);
  expect(faults[0]).toMatch(/.+/);
});

test('no part at all reaches nothing and is not sent', () => {
  expect(scopeOf({ all: false, clauses: [] }).ready).toBe(false);
});

test('labels that cannot be read keep the scope back, and say which', () => {
  const { ready, faults } = scopeOf({ all: false, clauses: [{ ...EMPTY_CLAUSE, labels: 'team=?!' }] });
  expect(ready).toBe(false);
  expect(faults[0]).toContain('team');
});

test('a clause is told in words, with names for ids', () => {
  const parts = clauseParts({ type: 'server', environments: ['dev', 'staging'], groups: ['g1'] }, (id) => (id === 'g1' ? 'Edge' : id));
  expect(parts).toHaveLength(3);
  expect(parts[1]).toContain('dev, staging');
  expect(parts[2]).toContain('Edge');
});
