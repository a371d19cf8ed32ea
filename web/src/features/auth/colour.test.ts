import { expect, test } from 'vitest';
import { contrastOnWhite, fillOf } from './colour.ts';

test('black on white is 21 to 1, white on white 1 to 1', () => {
  expect(contrastOnWhite('#000000')).toBeCloseTo(21);
  expect(contrastOnWhite('#FFFFFF')).toBeCloseTo(1);
});

test('a dark brand colour is used as it is, a light one is darkened until white text can be read on it', () => {
  expect(fillOf('#1A4fd0')?.fill).toBe('#1a4fd0');
  const light = fillOf('#ffd500')!;
  expect(light.fill).not.toBe('#ffd500');
  const channel = (at: number) => Number.parseInt(light.fill.slice(at, at + 2), 16) / 255;
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const contrast = 1.05 / (0.2126 * linear(channel(1)) + 0.7152 * linear(channel(3)) + 0.0722 * linear(channel(5)) + 0.05);
  expect(contrast).toBeGreaterThanOrEqual(4.5);
});

test('what is no colour changes nothing', () => {
  for (const none of [null, '', 'red', '#12', 'url(x)', '#12345g']) expect(fillOf(none)).toBeUndefined();
});
