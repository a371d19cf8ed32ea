import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resetOf, stateOf, usedAt, windowStart } from './sliding.ts';

const HOUR = 3_600;
const key = { key: 'k', limit: 10, windowSeconds: HOUR, algorithm: 'sliding', lenient: false } as const;
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 12, minutes));

test('the window before fades while the current one goes on', () => {
  expect([0, 15, 30, 59].map((minutes) => usedAt({ previous: 8, current: 1 }, key, at(minutes)))).toEqual([9, 7, 5, 2]);
  expect(usedAt({ previous: 8, current: 1 }, { ...key, algorithm: 'fixed' }, at(0))).toBe(1);
});

test('a full window says when one more fits', () => {
  expect(stateOf({ previous: 0, current: 10 }, key, at(20))).toMatchObject({
    isExceeded: true,
    used: 10,
    resetAt: new Date(Date.UTC(2026, 10, 20, 13, 6)),
  });
  expect(stateOf({ previous: 0, current: 10 }, { ...key, algorithm: 'fixed' }, at(20)).resetAt).toEqual(new Date(Date.UTC(2026, 10, 20, 13)));
  expect(stateOf({ previous: 0, current: 9 }, key, at(20))).toMatchObject({ isExceeded: false, resetAt: at(20) });
});

test('at the moment that a full window names, one more fits, and not a second before', () => {
  const counted = fc.record({ previous: fc.nat(40), current: fc.nat(40) });
  fc.assert(
    fc.property(counted, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3_599 }), (found, limit, second) => {
      const now = new Date(windowStart(at(0), HOUR).getTime() + second * 1000);
      const bounded = { ...key, limit };
      const reset = resetOf(found, bounded, now);
      if (usedAt(found, bounded, now) < limit) {
        expect(reset).toEqual(now);
        return;
      }
      // In the next window what is current now is the one before, and in the one after that nothing is left.
      const start = windowStart(now, HOUR).getTime();
      const then = (moment: Date) => {
        const windows = (windowStart(moment, HOUR).getTime() - start) / 3_600_000;
        return windows === 0 ? found : { previous: windows === 1 ? found.current : 0, current: 0 };
      };
      expect(usedAt(then(reset), bounded, reset)).toBeLessThan(limit);
      const before = new Date(reset.getTime() - 1_000);
      if (before > now) expect(usedAt(then(before), bounded, before)).toBeGreaterThanOrEqual(limit);
    }),
  );
});
