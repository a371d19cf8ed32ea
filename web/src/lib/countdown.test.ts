import { expect, test } from 'vitest';
import { clock, secondsUntil } from './countdown.ts';

test('a countdown ends at zero and shows a begun second', () => {
  expect([secondsUntil(5000, 0), secondsUntil(5000, 4001), secondsUntil(5000, 5000), secondsUntil(5000, 9000)]).toEqual([5, 1, 0, 0]);
});
test('the time left is written as a clock', () => {
  expect([7, 60, 299, 3600].map(clock)).toEqual(['0:07', '1:00', '4:59', '1:00:00']);
});
