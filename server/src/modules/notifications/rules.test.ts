import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KIND_NAMES } from './kinds.ts';
import { ATTEMPTS, digestDue, heldUntil, nextAttempt, PER_HOUR, quietUntil, waysFor, type Quiet } from './rules.ts';

const berlin: Quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
const at = (text: string): Date => new Date(text);
const iso = (found: Date | undefined): string | undefined => found?.toISOString();

test('attempts are six, ten seconds to an hour apart, and never before the other side wants to be asked again', () => {
  const from = at('2026-11-20T12:00:00Z');
  const waits = Array.from({ length: ATTEMPTS }, (_, done) => nextAttempt(done + 1, from)).map((next) => next && (next.getTime() - from.getTime()) / 1000);
  expect(waits).toEqual([10, 60, 300, 1200, 3600, undefined]);
  expect(iso(nextAttempt(1, from, 90))).toBe('2026-11-20T12:01:30.000Z');
  expect(iso(nextAttempt(4, from, 5))).toBe('2026-11-20T12:20:00.000Z');
  expect(iso(nextAttempt(1, from, 86_400))).toBe('2026-11-20T13:00:00.000Z');
}); // prettier-ignore

test('quiet hours over midnight hold on both sides of it, and not at their end', () => {
  expect(iso(quietUntil(berlin, at('2026-11-20T20:59:59Z')))).toBeUndefined();
  expect(iso(quietUntil(berlin, at('2026-11-20T21:00:00Z')))).toBe('2026-11-21T06:00:00.000Z');
  expect(iso(quietUntil(berlin, at('2026-11-21T05:59:59Z')))).toBe('2026-11-21T06:00:00.000Z');
  expect(iso(quietUntil(berlin, at('2026-11-21T06:00:00Z')))).toBeUndefined();
});

test('quiet hours are wall-clock times: the night in which the clock changes is longer or shorter', () => {
  // Spring forward on 29 March 2026: seven in the morning is five UTC, not six.
  expect(iso(quietUntil(berlin, at('2026-03-28T22:00:00Z')))).toBe('2026-03-29T05:00:00.000Z');
  // Back on 25 October 2026: seven is six UTC from then on.
  expect(iso(quietUntil(berlin, at('2026-10-24T21:00:00Z')))).toBe('2026-10-25T06:00:00.000Z');
  // Half past two does not exist in that night of spring; it ends when the clock has passed it.
  const short: Quiet = { from: '01:00', to: '02:30', zone: 'Europe/Berlin' };
  expect(iso(quietUntil(short, at('2026-03-29T00:30:00Z')))).toBe('2026-03-29T01:30:00.000Z');
});

test('whenever it is quiet, the end is later, within a day and an hour, and no longer quiet', () => {
  const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')); // prettier-ignore
  const quiet = fc.record({
    from: clock,
    to: clock,
    zone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC', 'nowhere'),
  });
  const times = fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(quiet, times, (hours, now) => {
      fc.pre(hours.from !== hours.to);
      const end = quietUntil(hours, now);
      if (end === undefined) return true;
      return end > now && end.getTime() - now.getTime() <= 25 * 3_600_000 && quietUntil(hours, end) === undefined;
    }),
  );
});

test('a digest is due at the full hour, or at eight where the person is', () => {
  expect(iso(digestDue('hourly', at('2026-11-20T12:00:00Z'), 'Asia/Kolkata'))).toBe('2026-11-20T12:30:00.000Z');
  expect(iso(digestDue('daily', at('2026-11-20T06:59:00Z'), 'Europe/Berlin'))).toBe('2026-11-20T07:00:00.000Z');
  expect(iso(digestDue('daily', at('2026-11-20T07:00:00Z'), 'Europe/Berlin'))).toBe('2026-11-21T07:00:00.000Z');
});

test('a mail waits for a digest, for the cap, or for the morning; what is critical waits for nothing', () => {
  const noon = at('2026-11-20T12:10:00Z');
  const wants = { quiet: null, digest: 'off' as const, zone: 'UTC' };
  expect(heldUntil(wants, PER_HOUR - 1, false, noon)).toBeUndefined();
  expect(iso(heldUntil(wants, PER_HOUR, false, noon))).toBe('2026-11-20T13:00:00.000Z');
  expect(iso(heldUntil({ ...wants, digest: 'daily' }, 0, false, noon))).toBe('2026-11-21T08:00:00.000Z');
  expect(iso(heldUntil({ ...wants, quiet: berlin }, 0, false, at('2026-11-20T23:00:00Z')))).toBe('2026-11-21T06:00:00.000Z');
  // A digest that would come in the night comes when it is over.
  expect(iso(heldUntil({ ...wants, quiet: berlin, digest: 'hourly' }, 0, false, at('2026-11-20T20:30:00Z')))).toBe('2026-11-21T06:00:00.000Z');
  expect(heldUntil({ quiet: berlin, digest: 'daily', zone: 'UTC' }, 1_000, true, at('2026-11-20T23:00:00Z'))).toBeUndefined();
});

test('nobody can switch off what is critical, and everybody all else', () => {
  const off = Object.fromEntries(KIND_NAMES.map((kind) => [kind, { inApp: false, email: false }]));
  const still = KIND_NAMES.filter((kind) => Object.values(waysFor(kind, off)).some(Boolean));
  expect(still).toEqual(['change.rollbackFailed', 'emergency.used', 'secret.exported']);
});
