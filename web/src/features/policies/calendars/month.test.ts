import { expect, test } from 'vitest';
import { addMonths, spanOf, touches, weeksOf } from './month.ts';
import { localIn, momentOf } from './zone.ts';

test('a month is shown in whole weeks from Monday', () => {
  const weeks = weeksOf('2026-12');
  expect([weeks.length, weeks[0]![0], weeks.at(-1)![6]]).toEqual([5, '2026-11-30', '2027-01-03']);
  expect(weeksOf('2027-02').map((week) => week[0])).toEqual(['2027-02-01', '2027-02-08', '2027-02-15', '2027-02-22']);
  expect([addMonths('2026-12', 1), addMonths('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
});

test('times are those of the zone, in winter, in summer, and on the days on which clocks change', () => {
  const berlin = 'Europe/Berlin';
  for (const local of ['2026-01-15T08:30', '2026-07-15T08:30', '2026-03-29T03:30', '2026-10-25T04:00'])
    expect(localIn(berlin, momentOf(berlin, local))).toBe(local);
  expect(new Date(momentOf(berlin, '2026-07-15T08:00')).toISOString()).toBe('2026-07-15T06:00:00.000Z');
  expect(new Date(momentOf('America/New_York', '2026-01-15T08:00')).toISOString()).toBe('2026-01-15T13:00:00.000Z');
  expect(momentOf(berlin, '')).toBeNaN();
});

test('a freeze touches the days on which it holds, and not the one at whose midnight it ends', () => {
  const freeze = { startsAt: '2026-12-23T23:00:00Z', endsAt: '2026-12-26T23:00:00Z' };
  const days = ['2026-12-23', '2026-12-24', '2026-12-26', '2026-12-27'];
  expect(days.map((day) => touches(freeze, day, 'Europe/Berlin'))).toEqual([false, true, true, false]);
  expect(spanOf('2026-12', 'Europe/Berlin')).toEqual({ from: '2026-11-29T23:00:00.000Z', to: '2027-01-03T23:00:00.000Z' });
});
