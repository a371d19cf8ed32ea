import { compact, oneOf, type RawSearch } from '#lib/search.ts';

export const WHOSE = ['mine', 'others'] as const;
export interface AccessRequestsSearch {
  whose?: (typeof WHOSE)[number];
  /** A permission that a refusal named: the form opens with it. */
  permission?: string;
}
const named = (value: unknown): string | undefined => (typeof value === 'string' && /^[\w-]+:[\w-]+$/.test(value) ? value : undefined);
export const accessRequestsSearch = (raw: RawSearch): AccessRequestsSearch =>
  compact<AccessRequestsSearch>({ whose: oneOf(WHOSE, raw['whose']), permission: named(raw['permission']) });
