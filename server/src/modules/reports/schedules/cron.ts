import { DateTime } from 'luxon';

/** Five fields of cron as they are meant: minute, hour, day of the month, month, day of the week (0 is Sunday). */
export interface Cron {
  minute: number;
  hours: readonly number[];
  days: readonly number[];
  months: readonly number[];
  weekdays: readonly number[];
  /** A star in the field: where both days are said, either will do (POSIX crontab). */
  anyDay: boolean;
  anyWeekday: boolean;
}

const FIELDS = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of the week', from: 0, to: 7 },
] as const;

const PART = /^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

function partOf(text: string, { name, from, to }: (typeof FIELDS)[number]): number[] {
  const [, star, first, last, step] = PART.exec(text) ?? [];
  const low = star ? from : Number(first);
  const high = star ? to : last === undefined ? (step === undefined ? low : to) : Number(last);
  const by = step === undefined ? 1 : Number(step);
  if (Number.isNaN(low) || low < from || high > to || low > high || by < 1) throw new Error(`"${text}" is no ${name}: ${from} to ${to}, lists, ranges and steps`);
  return Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, at) => low + at * by);
} // prettier-ignore

/** Throws an Error that says in words what is wrong. At most once an hour: the minute is one number. */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) throw new Error('Five fields: minute, hour, day of the month, month, day of the week');
  const [minutes, hours, days, months, weekdays] = parts.map((part, at) => [...new Set(part.split(',').flatMap((one) => partOf(one, FIELDS[at]!)))].sort((a, b) => a - b)) as [number[], number[], number[], number[], number[]]; // prettier-ignore
  if (minutes.length !== 1) throw new Error('One minute, such as 0 or 30: a report is made once an hour at most');
  return { minute: minutes[0]!, hours, days, months, weekdays: [...new Set(weekdays.map((day) => day % 7))].sort((a, b) => a - b), anyDay: parts[2] === '*', anyWeekday: parts[4] === '*' }; // prettier-ignore
}

const isOn = ({ days, months, weekdays, anyDay, anyWeekday }: Cron, { month, day, weekday }: DateTime): boolean => {
  if (!months.includes(month)) return false;
  const [onDay, onWeekday] = [days.includes(day), weekdays.includes(weekday % 7)];
  return anyDay || anyWeekday ? onDay && onWeekday : onDay || onWeekday;
};

/** February 29th on a Monday comes within 28 years; what has not come by then never does. */
const FARTHEST_DAYS = 28 * 366;

/**
 * The first moment after another one; undefined when there is none, such as on February 30th. An hour that the clocks leave out in spring
 * comes an hour later, and one that they repeat in autumn counts once.
 */
export function nextAfter(cron: Cron, zone: string, after: Date): Date | undefined {
  const start = DateTime.fromJSDate(after, { zone }).startOf('day');
  for (let ahead = 0; ahead <= FARTHEST_DAYS; ahead += 1) {
    const date = start.plus({ days: ahead });
    if (!isOn(cron, date)) continue;
    const times = cron.hours.map((hour) => date.set({ hour, minute: cron.minute }).toMillis()).filter((time) => time > after.getTime());
    if (times.length > 0) return new Date(Math.min(...times));
  }
  return undefined;
}

export const COVERS = ['day', 'week', 'month', 'quarter'] as const;
export type Covers = (typeof COVERS)[number];

/** The whole day, week (from Monday), month or quarter before the one that a moment lies in. */
export function periodBefore(covers: Covers, zone: string, at: Date): { from: Date; to: Date } {
  const to = DateTime.fromJSDate(at, { zone }).startOf(covers);
  return { from: to.minus({ [`${covers}s`]: 1 }).toJSDate(), to: to.toJSDate() };
}
