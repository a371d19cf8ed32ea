import { DateTime, Interval } from 'luxon';
import { reckoning, type Clock } from './clock.ts';
import type { TimeWindow, Window } from './types.ts';

const DAY = 1_440;
/** How far ahead one looks for the end of what stands in the way. */
const HORIZON_DAYS = 9;
/** Work that is estimated to take longer is measured as if it took this long. */
const LONGEST_DAYS = 31;

interface Span {
  from: string;
  until: string;
}
type Calendars = Readonly<Record<string, readonly Span[]>>;

/** Whether clocks of the zone stand inside a window: from its start, until before its end, on the day after when it crosses midnight. */
function isInside({ days, from, to }: Window, { weekday, hour, minute }: Pick<Clock, 'weekday' | 'hour' | 'minute'>): boolean {
  const minutes = hour * 60 + minute;
  if (to > from) return days.includes(weekday) && minutes >= from && minutes < to;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (days.includes(weekday) && minutes >= from) || (days.includes(yesterday) && minutes < to);
}

/** A minute of a day by the clock, which need not be so many minutes after midnight on days when clocks are set. */
const timeOn = (day: DateTime, minutes: number): DateTime =>
  (minutes >= DAY ? day.plus({ days: 1 }) : day).set({ hour: Math.floor((minutes % DAY) / 60), minute: minutes % 60 });

/** The spans in which a window is open between two moments. */
function openings({ days, from, to }: Window, start: DateTime, end: DateTime): Interval[] {
  const found: Interval[] = [];
  for (let day = start.startOf('day').minus({ days: 1 }); day <= end; day = day.plus({ days: 1 })) {
    if (!days.includes(day.weekday)) continue;
    const opens = timeOn(day, from);
    const closes = to > from ? timeOn(day, to) : timeOn(day.plus({ days: 1 }), to);
    if (closes > opens) found.push(Interval.fromDateTimes(opens, closes));
  }
  return found;
}

/** Spans of the calendars a rule names. Throws RangeError for one that nobody knows. */
function calendarSpans(names: readonly string[], calendars: Calendars): Interval[] {
  return names.flatMap((name) => {
    if (!Object.hasOwn(calendars, name)) throw new RangeError(`there is no calendar "${name}"`);
    return calendars[name]!.map(({ from, until }) => Interval.fromDateTimes(DateTime.fromISO(from), DateTime.fromISO(until))).filter(
      (one) => one.isValid,
    );
  });
}

export interface Blocked {
  /** `running-over`: open now, but not for as long as the work is estimated to take. */
  reason: 'closed' | 'running-over';
  /** When it will be open again, RFC 3339 in UTC; absent when that is not within nine days. */
  opensAt?: string;
  closesAt?: string;
  timezone: string;
}

const utc = (moment: DateTime): string => moment.toUTC().toISO({ suppressMilliseconds: true })!;

/** All spans a rule speaks of around a stretch of time, joined where they touch. */
function spansOf(rule: TimeWindow, calendars: Calendars, start: DateTime, end: DateTime): Interval[] {
  const spans = [...rule.windows.flatMap((one) => openings(one, start, end)), ...calendarSpans(rule.calendars, calendars)];
  return Interval.merge(spans);
}

function isOpen(rule: TimeWindow, clock: Clock, calendars: Calendars): boolean {
  const named = rule.calendars.length > 0 && calendarSpans(rule.calendars, calendars).some((span) => span.contains(reckoning(clock)));
  return (named || rule.windows.some((window) => isInside(window, clock))) === (rule.mode === 'allow-only');
}

/** When a rule that is closed opens next: the end of the forbidden span, or the start of the next allowed one. */
function nextOpening(rule: TimeWindow, local: DateTime, calendars: Calendars): DateTime | undefined {
  const horizon = local.plus({ days: HORIZON_DAYS });
  const spans = spansOf(rule, calendars, local, horizon);
  if (rule.mode === 'allow-only') return spans.find(({ start }) => start! > local)?.start ?? undefined;
  const around = spans.find((span) => span.contains(local))?.end;
  return around && around < horizon ? around : undefined;
}

/** From when on a closed rule has had the next opening that was worked out, by rule. */
const known = new WeakMap<TimeWindow, { since: DateTime; opens: DateTime }>();

/** A closed rule opens next at the same moment until that moment; working it out again for each call costs more than the rest of a decision. */
function opening(rule: TimeWindow, local: DateTime, calendars: Calendars): DateTime | undefined {
  if (rule.calendars.length > 0) return nextOpening(rule, local, calendars); // they may be edited between two calls
  const kept = known.get(rule);
  if (kept && kept.since <= local && local < kept.opens) return kept.opens;
  const opens = nextOpening(rule, local, calendars);
  if (opens) known.set(rule, { since: local, opens });
  return opens;
}

/** When a rule that is open closes, if it does so before `end`. */
function closing(rule: TimeWindow, local: DateTime, end: DateTime, calendars: Calendars): DateTime | undefined {
  const spans = spansOf(rule, calendars, local, end);
  if (rule.mode === 'deny') return spans.find(({ start }) => start! > local && start! < end)?.start ?? undefined;
  const around = spans.find((span) => span.contains(local))?.end;
  return around && around < end ? around : undefined;
}

/**
 * Whether a rule about time stands in the way at a moment, or before work of an estimated length would be over. Hours are by the clock
 * of the rule's zone, so they follow daylight saving time. Throws RangeError for a calendar that nobody knows.
 */
export function blockedBy(rule: TimeWindow, clock: Clock, estimatedSeconds: number, calendars: Calendars): Blocked | undefined {
  const { timezone } = rule;
  if (!isOpen(rule, clock, calendars)) {
    const opens = opening(rule, reckoning(clock), calendars);
    return { reason: 'closed', timezone, ...(opens && { opensAt: utc(opens) }) };
  }
  if (rule.allowOverrun || estimatedSeconds <= 0) return undefined;
  const now = reckoning(clock);
  const closes = closing(rule, now, now.plus({ seconds: Math.min(estimatedSeconds, LONGEST_DAYS * 86_400) }), calendars);
  return closes && { reason: 'running-over', timezone, closesAt: utc(closes) };
}
