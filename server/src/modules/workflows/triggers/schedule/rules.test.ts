import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { caughtUp, closest, dueTimes, jitterOf, nextDue, type Timetable } from './rules.ts';
import { instantOf, isZone, wallOf } from './zones.ts';

const cron = (text: string, zone = 'Europe/Berlin'): Timetable => ({ type: 'cron', cron: text, zone, since: new Date(0) });
const iso = (dues: readonly Date[]) => dues.map((due) => due.toISOString());

describe('cron in a zone', () => {
  test('workflows 58: A schedule `0 2 * * *` in a zone with daylight saving fires once on both change days.', () => {
    // Berlin: on 29 March 2026 02:00 to 03:00 do not exist, on 25 October 02:00 to 03:00 are there twice.
    const spring = dueTimes(cron('0 2 * * *'), new Date('2026-03-28T12:00:00Z'), 3);
    expect(iso(spring)).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-30T00:00:00.000Z', '2026-03-31T00:00:00.000Z']);
    const autumn = dueTimes(cron('0 2 * * *'), new Date('2026-10-24T12:00:00Z'), 3);
    expect(iso(autumn)).toEqual(['2026-10-25T00:00:00.000Z', '2026-10-26T01:00:00.000Z', '2026-10-27T01:00:00.000Z']);
  });

  test('a gap is one instant for all times in it, and an hour that comes twice is walked once', () => {
    expect(iso(dueTimes(cron('*/30 * * * *'), new Date('2026-03-29T00:45:00Z'), 3))).toEqual(['2026-03-29T01:00:00.000Z', '2026-03-29T01:30:00.000Z', '2026-03-29T02:00:00.000Z']); // prettier-ignore
    const autumn = iso(dueTimes(cron('30 * * * *'), new Date('2026-10-24T23:45:00Z'), 3));
    expect(autumn).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00.000Z', '2026-10-25T03:30:00.000Z']);
    // Lord Howe moves its clocks by half an hour.
    expect(iso(dueTimes(cron('15 2 * * *', 'Australia/Lord_Howe'), new Date('2026-10-03T00:00:00Z'), 2))).toEqual(['2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z']); // prettier-ignore
  });

  test('six fields begin with seconds, and what never comes is refused', () => {
    expect(iso(dueTimes(cron('*/20 * * * * *', 'UTC'), new Date('2026-01-01T00:00:00Z'), 3))).toEqual(['2026-01-01T00:00:20.000Z', '2026-01-01T00:00:40.000Z', '2026-01-01T00:01:00.000Z']); // prettier-ignore
    expect(nextDue(cron('0 0 29 2 *', 'UTC'), new Date('2026-01-01T00:00:00Z'))?.toISOString()).toBe('2028-02-29T00:00:00.000Z');
    for (const never of ['0 0 31 2 *', 'every day']) expect(() => nextDue(cron(never), new Date())).toThrow();
    expect([isZone('Europe/Berlin'), isZone('Mars/Olympus')]).toEqual([true, false]);
  });

  test('due times ascend, and each is what the clock on the wall says unless it lies behind a gap', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC', 'America/St_Johns');
    fc.assert(
      fc.property(
        zones,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 700 }),
        (zone, hour, minute, day) => {
          const from = new Date(Date.UTC(2026, 0, 1) + day * 86_400_000);
          const dues = dueTimes(cron(`${minute} ${hour} * * *`, zone), from, 4);
          expect(dues).toHaveLength(4);
          dues.forEach((due, at) => {
            if (at > 0) expect(due.getTime()).toBeGreaterThan(dues[at - 1]!.getTime());
            const local = DateTime.fromJSDate(due, { zone });
            const wall = local.set({ hour, minute, second: 0 });
            if (wall.hour === hour && wall.minute === minute) expect([local.hour, local.minute]).toEqual([hour, minute]);
            expect(instantOf(wallOf(due, zone), zone)).toBe(due.getTime());
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('other schedules', () => {
  const since = new Date('2026-01-01T00:00:07Z');
  test('an interval counts from when the trigger became active, or from its beginning', () => {
    const every: Timetable = { type: 'interval', every: { value: 10, unit: 'minutes' }, zone: 'UTC', since };
    expect(iso(dueTimes(every, new Date('2026-01-01T00:05:00Z'), 2))).toEqual(['2026-01-01T00:10:07.000Z', '2026-01-01T00:20:07.000Z']);
    const begun = { ...every, startAt: '2026-01-01T01:00:00Z', endAt: '2026-01-01T01:15:00Z' };
    expect(iso(dueTimes(begun, since, 5))).toEqual(['2026-01-01T01:00:00.000Z', '2026-01-01T01:10:00.000Z']);
  });

  test('once is once, and not again', () => {
    const once: Timetable = { type: 'once', at: '2026-02-01T00:00:00Z', zone: 'UTC', since };
    expect(iso(dueTimes(once, since, 3))).toEqual(['2026-02-01T00:00:00.000Z']);
    expect(nextDue(once, new Date('2026-02-01T00:00:00Z'))).toBeNull();
  });

  test('jitter is the same everywhere, within its span, and not the same for all', () => {
    const due = new Date('2026-02-01T00:00:00Z');
    const found = Array.from({ length: 50 }, (_, at) => jitterOf(`trigger-${at}`, due, 60));
    expect(found).toEqual(Array.from({ length: 50 }, (_, at) => jitterOf(`trigger-${at}`, due, 60)));
    expect(Math.max(...found)).toBeLessThanOrEqual(60_000);
    expect(new Set(found).size).toBeGreaterThan(20);
    expect(jitterOf('trigger', due, 0)).toBe(0);
  });

  test('what lies nearest together is what the limit of a plan is held against', () => {
    expect(closest(cron('0,1 0 * * *', 'UTC'), since)).toBe(60);
    expect(closest({ type: 'once', at: '2026-02-01T00:00:00Z', zone: 'UTC', since }, since)).toBeUndefined();
  });
});

describe('what was missed', () => {
  const now = new Date('2026-01-01T12:00:00Z');
  const dues = Array.from({ length: 4 }, (_, at) => new Date(now.getTime() - (3 - at) * 30 * 60_000));

  test('workflows 60: After two hours of downtime `catchUp` none, last and all start 0, 1 and n executions.', () => {
    const missed = dues.slice(0, 3);
    expect(caughtUp(missed, now, 'none')).toEqual({ start: [], missed });
    expect(caughtUp(missed, now, 'last')).toEqual({ start: missed.slice(-1), missed: missed.slice(0, 2) });
    expect(caughtUp(missed, now, 'all')).toEqual({ start: missed, missed: [] });
  });

  test('what has only just come is started whatever was missed, and never more than 24 are made up for', () => {
    expect(caughtUp(dues, now, 'none')).toEqual({ start: dues.slice(-1), missed: dues.slice(0, 3) });
    const many = Array.from({ length: 30 }, (_, at) => new Date(now.getTime() - (40 - at) * 60 * 60_000));
    const { start, missed } = caughtUp(many, now, 'all');
    expect([start.length, missed.length, start.at(-1)]).toEqual([24, 6, many.at(-1)]);
  });
});
