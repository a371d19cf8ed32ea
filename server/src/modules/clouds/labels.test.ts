import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#kernel/problem.ts';
import { keyFault, Labels, matches, parseSelector } from './labels.ts';

describe('labels', () => {
  test.each(['app', 'a', 'example.com/app', 'App_1.x-y', 'a'.repeat(63), `${'p'.repeat(253)}/a`])('the key %s is good', (key) => {
    expect(keyFault(key)).toBeNull();
  });
  test.each(['', '/', '-a', 'a-', 'a b', 'switchyard-id', 'switchyard/x', 'a'.repeat(64), `${'p'.repeat(254)}/a`, 'a/b/c', 'ä'])(
    'the key "%s" is refused',
    (key) => {
      expect(keyFault(key)).not.toBeNull();
    },
  );
  test('at most 32, and values of at most 63', () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, 'v']));
    expect(Labels.safeParse(many).success).toBe(false);
    expect(Labels.safeParse({ a: 'v'.repeat(64) }).success).toBe(false);
    expect(Labels.safeParse({ a: '' }).success).toBe(true);
  });
});

describe('label selectors', () => {
  const web = { app: 'web', tier: 'front', empty: '' };
  test.each([
    ['app==web', true],
    ['app=web', true],
    ['app!=web', false],
    ['app!=db', true],
    ['missing!=x', true],
    ['app in (web, db)', true],
    ['app in (db)', false],
    ['app notin (db)', true],
    ['missing notin (db)', true],
    ['missing in (db)', false],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['app==web,tier==front', true],
    ['app==web,tier==back', false],
    ['empty==', true],
    ['app in (web),!missing , tier', true],
  ])('%s → %s', (text, expected) => {
    expect(matches(parseSelector(text), web)).toBe(expected);
  });

  test.each(['', ',', 'a==b==c', 'a in b', 'a in (b', 'a b', '=x', 'a,', 'a in (%)', 'a in (x),,b'])('"%s" is refused with its place', (text) => {
    expect(() => parseSelector(text)).toThrow(Problem);
  });

  test('any text is either read or refused as a problem, never anything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          parseSelector(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
        }
      }),
    );
  });

  test('what is written from terms is read back as the same terms', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const one = fc.oneof(
      fc.record({ op: fc.constantFrom('is' as const, 'isNot' as const), key: word, value: word }),
      fc.record({ op: fc.constantFrom('in' as const, 'notIn' as const), key: word, values: fc.array(word, { minLength: 1, maxLength: 4 }) }),
      fc.record({ op: fc.constantFrom('has' as const, 'hasNot' as const), key: word }),
    );
    const write = (term: { op: string; key: string; value?: string; values?: string[] }): string =>
      ({
        is: `${term.key}==${term.value}`,
        isNot: `${term.key}!=${term.value}`,
        in: `${term.key} in (${term.values})`,
        notIn: `${term.key} notin (${term.values})`,
        has: term.key,
        hasNot: `!${term.key}`,
      })[term.op]!;
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (terms) => {
        expect(parseSelector(terms.map(write).join(','))).toEqual(terms);
      }),
    );
  });

  test('a long hostile text is refused quickly', () => {
    expect(() => parseSelector('a in ('.repeat(5_000))).toThrow(Problem);
    expect(() => parseSelector('('.repeat(20_000))).toThrow(Problem);
  });
});
