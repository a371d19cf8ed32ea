import { expect, test } from 'vitest';
import { contrast, isColour, verdictOf } from './contrast.ts';

test('black on white is 21 to 1, a colour on itself 1 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#2f5fd0', '#2f5fd0')).toBeCloseTo(1);
});

test('a colour is good, darkened under text, or refused', () => {
  expect(verdictOf('#1d4ed8')).toBe('good');
  expect(verdictOf('#c81e78')).toBe('good');
  expect(verdictOf('#f05050')).toBe('darkened');
  expect(verdictOf('#ffe600')).toBe('refused');
});

test('only six digits after a hash are a colour', () => {
  expect(isColour('#A1b2C3')).toBe(true);
  expect(isColour('#fff')).toBe(false);
  expect(isColour('red')).toBe(false);
});
