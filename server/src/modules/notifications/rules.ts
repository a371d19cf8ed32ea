import { DateTime, IANAZone } from 'luxon';
import { KIND_NAMES, kindOf, type Kind } from './kinds.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Six attempts (governance.md 10), the waits between them growing from ten seconds to an hour. Milliseconds. */
const WAITS = [10 * SECOND, MINUTE, 5 * MINUTE, 20 * MINUTE, HOUR] as const;
export const ATTEMPTS = WAITS.length + 1;

/** When to try again after the `attempts`-th attempt failed, no earlier than the other side asked for; undefined after the last. */
export function nextAttempt(attempts: number, at: Date, retryAfterSeconds = 0): Date | undefined {
  const wait = WAITS[attempts - 1];
  // Whoever asks for more than an hour is not waited for longer: the log would say "delayed" for days.
  return wait === undefined ? undefined : new Date(at.getTime() + Math.max(wait, Math.min(retryAfterSeconds * SECOND, HOUR)));
}

/** Mails to one person within an hour; what is beyond comes in a digest. */
export const PER_HOUR = 60;
export const KEPT_DAYS = 90;

export type Digest = 'off' | 'hourly' | 'daily';
/** Local times `HH:MM` in an IANA zone; an end before the beginning is on the next day. */
export interface Quiet {
  from: string;
  to: string;
  zone: string;
}
export interface Choice {
  inApp?: boolean | undefined;
  email?: boolean | undefined;
}
export type Choices = { [K in Kind]?: Choice };

const zoned = (at: Date, zone: string): DateTime => DateTime.fromJSDate(at, { zone: IANAZone.isValidZone(zone) ? zone : 'UTC' });

/** A wall-clock time on a day. One that the clock skips in spring is moved on by as much as it skips. */
function wall(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  return day.startOf('day').set({ hour: hour!, minute: minute! });
}

/** Until when quiet hours last, if it is quiet now. They are wall-clock times, so a night in which the clock changes is longer or shorter. */
export function quietUntil({ from, to, zone }: Quiet, at: Date): Date | undefined {
  const now = zoned(at, zone);
  for (const day of [now.minus({ days: 1 }), now]) {
    const start = wall(day, from);
    const end = wall(to > from ? day : day.plus({ days: 1 }), to);
    if (start <= now && now < end) return end.toJSDate();
  }
  return undefined;
}

/** When the next digest is due: at the full hour, or at eight in the morning where the person is. */
export function digestDue(digest: Exclude<Digest, 'off'>, at: Date, zone: string): Date {
  const now = zoned(at, zone);
  if (digest === 'hourly') return now.startOf('hour').plus({ hours: 1 }).toJSDate();
  const today = wall(now, '08:00');
  return (today > now ? today : wall(now.plus({ days: 1 }), '08:00')).toJSDate();
}

export interface Wants {
  channels: Choices;
  quiet: Quiet | null;
  digest: Digest;
  /** IANA zone of the person. */
  zone: string;
}

/** When a mail may leave: undefined is now. What is critical waits for nothing. */
export function heldUntil({ quiet, digest, zone }: Omit<Wants, 'channels'>, recent: number, critical: boolean, at: Date): Date | undefined {
  if (critical) return undefined;
  const due = digest !== 'off' ? digestDue(digest, at, zone) : recent >= PER_HOUR ? digestDue('hourly', at, zone) : undefined;
  // A digest that is due at night waits for the morning too.
  return (quiet && quietUntil(quiet, due ?? at)) ?? due;
}

/** Which ways a person wants to hear of a kind. What is critical comes by all of them, whatever they chose. */
export function waysFor(kind: Kind, choices: Choices): { inApp: boolean; email: boolean } {
  const { inApp, email, critical } = kindOf(kind);
  const chosen = choices[kind] ?? {};
  if (critical === true) return { inApp: true, email: true };
  return { inApp: chosen.inApp ?? inApp, email: chosen.email ?? email };
}

/** Every kind with what holds for a person. */
export const matrixOf = (choices: Choices) =>
  KIND_NAMES.map((kind) => {
    const { group, critical = false } = kindOf(kind);
    return { kind, group, critical, ...waysFor(kind, choices) };
  });
