import { expect, test } from 'vitest';
import { cronOf, whenOf } from './when.ts';

test.each(['30 6 * * *', '0 9 * * 1', '0 6 1 * *', '15 0 28 1,4,7,10 *', '0 6 1 1 *', '0 6 1 * 1', '5 */2 * * *'])('%s is the same after a look at the form', (cron) => {
  expect(cronOf(whenOf(cron))).toBe(cron);
}); // prettier-ignore

test('words are found for what is said every day, week, month and quarter, and for nothing else', () => {
  expect(['30 6 * * *', '0 9 * * 1', '0 6 1 * *', '15 0 28 1,4,7,10 *', '0 6 1 1 *', 'x'].map((cron) => whenOf(cron).every)).toEqual(['day', 'week', 'month', 'quarter', 'other', 'other']); // prettier-ignore
  expect(whenOf('5 7 * * 3')).toMatchObject({ time: '07:05', weekday: '3' });
  expect(cronOf({ ...whenOf('0 6 * * *'), time: '' })).toBe('');
});
