import { expect, test } from 'vitest';
import { lastDays, share, toneOf } from './usage.ts';

test('days reach until today in UTC, over the end of a month', () => {
  expect(lastDays(3, Date.parse('2026-12-01T23:59:59Z'))).toEqual({ from: '2026-11-29', to: '2026-12-01' });
});

test('a bound is used by at most all of it; a bound of nothing is used up, and none has no share', () => {
  expect([share(5, 10), share(15, 10), share(0, 0), share(3, null)]).toEqual([50, 100, 100, null]);
  expect([toneOf(79.9), toneOf(80), toneOf(100)]).toEqual(['good', 'warn', 'bad']);
});
