import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_DEMANDED, MIN_CHARACTERS, NO_POLICY, shortcomings, strictest } from './password-rules.ts';

const policy = fc.record({ minLength: fc.integer({ min: 0, max: 200 }), classes: fc.boolean() });

test('whatever tenants demand, the strictest is no laxer than any of them, than our own rules, and never beyond 64 characters', () =>
  fc.assert(
    fc.property(fc.array(fc.option(policy, { nil: undefined })), (policies) => {
      const most = strictest(policies);
      expect(most.minLength).toBeGreaterThanOrEqual(MIN_CHARACTERS);
      expect(most.minLength).toBeLessThanOrEqual(MAX_DEMANDED);
      for (const one of policies) {
        if (!one) continue;
        expect(most.minLength).toBeGreaterThanOrEqual(Math.min(one.minLength, MAX_DEMANDED));
        expect(most.classes || !one.classes).toBe(true);
      }
    }),
  ));

test('without a demand nothing is missing, not even in lower case alone', () => expect(shortcomings('vumqexahilog', NO_POLICY)).toEqual([]));

test.each([
  ['vumqexahilog', ['a capital', 'a digit', 'another sign']],
  ['VUMQEXAHILOG', ['a small letter', 'a digit', 'another sign']],
  ['Vumqe-ahil-99', []],
  ['Ümläut-1 und so', []],
  ['short', ['at least 12 characters', 'a capital', 'a digit', 'another sign']],
])('of %s is said what it lacks', (password, lacks) => expect(shortcomings(password, { minLength: 12, classes: true })).toEqual(lacks));

test('characters are counted as people do, not as bytes or halves', () => {
  expect(shortcomings('👍'.repeat(11), { minLength: 12, classes: false })).toEqual(['at least 12 characters']);
  expect(shortcomings('👍'.repeat(12), { minLength: 12, classes: false })).toEqual([]);
});
