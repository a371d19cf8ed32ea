import { localIn, momentOf } from './zone.ts';

export interface Span {
  startsAt: string;
  endsAt: string;
}
/** `2026-12-24`. */
export type Day = string;

const two = (value: number): string => String(value).padStart(2, '0');
/** Days are counted in UTC, where each has 24 hours; a zone only says which day a moment is on. */
const dayOf = (at: Date): Day => `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export const addDays = (day: Day, count: number): Day => dayOf(new Date(dateOf(day).getTime() + count * 86_400_000));
export const addMonths = (month: string, count: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return dayOf(new Date(Date.UTC(year, number - 1 + count, 1))).slice(0, 7);
};
export const monthOf = (day: Day): string => day.slice(0, 7);
export const todayIn = (zone: string, now: number): Day => localIn(zone, now).slice(0, 10);

/** Whole weeks from Monday that show a month. */
export function weeksOf(month: string): Day[][] {
  const first = dateOf(`${month}-01`);
  const start = addDays(`${month}-01`, -((first.getUTCDay() + 6) % 7));
  const weeks: Day[][] = [];
  for (let day = start; weeks.length === 0 || monthOf(day) === month; day = addDays(day, 7)) weeks.push(Array.from({ length: 7 }, (_, at) => addDays(day, at))); // prettier-ignore
  return weeks;
}

/** The first and the last moment of the weeks of a month. */
export function spanOf(month: string, zone: string): { from: string; to: string } {
  const weeks = weeksOf(month);
  const moment = (day: Day): string => new Date(momentOf(zone, `${day}T00:00`)).toISOString();
  return { from: moment(weeks[0]![0]!), to: moment(addDays(weeks.at(-1)![6]!, 1)) };
}

/** Whether a span touches a day as the clocks of a zone have it. The end is not part of the span. */
export function touches({ startsAt, endsAt }: Span, day: Day, zone: string): boolean {
  const begin = localIn(zone, Date.parse(startsAt)).slice(0, 10);
  const last = localIn(zone, Date.parse(endsAt) - 1).slice(0, 10);
  return begin <= day && day <= last;
}
