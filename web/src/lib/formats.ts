import { currentLanguage } from './i18n.ts';
import { dateStyle, zone } from './reader.ts';
import type { Money } from './types.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [MINUTE, 1, 'second'],
  [HOUR, MINUTE, 'minute'],
  [DAY, HOUR, 'hour'],
  [30 * DAY, DAY, 'day'],
  [365 * DAY, 30 * DAY, 'month'],
  [Infinity, 365 * DAY, 'year'],
];

/** "3 minutes ago", "in 2 hours"; `now` in milliseconds. */
export function relativeTime(iso: string, now: number, style: 'long' | 'narrow' = 'long'): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? STEPS[0]!;
  return new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto', style }).format(Math.trunc(seconds / size), unit);
}

const inZone = (): { timeZone?: string } => {
  const chosen = zone();
  return chosen ? { timeZone: chosen } : {};
};
/** Swedish is ISO 8601 with a space. */
const isoLike = (at: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('sv-SE', { ...options, ...inZone() }).format(new Date(at));

/** Date and time with zone, in the reader's zone and form. */
export const absoluteTime = (iso: string): string =>
  dateStyle() === 'iso'
    ? isoLike(iso, { dateStyle: 'short', timeStyle: 'medium' })
    : new Intl.DateTimeFormat(currentLanguage(), {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        timeZoneName: 'short',
        ...inZone(),
      }).format(new Date(iso));

/** For lists, as the reader likes it: how long ago; that for a day and then the date; or always `2026-11-20 14:05`. */
export function listTime(iso: string, now: number, style: 'long' | 'narrow' = 'long'): string {
  const form = dateStyle();
  if (form === 'iso') return isoLike(iso, { dateStyle: 'short', timeStyle: 'short' });
  if (form === 'relative' || Math.abs(Date.parse(iso) - now) < DAY * 1000) return relativeTime(iso, now, style);
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', ...inZone() }).format(new Date(iso));
}

/** Clock time with seconds, for logs. */
export const clockTime = (iso: string): string =>
  new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, ...inZone() }).format(
    new Date(iso),
  );

/** At a line of time, in few letters: the clock within a day, else the day. */
export const pointTime = (iso: string, days: boolean): string =>
  new Intl.DateTimeFormat(currentLanguage(), {
    ...(days ? { day: 'numeric', month: 'short' } : { hour: '2-digit', minute: '2-digit', hour12: false }),
    ...inZone(),
  }).format(new Date(iso));

/** "450 ms", "3.2 s", "4 min 05 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < MINUTE) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ${String(Math.round(seconds % MINUTE)).padStart(2, '0')} s`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`;
}

/** Minor units to text; the number of decimals is the currency's own (JPY has none). */
export function money({ amount, currency }: Money, sign: 'auto' | 'exceptZero' = 'auto'): string {
  const format = new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency, signDisplay: sign });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const number = (value: number): string => new Intl.NumberFormat(currentLanguage()).format(value);

/** `memoryMb` and `diskGb` as people say them. */
export const megabytes = (mb: number): string => (mb >= 1024 ? `${Number((mb / 1024).toFixed(1))} GB` : `${mb} MB`);

/** `awaiting_approval` or `cloudProviders` as words, for values that have no message of their own. */
export const words = (code: string): string => {
  const text = code
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};
