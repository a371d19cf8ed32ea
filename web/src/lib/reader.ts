/** How times are written in lists: how long ago for a day and then the date; ISO 8601; always how long ago. */
export const DATE_FORMATS = ['locale', 'iso', 'relative'] as const;
type DateFormat = (typeof DATE_FORMATS)[number];

const ZONE = 'switchyard.zone';
const FORM = 'switchyard.dateFormat';

const known = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};
const formOf = (text: string | null): DateFormat => DATE_FORMATS.find((form) => form === text) ?? 'locale';
const zoneOf = (name: string | null): string => (name && known(name) ? name : '');
let chosenZone = zoneOf(localStorage.getItem(ZONE));
let chosenForm = formOf(localStorage.getItem(FORM));

/** IANA name of the zone the reader wants, or empty for that of this device. */
export const zone = (): string => chosenZone;
export const dateStyle = (): DateFormat => chosenForm;

/** Kept on this device, so that the first page is right before the person's preferences are read. */
export function readAs(wanted: { zone?: string | null; dateFormat?: DateFormat }): void {
  if (wanted.zone !== undefined) {
    chosenZone = zoneOf(wanted.zone);
    localStorage.setItem(ZONE, chosenZone);
  }
  if (wanted.dateFormat !== undefined) {
    chosenForm = formOf(wanted.dateFormat);
    localStorage.setItem(FORM, chosenForm);
  }
}
