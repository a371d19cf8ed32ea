import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_CHARACTERS, strengthOf } from './strength.ts';

test('what is shorter than the server takes is too short, whatever it is made of', () => {
  expect(strengthOf('')).toBe(0);
  expect(strengthOf('aB3$aB3$x')).toBe(1);
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: MIN_CHARACTERS - 1 }), (text) => strengthOf(text) <= 1));
});

test('what is easy to guess stays weak although it is long', () => {
  for (const weak of ['aaaaaaaaaaaaaaaa', 'passwordpassword', 'qwertyuiop1234', '123456789012345', 'abcabcabcabcabc'])
    expect([weak, strengthOf(weak)]).toEqual([weak, 2]);
});

test('one’s own name and address do not make a password strong', () => {
  const guess = 'DanaNovak-acme1';
  expect(strengthOf(guess, 'Dana Novak', 'dana.novak@acme.test')).toBeLessThan(strengthOf(guess));
});

test('a few unrelated words are strong', () => {
  expect(strengthOf('correct horse battery staple')).toBe(4);
  expect(strengthOf('tractor-velvet-moon')).toBeGreaterThanOrEqual(3);
});

test('a password counts by characters, not by bytes, and no input breaks the meter', () => {
  expect(strengthOf('😀'.repeat(11))).toBe(1);
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => [0, 1, 2, 3, 4].includes(strengthOf(text, text, text))));
});
