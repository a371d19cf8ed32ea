import type { IrrSets } from '../render/irr.ts';

const HOUR_MS = 3_600_000;
/** So old a list is asked for again (exchange.md 19). */
export const REFRESH_MS = 6 * HOUR_MS;
/** Of one kind, after the registry's own aggregation. */
export const MOST_ENTRIES = 100_000;
const KINDS = ['origins', 'v4', 'v6'] as const;

export type Kept = 'irr-list-empty' | 'irr-list-shrunk';

const isEmpty = (sets: IrrSets): boolean => KINDS.every((kind) => sets[kind].length === 0);

/** Why an answer is not taken: never an empty filter by accident. `isForced`: somebody said that less than half of it is right. */
export function whyKept(before: IrrSets | undefined, next: IrrSets, isForced = false): Kept | undefined {
  if (isEmpty(next)) return 'irr-list-empty';
  if (!before || isForced) return undefined;
  if (KINDS.some((kind) => before[kind].length > 0 && next[kind].length === 0)) return 'irr-list-empty';
  return KINDS.some((kind) => next[kind].length * 2 < before[kind].length) ? 'irr-list-shrunk' : undefined;
}

/** What is asked for: the set that the network names, or its own number. */
export const sourceOf = ({ asn, asSet }: { asn: number; asSet: string | null }): string => asSet ?? `AS${asn}`;

/** So soon where the network names another set than the one whose list is in use. */
const RETRY_MS = HOUR_MS / 4;

/** Is it time to ask? At once where nothing was asked yet. */
export const isDue = (row: { source: string; triedAt: Date } | undefined, source: string, now: Date): boolean =>
  row === undefined || now.getTime() - row.triedAt.getTime() >= (row.source === source ? REFRESH_MS : RETRY_MS);
