import { DateTime, type DurationLikeObject } from 'luxon';
import type { Handler } from '../dialect.ts';
import { Shape } from '../scalars.ts';
import { isNumber } from './arguments.ts';

export class DateFunctions extends Shape {}

const UTC = { zone: 'utc', locale: 'en' } as const;
const UNITS = ['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
type Unit = (typeof UNITS)[number];

/** `hours` and `hour` are the same. */
function unitOf(text: string): Unit {
  const unit = UNITS.find((one) => one === text || `${one}s` === text);
  if (!unit) throw new RangeError(`"${text}" is no unit of time: take ${UNITS.join(', ')}`);
  return unit;
}

function sound(moment: DateTime, what: string): DateTime {
  if (!moment.isValid) throw new RangeError(`${what}: ${moment.invalidExplanation ?? moment.invalidReason ?? 'not a moment'}`);
  return moment;
}

/** A moment from a timestamp, a text as RFC 3339 or ISO 8601 writes it, or seconds since 1970. */
function momentOf(value: unknown, zone = 'utc'): DateTime {
  if (value instanceof Date) return sound(DateTime.fromJSDate(value, UTC), 'the moment').setZone(zone);
  if (typeof value === 'string') return sound(DateTime.fromISO(value, UTC), `"${value.slice(0, 60)}" is not a moment`).setZone(zone);
  if (isNumber(value)) return sound(DateTime.fromSeconds(Number(value), UTC), 'the moment').setZone(zone);
  throw new RangeError('that is not a moment');
}

const zoned = (value: unknown, zone: string): DateTime => sound(momentOf(value, zone), `zone "${zone}"`);

const parse = (text: string, format: string, zone: string): Date =>
  sound(DateTime.fromFormat(text, format, { ...UTC, zone }), `"${text.slice(0, 60)}" does not fit "${format}"`).toJSDate();

/** Days, months and years as the calendar of a zone counts them. */
function add(value: unknown, amount: unknown, unit: string, zone: string): Date {
  if (!isNumber(amount)) throw new RangeError('the amount must be a number');
  const step: DurationLikeObject = { [unitOf(unit)]: Number(amount) };
  return sound(zoned(value, zone).plus(step), 'the sum').toJSDate();
}

/** From the second to the first; a whole number where it comes out even. */
function diff(a: unknown, b: unknown, unit: string): bigint | number {
  const between = momentOf(a).diff(momentOf(b), unitOf(unit)).as(unitOf(unit));
  return Number.isSafeInteger(between) ? BigInt(between) : between;
}

export const dates: Readonly<Record<string, Handler>> = {
  'DateFunctions.parse(dyn): google.protobuf.Timestamp': (_: unknown, value: unknown) => momentOf(value).toJSDate(),
  'DateFunctions.parse(string, string): google.protobuf.Timestamp': (_: unknown, text: string, format: string) => parse(text, format, 'utc'),
  'DateFunctions.parse(string, string, string): google.protobuf.Timestamp': (_: unknown, text: string, format: string, zone: string) =>
    parse(text, format, zone),
  'DateFunctions.format(dyn, string): string': (_: unknown, value: unknown, format: string) => momentOf(value).toFormat(format),
  'DateFunctions.format(dyn, string, string): string': (_: unknown, value: unknown, format: string, zone: string) =>
    zoned(value, zone).toFormat(format),
  'DateFunctions.add(dyn, dyn, string): google.protobuf.Timestamp': (_: unknown, value: unknown, amount: unknown, unit: string) =>
    add(value, amount, unit, 'utc'),
  'DateFunctions.add(dyn, dyn, string, string): google.protobuf.Timestamp': (
    _: unknown,
    value: unknown,
    amount: unknown,
    unit: string,
    zone: string,
  ) => add(value, amount, unit, zone),
  'DateFunctions.diff(dyn, dyn, string): dyn': (_: unknown, a: unknown, b: unknown, unit: string) => diff(a, b, unit),
  'DateFunctions.startOf(dyn, string): google.protobuf.Timestamp': (_: unknown, value: unknown, unit: string) =>
    momentOf(value).startOf(unitOf(unit)).toJSDate(),
  'DateFunctions.startOf(dyn, string, string): google.protobuf.Timestamp': (_: unknown, value: unknown, unit: string, zone: string) =>
    zoned(value, zone).startOf(unitOf(unit)).toJSDate(),
};
