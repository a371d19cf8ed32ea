import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Permission } from '#features/settings/types.ts';
import { permits } from '#lib/session.ts';
import { categoriesOf, difference, folded, heldBy, isAbove, passes, switched, tidy, triState } from './matrix.ts';

const KEYS = ['servers', 'volumes', 'dns', 'roles'].flatMap((resource) =>
  ['read', 'create', 'update', 'delete'].map((action) => `${resource}:${action}`),
);
const permission = (key: string, risk: Permission['risk'] = 'read'): Permission => ({
  key,
  title: key,
  category: key.split(':')[0]!,
  risk,
  critical: false,
  stepUp: null,
  operations: [],
  contractKeys: [],
});
const part = (all: string[]) => fc.constantFrom('*', ...all);
const anyPattern = fc.oneof(
  fc.constant('*'),
  fc.tuple(part(['servers', 'volumes', 'dns', 'roles']), part(['read', 'create', 'update', 'delete'])).map(([r, a]) => `${r}:${a}`),
);
const patterns = fc.array(anyPattern, { maxLength: 6 });
const keys = fc.subarray(KEYS, { minLength: 1 });

describe('patterns and permissions', () => {
  test('switching off takes exactly those permissions, however they were held', () => {
    fc.assert(
      fc.property(patterns, keys, (before, off) => {
        const after = heldBy(switched(before, off, false, KEYS), KEYS);
        for (const key of KEYS) expect(after.has(key)).toBe(permits(before, key) && !off.includes(key));
      }),
    );
  });

  test('switching on adds exactly those permissions', () => {
    fc.assert(
      fc.property(patterns, keys, (before, on) => {
        const after = heldBy(switched(before, on, true, KEYS), KEYS);
        for (const key of KEYS) expect(after.has(key)).toBe(permits(before, key) || on.includes(key));
      }),
    );
  });

  test('tidying and folding hold the same permissions as before, in no more patterns', () => {
    fc.assert(
      fc.property(patterns, (before) => {
        expect(heldBy(tidy(before), KEYS)).toEqual(heldBy(before, KEYS));
        expect(heldBy(folded(before, KEYS), KEYS)).toEqual(heldBy(before, KEYS));
        expect(folded(before, KEYS).length).toBeLessThanOrEqual(Math.max(1, tidy(before).length));
      }),
    );
  });

  test('of everything but one permission, other resources stay whole: what comes later is still held', () => {
    const after = switched(['*'], ['servers:delete'], false, KEYS);
    expect(after).toEqual(['volumes:*', 'dns:*', 'roles:*', 'servers:read', 'servers:create', 'servers:update']);
  });

  test('of all reading but one, reading of the others stays', () => {
    expect(switched(['*:read'], ['roles:read'], false, KEYS)).toEqual(['servers:read', 'volumes:read', 'dns:read']);
  });

  test('a permission that a pattern holds already is not named again', () => {
    expect(switched(['servers:*'], ['servers:read', 'dns:read'], true, KEYS)).toEqual(['servers:*', 'dns:read']);
  });

  test('a resource with all its permissions folds to one pattern, one with a single permission does not', () => {
    expect(folded(['servers:read', 'servers:create', 'servers:update', 'servers:delete', 'dns:read'], KEYS)).toEqual(['servers:*', 'dns:read']);
    expect(folded(['usage:read'], ['usage:read', 'dns:read'])).toEqual(['usage:read']);
  });

  test('the difference names what is gained and what is lost, not how the patterns are written', () => {
    expect(difference(['servers:*'], KEYS.slice(0, 4), KEYS)).toEqual({ gained: [], lost: [] });
    expect(difference(['servers:read'], ['dns:read'], KEYS)).toEqual({ gained: ['dns:read'], lost: ['servers:read'] });
  });
});

describe('the matrix', () => {
  test('a box over others is on, off or in between', () => {
    const held = new Set(['servers:read']);
    expect(triState(['servers:read'], held)).toBe(true);
    expect(triState(['servers:read', 'dns:read'], held)).toBe('indeterminate');
    expect(triState(['dns:read'], held)).toBe(false);
  });

  test('three hundred permissions stand by category, resource and risk, none lost', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      ...permission(`res${i % 60}:act${i}`, (['read', 'write', 'high'] as const)[i % 3]),
      category: `Category ${i % 12}`,
    }));
    const categories = categoriesOf(many);
    expect(categories).toHaveLength(12);
    const inCells = categories.flatMap(({ rows }) => rows.flatMap(({ cells }) => [...cells.read, ...cells.write, ...cells.high]));
    expect(inCells).toHaveLength(300);
    expect(categories.flatMap((category) => category.keys)).toHaveLength(300);
  });

  test('a filter finds by key, operation and older name, and narrows by risk and state', () => {
    const one = {
      ...permission('servers:power', 'write'),
      title: 'Start and stop',
      operations: ['servers.start'],
      contractKeys: ['canStartStopServers'],
    };
    const all = { text: '', risk: undefined, only: undefined };
    const none = new Set<string>();
    expect(passes(one, { ...all, text: 'canstart' }, none, none)).toBe(true);
    expect(passes(one, { ...all, text: 'servers.start stop' }, none, none)).toBe(true);
    expect(passes(one, { ...all, text: 'volume' }, none, none)).toBe(false);
    expect(passes(one, { ...all, risk: 'read' }, none, none)).toBe(false);
    expect(passes(one, { ...all, only: 'held' }, none, none)).toBe(false);
    expect(passes(one, { ...all, only: 'changed' }, none, new Set(['servers:power']))).toBe(true);
  });

  test('rights above the highest risk of the role are told apart', () => {
    expect(isAbove('high', 'write')).toBe(true);
    expect(isAbove('write', 'write')).toBe(false);
  });
});
