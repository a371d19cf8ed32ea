import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuse, only } from '#kernel/recall/fuse.ts';
import { directionOf, likeness } from '#kernel/recall/vectors.ts';
import { conflictOf, entitiesIn, expiryOf, isForeign, linkTarget, meaningOf, mergedOf, spaceOf } from './rules.ts';

const AT = new Date('2026-11-20T12:00:00Z');

describe('directions', () => {
  const vectors = fc.integer({ min: 8, max: 128 }).chain((size) => {
    const vector = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: size, maxLength: size });
    return fc.tuple(vector, vector);
  });
  const cosine = (a: number[], b: number[]): number => {
    const dot = (x: number[], y: number[]): number => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
    const norm = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
    return norm === 0 ? 0 : dot(a, b) / norm;
  };
  test('one byte for a dimension tells how alike two vectors are to within a few hundredths', () => {
    fc.assert(fc.property(vectors, ([a, b]) => {
      fc.pre([a, b].every((vector) => vector.some((value) => Math.abs(value) > 0.01)));
      expect(Math.abs(likeness(directionOf(a), directionOf(b)) - Math.max(0, cosine(a, b)))).toBeLessThan(0.04);
    }));
  }); // prettier-ignore
  test('a vector is like itself, however long; none is like zeros or another length', () => {
    expect(likeness(directionOf([0.1, 0.2, -0.3]), directionOf([1, 2, -3]))).toBeCloseTo(1, 2);
    expect([likeness(directionOf([0, 0]), directionOf([1, 1])), likeness(directionOf([1]), directionOf([1, 1]))]).toEqual([0, 0]);
  });
});

describe('reciprocal rank fusion', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
  const ranked = (list: readonly string[]) => list.map((id, at) => ({ id, score: 1 - at / 20 }));
  test('everything that either found is there once, in an order in which no two swap that both ranked alike', () => {
    fc.assert(fc.property(ids, ids, (a, b) => {
      const fused = fuse(ranked(a), ranked(b));
      expect(fused.map(({ id }) => id).toSorted()).toEqual([...new Set([...a, ...b])].toSorted());
      for (const { score } of fused) expect(score > 0 && score <= 1).toBe(true);
      for (const [at, { id }] of fused.entries())
        for (const { id: later } of fused.slice(at + 1)) {
          const worse = (list: readonly string[]): boolean => list.includes(id) && list.includes(later) && list.indexOf(later) < list.indexOf(id);
          expect(worse(a) && worse(b)).toBe(false);
        }
    }));
  }); // prettier-ignore
  test('first in both is 1; one way alone keeps its own score', () => {
    expect(fuse(ranked(['a', 'b']), ranked(['a', 'c']))[0]).toEqual({ id: 'a', score: 1, keyword: 1, semantic: 1 });
    expect(only('semantic', [{ id: 'x', score: 0.4 }])).toEqual([{ id: 'x', score: 0.4, keyword: null, semantic: 0.4 }]);
  });
});

describe('what is kept', () => {
  const before = mergedOf(undefined, { content: 'old', title: 'T', tags: ['a'], metadata: { x: 1 }, expires: '1d' }, 'upsert', AT);
  test('what nobody said is the default', () => {
    expect(mergedOf(undefined, { content: 'c' }, 'append', AT)).toMatchObject({ content: 'c', type: 'semantic', sensitivity: 'internal', importance: 'medium', confidence: 1, expiresAt: null }); // prettier-ignore
  });
  test('each strategy keeps what it says', () => {
    const merge = (strategy: 'upsert' | 'append' | 'replace' | 'version') => mergedOf(before, { content: 'new', tags: ['b'], metadata: { y: 2 } }, strategy, AT); // prettier-ignore
    expect(merge('upsert')).toMatchObject({ content: 'new', title: 'T', tags: ['b'], metadata: { y: 2 }, expiresAt: before.expiresAt });
    expect(merge('version')).toEqual(merge('upsert'));
    expect(merge('append')).toMatchObject({ content: 'old\nnew', title: 'T', tags: ['a', 'b'], metadata: { x: 1, y: 2 } });
    expect(merge('replace')).toMatchObject({ content: 'new', title: null, tags: ['b'], expiresAt: null });
  });
  test('what was found in a content is known as long as that stays, and nothing of a secret', () => {
    const found = mergedOf(undefined, { content: 'AS64496', entities: ['AS64496'] }, 'upsert', AT);
    expect(mergedOf(found, { content: 'AS64496', title: 'T' }, 'upsert', AT).entities).toEqual(['AS64496']);
    expect(mergedOf(found, { content: 'AS64497' }, 'upsert', AT).entities).toEqual([]);
    expect(mergedOf(found, { content: 'AS64496', sensitivity: 'secret' }, 'replace', AT).entities).toEqual([]);
  });
  test('secret and other memories do not mix', () => {
    expect(conflictOf({ sensitivity: 'secret' }, { content: '', sensitivity: 'internal' }, 'upsert')).toContain('replacing');
    expect(conflictOf({ sensitivity: 'internal' }, { content: '', sensitivity: 'confidential' }, 'append')).toContain('confidential');
    expect(conflictOf({ sensitivity: 'internal' }, { content: '', sensitivity: 'confidential' }, 'upsert')).toBeNull();
    expect(conflictOf({ sensitivity: 'secret' }, { content: '', sensitivity: 'public' }, 'replace')).toBeNull();
  });
  test('secret and confidential ones are never told to a model', () => {
    const one = { title: 'T', summary: null, content: 'c' };
    expect(['public', 'internal', 'confidential', 'secret'].map((sensitivity) => meaningOf({ ...one, sensitivity: sensitivity as 'public' }))).toEqual(['T\nc', 'T\nc', undefined, undefined]); // prettier-ignore
  });
  test('hours and days from now on; never is never', () => {
    expect(['never', '1h', '30d'].map((expires) => expiryOf(expires, AT)?.toISOString() ?? null)).toEqual([null, '2026-11-20T13:00:00.000Z', '2026-12-20T12:00:00.000Z']); // prettier-ignore
  });
  test('one’s own space is one’s own', () => {
    expect([spaceOf('user', 'u1'), spaceOf('tenant', 'u1'), isForeign('user:u2', 'u1'), isForeign('user:u1', 'u1'), isForeign('workflow:w', 'u1')]).toEqual(['user:u1', 'tenant', true, false, false]); // prettier-ignore
  });
  test('a kind and an id is a thing, everything else a key', () => {
    expect(['server:s-1', 'edge:1', 'change:', 'plain'].map((to) => linkTarget(to))).toEqual([{ toType: 'server', toId: 's-1' }, { toType: 'memory', toId: 'edge:1' }, { toType: 'memory', toId: 'change:' }, { toType: 'memory', toId: 'plain' }]); // prettier-ignore
  });
  test('addresses, prefixes, systems and names of hosts are found, in the time of reading', () => {
    expect(entitiesIn('AS64496 announces 192.0.2.0/24 and 2001:db8::/32 via edge-1.example.net; ask noc@example.net')).toEqual(
      expect.arrayContaining(['AS64496', '192.0.2.0/24', '2001:db8::/32', 'edge-1.example.net', 'noc@example.net']),
    );
    expect(entitiesIn(`${'a.'.repeat(30_000)} ${'1:'.repeat(30_000)} ${'x@'.repeat(30_000)}`).length).toBeLessThanOrEqual(100);
  });
});
