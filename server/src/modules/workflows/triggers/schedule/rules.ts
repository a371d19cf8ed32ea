import { CronExpressionParser } from 'cron-parser';
import { sha256 } from '#kernel/ids.ts';
import { secondsOf, type ScheduleTrigger } from '../config.ts';
import { instantOf, wallOf } from './zones.ts';

/** What due times are computed from. */
export interface Timetable extends Pick<ScheduleTrigger, 'type' | 'cron' | 'every' | 'at' | 'startAt' | 'endAt'> {
  /** IANA. */
  zone: string;
  /** What intervals are counted from when there is no `startAt`: when the trigger became active. */
  since: Date;
}

/** workflows.md 8.3 and 15. */
const SCHEDULE = { mostCaughtUp: 24, leastSeconds: 10, lookAheadYears: 5 } as const;

const ms = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

/** Local times of an expression after `wall`, ascending, without end. Throws when the expression is not valid. */
function* wallsAfter(cron: string, wall: number): Generator<number> {
  const walk = CronExpressionParser.parse(cron, { currentDate: new Date(wall), tz: 'UTC' });
  while (walk.hasNext()) yield walk.next().getTime();
}

/** A gap maps many local times to one instant, and an hour that is told twice comes once: only what lies later than the last counts. */
function* cronDues({ cron, zone }: Timetable, after: number): Generator<number> {
  if (cron === undefined) return;
  let last = after;
  // The clock may have been put forward just before: what lay in the gap falls on its end.
  const from = Math.min(wallOf(new Date(after), zone), wallOf(new Date(after - 1), zone));
  for (const wall of wallsAfter(cron, from - 1)) {
    const at = instantOf(wall, zone);
    if (at <= last) continue;
    last = at;
    yield at;
  }
}

function* intervalDues({ every, startAt, since }: Timetable, after: number): Generator<number> {
  if (every === undefined) return;
  const step = Math.round(secondsOf(every) * 1_000);
  const anchor = ms(startAt) ?? since.getTime();
  // The first is one step after the trigger became active, or the very beginning that was asked for.
  const first = startAt === undefined ? anchor + step : anchor;
  const steps = Math.max(0, Math.floor((after - first) / step) + 1);
  for (let at = first + steps * step; ; at += step) if (at > after) yield at;
}

function* duesAfter(timetable: Timetable, after: number): Generator<number> {
  const { type, at } = timetable;
  if (type === 'cron') yield* cronDues(timetable, after);
  else if (type === 'interval') yield* intervalDues(timetable, after);
  else if (at !== undefined && Date.parse(at) > after) yield Date.parse(at);
}

/** The first due times after a moment, at most so many; fewer when it ends, or none comes within five years. Throws when the cron is not valid. */
export function dueTimes(timetable: Timetable, after: Date, most: number): Date[] {
  const start = ms(timetable.startAt) ?? -Infinity;
  const end = ms(timetable.endAt) ?? Infinity;
  const horizon = after.getTime() + SCHEDULE.lookAheadYears * 366 * 86_400_000;
  const found: Date[] = [];
  if (most === 0) return found;
  for (const at of duesAfter(timetable, Math.max(after.getTime(), start - 1))) {
    if (at > end || at > horizon) break;
    found.push(new Date(at));
    if (found.length >= most) break;
  }
  return found;
}

/** The next due time; null when there is none. */
export const nextDue = (timetable: Timetable, after: Date): Date | null => dueTimes(timetable, after, 1)[0] ?? null;

/** Milliseconds that a due time is put off: the same for every process, and even over the span. */
export function jitterOf(triggerId: string, dueAt: Date, jitterSeconds: number): number {
  if (jitterSeconds === 0) return 0;
  return Number.parseInt(sha256(`${triggerId} ${dueAt.getTime()}`).slice(0, 8), 16) % (jitterSeconds * 1_000 + 1);
}

/** A due time counts as missed when nobody looked for so long. */
const MISSED_MS = 60_000;

/**
 * What becomes of due times that have come: those that start, oldest first, and those that are dropped because nobody was there
 * (`catchUp`). A single one that has only just come is not missed.
 */
export function caughtUp(dues: readonly Date[], now: Date, catchUp: ScheduleTrigger['catchUp']): { start: Date[]; missed: Date[] } {
  const late = dues.filter((due) => now.getTime() - due.getTime() > MISSED_MS);
  const fresh = dues.slice(late.length);
  if (catchUp === 'none') return { start: fresh, missed: late };
  if (catchUp === 'last') return { start: dues.slice(-1), missed: dues.slice(0, -1) };
  return { start: dues.slice(-SCHEDULE.mostCaughtUp), missed: dues.slice(0, -SCHEDULE.mostCaughtUp) };
}

/** Seconds between the two nearest of the next due times; undefined when there is at most one. For the limit of a plan. */
export function closest(timetable: Timetable, after: Date): number | undefined {
  const dues = dueTimes(timetable, after, 50);
  const gaps = dues.slice(1).map((due, at) => (due.getTime() - dues[at]!.getTime()) / 1_000);
  return gaps.length > 0 ? Math.min(...gaps) : undefined;
}
