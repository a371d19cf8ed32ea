import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

/** How far back from now, with the hours that it is. */
export const RANGES = { hour: 1, day: 24, week: 168, month: 720 } as const;
export type Range = keyof typeof RANGES;
const NAMES = Object.keys(RANGES) as Range[];

/** What of the metrics is shown, as it stands in the address. */
export interface MetricsSearch {
  /** A part of the name. */
  q?: string;
  /** Id of the series that is open. */
  open?: string;
  range?: Range;
}
export const metricsSearch = (raw: RawSearch): MetricsSearch =>
  compact<MetricsSearch>({ q: textOf(raw['q'], 80), open: textOf(raw['open'], 64), range: oneOf(NAMES, raw['range']) });
export const rangeNames: readonly Range[] = NAMES;
