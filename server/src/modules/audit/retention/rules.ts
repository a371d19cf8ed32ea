import type { Kept } from '../tables.ts';

export interface Retention {
  evidenceDays: number;
  readDays: number;
}
/** For whom nothing is set: tenants that are gone, and what belongs to none. */
export const DEFAULT: Retention = { evidenceDays: 400, readDays: 30 };
/** Whatever a tenant sets: writes and denials for 90 days at least, and at most 10 years; reads for 400 days at most. */
const LEAST_EVIDENCE = 90;
const MOST_READS = 400;
const MOST_EVIDENCE = 3_653;
const DAY = 86_400_000;

/** Before which moment entries go, by kind. */
export function cutoffsOf({ evidenceDays, readDays }: Retention, at: Date): Record<Kept, Date> {
  const ago = (days: number): Date => new Date(at.getTime() - days * DAY);
  const evidence = Math.min(MOST_EVIDENCE, Math.max(LEAST_EVIDENCE, evidenceDays));
  // A read is never kept for longer than what it read about.
  return { evidence: ago(evidence), reads: ago(Math.min(MOST_READS, Math.max(0, readDays), evidence)) };
}

/** A partition of one month and kind can be dropped when every tenant's time for it is over and no hold is in force. */
export const droppable = (monthEnd: Date, cutoffs: readonly Date[], anyHold: boolean): boolean =>
  !anyHold && cutoffs.every((cutoff) => cutoff.getTime() >= monthEnd.getTime());
