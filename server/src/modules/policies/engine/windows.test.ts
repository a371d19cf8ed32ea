import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockIn } from './clock.ts';
import type { TimeWindow } from './types.ts';
import { blockedBy } from './windows.ts';

const minute = fc.integer({ min: 0, max: 1_439 });
const rule: fc.Arbitrary<TimeWindow> = fc.record({
  mode: fc.constantFrom('deny', 'allow-only'),
  timezone: fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'),
  windows: fc.array(fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: minute, to: minute }), { minLength: 1, maxLength: 3 }), // prettier-ignore
  calendars: fc.constant([]),
  allowOverrun: fc.constant(true),
});
/** Around both changes of the clocks in New York and Berlin. */
const moment = fc.integer({ min: Date.UTC(2026, 2, 5), max: Date.UTC(2026, 3, 2) }).map((ms) => new Date(ms));

test('what a rule was asked before, and in which order, changes no answer', () => {
  fc.assert(
    fc.property(rule, fc.array(moment, { minLength: 2, maxLength: 12 }), (asked, moments) => {
      for (const now of moments) {
        const clock = clockIn(asked.timezone, now);
        expect(blockedBy(asked, clock, 0, {})).toEqual(blockedBy({ ...asked }, clock, 0, {}));
      }
    }),
    { numRuns: 300 },
  );
});
