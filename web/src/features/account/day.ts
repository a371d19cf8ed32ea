import { currentLanguage } from '#lib/i18n.ts';
import { dateStyle, zone } from '#lib/reader.ts';

/** A day by name and date, for what begins with it, in the reader's zone and form. */
export function day(iso: string): string {
  const isIso = dateStyle() === 'iso';
  const timeZone = zone();
  // Swedish is ISO 8601.
  return new Intl.DateTimeFormat(isIso ? 'sv-SE' : currentLanguage(), {
    dateStyle: isIso ? 'short' : 'full',
    ...(timeZone ? { timeZone } : {}),
  }).format(new Date(iso));
}
