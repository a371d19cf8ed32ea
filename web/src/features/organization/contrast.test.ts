import { expect, test } from 'vitest';
import { isColour, verdictOf } from './contrast.ts';

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
