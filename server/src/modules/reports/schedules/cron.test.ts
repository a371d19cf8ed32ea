import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { nextAfter, parseCron, periodBefore } from './cron.ts';

const next = (cron: string, zone: string, after: string) => nextAfter(parseCron(cron), zone, new Date(after))?.toISOString();

test('fields are numbers, lists, ranges and steps, in their bounds, and an hour is the least between two', () => {
  expect(parseCron('30 6-8,18 */10 1,7 1-5')).toMatchObject({ minute: 30, hours: [6, 7, 8, 18], days: [1, 11, 21, 31], months: [1, 7], weekdays: [1, 2, 3, 4, 5], anyDay: false, anyWeekday: false }); // prettier-ignore
  expect(parseCron('0 0 * * 7').weekdays).toEqual([0]);
  for (const wrong of ['', '* * * * *', '*/5 * * * *', '0,30 * * * *', '60 1 1 1 1', '0 24 * * *', '0 1 0 * *', '0 1 * 13 *', '0 1 * * 8', '0 5-3 * * *', '0 1 * *', '0 1 * * * *', '0 1/0 * * *', '0 a * * *', '0 1 * * MON'])
    expect(() => parseCron(wrong), wrong).toThrow(); // prettier-ignore
});

test('the next time is in the zone that it is said for, across months and leap years, and never for a day that is not', () => {
  expect(next('0 6 1 * *', 'Europe/Berlin', '2026-10-15T00:00:00Z')).toBe('2026-11-01T05:00:00.000Z');
  expect(next('0 6 1 * *', 'Europe/Berlin', '2026-11-01T05:00:00Z')).toBe('2026-12-01T05:00:00.000Z');
  expect(next('0 0 29 2 *', 'UTC', '2026-03-01T00:00:00Z')).toBe('2028-02-29T00:00:00.000Z');
  expect(next('0 0 30 2 *', 'UTC', '2026-03-01T00:00:00Z')).toBeUndefined();
  expect(next('0 9 * * 1', 'America/New_York', '2026-11-20T12:00:00Z')).toBe('2026-11-23T14:00:00.000Z');
  // Both days said: either will do.
  expect(next('0 0 13 * 5', 'UTC', '2026-11-14T00:00:00Z')).toBe('2026-11-20T00:00:00.000Z');
});

test('an hour that the clocks leave out comes an hour later, and one that they repeat counts once', () => {
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  const first = next('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')!;
  expect(first).toBe('2026-10-25T00:30:00.000Z');
  expect(next('30 2 * * *', 'Europe/Berlin', first)).toBe('2026-10-26T01:30:00.000Z');
});

test('whatever is asked for, the next time lies ahead, matches, and none is left out before it', () => {
  const cron = fc.record({ minute: fc.integer({ min: 0, max: 59 }), hour: fc.integer({ min: 3, max: 23 }), day: fc.option(fc.integer({ min: 1, max: 28 })), weekday: fc.option(fc.integer({ min: 0, max: 6 })) });
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland', 'America/St_Johns');
  fc.assert(
    fc.property(cron, zone, fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), ({ minute, hour, day, weekday }, inZone, after) => {
      const parsed = parseCron(`${minute} ${hour} ${day ?? '*'} * ${weekday ?? '*'}`);
      const found = nextAfter(parsed, inZone, after)!;
      expect(found.getTime()).toBeGreaterThan(after.getTime());
      const local = DateTime.fromJSDate(found, { zone: inZone });
      expect([local.minute, local.hour]).toEqual([minute, hour]);
      expect(nextAfter(parsed, inZone, new Date(found.getTime() - 1))).toEqual(found);
    }),
  );
}); // prettier-ignore

test('a period is the whole one before, in the zone', () => {
  const before = (covers: 'day' | 'week' | 'month' | 'quarter', at: string) => Object.values(periodBefore(covers, 'Europe/Berlin', new Date(at))).map((time) => time.toISOString());
  expect(before('day', '2026-03-30T08:00:00Z')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(before('week', '2026-11-20T08:00:00Z')).toEqual(['2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z']);
  expect(before('month', '2026-11-01T05:00:00Z')).toEqual(['2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z']);
  expect(before('quarter', '2026-11-01T05:00:00Z')).toEqual(['2026-06-30T22:00:00.000Z', '2026-09-30T22:00:00.000Z']);
}); // prettier-ignore
