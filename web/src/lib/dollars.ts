import { currentLanguage } from './i18n.ts';

const MILLION = 1_000_000;

/** Millionths of a US dollar as text: `$12.50`; below a cent with as many digits as there is something to see, `$0.00042`. */
export function dollars(millionths: number): string {
  const small = millionths !== 0 && Math.abs(millionths) < 10_000;
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: small ? 6 : 2,
  }).format(millionths / MILLION);
}

/** `1.2M`, `35K`: for axes and narrow columns, where the exact number is elsewhere. */
export const compactNumber = (value: number): string =>
  new Intl.NumberFormat(currentLanguage(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);

/** Dollars as people type them, with a point or a comma, in millionths; null when it is no amount. Empty is undefined. */
export function millionthsOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.');
  if (text === '') return undefined;
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * MILLION) : null;
}

/** Back into what a field holds: `2.5`. */
export const dollarText = (millionths: number | null | undefined): string => (typeof millionths === 'number' ? String(millionths / MILLION) : '');
