import { compact, oneOf, textOf, type RawSearch } from '#lib/search.ts';

/** What the addresses of these pages say: kept apart from the pages, since routes read it before any of them is fetched. */
export const TABS = ['document', 'versions', 'shadow', 'replay', 'exemptions'] as const;
export const TEMPLATE_NAMES = ['production-approval', 'office-hours-freeze', 'agents-plan-only'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

const numberOf = (raw: unknown): number | undefined => {
  const number = Number(raw);
  return raw !== undefined && raw !== '' && Number.isInteger(number) && number > 0 ? number : undefined;
};

export interface ListSearch {
  q?: string;
  retired?: true;
}
export const listSearch = (raw: RawSearch): ListSearch =>
  compact<ListSearch>({ q: textOf(raw['q'], 100), retired: raw['retired'] === true ? true : undefined });

export interface NewSearch {
  from?: TemplateName;
}
export const newSearch = (raw: RawSearch): NewSearch => compact<NewSearch>({ from: oneOf(TEMPLATE_NAMES, raw['from']) });

export interface SetSearch {
  tab?: (typeof TABS)[number];
  /** Two versions beside each other. */
  before?: number;
  after?: number;
}
export const setSearch = (raw: RawSearch): SetSearch =>
  compact<SetSearch>({ tab: oneOf(TABS, raw['tab']), before: numberOf(raw['before']), after: numberOf(raw['after']) });

export interface SimulateSearch {
  operation?: string;
  set?: string;
  version?: number;
}
export const simulateSearch = (raw: RawSearch): SimulateSearch =>
  compact<SimulateSearch>({ operation: textOf(raw['operation'], 100), set: textOf(raw['set'], 64), version: numberOf(raw['version']) });

export interface CalendarSearch {
  /** `2026-12`. */
  month?: string;
  calendar?: string;
}
export const calendarSearch = (raw: RawSearch): CalendarSearch => {
  const month = textOf(raw['month'], 7);
  return compact<CalendarSearch>({ month: month !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])$/.test(month) ? month : undefined, calendar: textOf(raw['calendar'], 64) });
}; // prettier-ignore
