import type { Fold, Row } from './kind.ts';
import type { GroupBy } from './schemas.ts';

/** Nearest-rank quantile of whole numbers, 0 to 1; null of none. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))]!;
}

const FAILED = new Set(['failed', 'rollback_failed', 'rolled_back', 'partially_succeeded', 'plan_failed']);
const REFUSED = new Set(['rejected', 'expired', 'cancelled', 'stale']);

const groupsOf: Record<GroupBy, (row: Row) => readonly string[]> = {
  user: (row) => [[row['user'], row['email'] ? `<${String(row['email'])}>` : ''].filter(Boolean).join(' ')],
  // A Change on three devices counts for each of them.
  target: (row) => row['targets'] as readonly string[],
  operation: (row) => [String(row['operation'])],
  day: (row) => [String(row['time']).slice(0, 10)],
};

interface Counts {
  changes: number;
  succeeded: number;
  failed: number;
  refused: number;
  open: number;
  rolledBack: number;
  highRisk: number;
  emergencies: number;
  approved: number;
  times: number[];
}
const none = (): Counts => ({ changes: 0, succeeded: 0, failed: 0, refused: 0, open: 0, rolledBack: 0, highRisk: 0, emergencies: 0, approved: 0, times: [] }); // prettier-ignore

function count(counts: Counts, row: Row): void {
  const result = String(row['result']);
  counts.changes += 1;
  counts.succeeded += Number(result === 'succeeded');
  counts.failed += Number(FAILED.has(result));
  counts.refused += Number(REFUSED.has(result));
  counts.open += Number(result === 'open');
  counts.rolledBack += Number(String(row['rollback'] ?? '').startsWith('by '));
  counts.highRisk += Number(row['risk'] === 'high');
  counts.emergencies += Number(row['emergency'] === true);
  counts.approved += Number(row['approvedAt'] !== null && (row['approvers'] as readonly string[]).length > 0);
  if (typeof row['approvalSeconds'] === 'number') counts.times.push(row['approvalSeconds']);
}

/** Changes in one row for each user, target, operation or day, in the order of their names. */
export function groupChanges(by: GroupBy): Fold {
  const groups = new Map<string, Counts>();
  return {
    add(row) {
      for (const group of new Set(groupsOf[by](row))) {
        const counts = groups.get(group) ?? none();
        count(counts, row);
        groups.set(group, counts);
      }
    },
    rows: () =>
      [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([group, { times, ...counts }]) => ({ group, ...counts, medianApprovalSeconds: quantile(times, 0.5) })),
  };
}

/** Upper bounds in seconds; the last class has none. */
const BOUNDS = [10, 60, 300, 900, 3_600, 14_400, 86_400] as const;
export interface Spread {
  /** Seconds; null of none. */
  median: number | null;
  p90: number | null;
  classes: { upTo: number | null; count: number }[];
}

/** How times are spread: in classes from seconds to days. Up to ten seconds nobody has read what they decided on. */
export const spread = (seconds: readonly number[]): Spread => ({
  median: quantile(seconds, 0.5),
  p90: quantile(seconds, 0.9),
  classes: [...BOUNDS, null].map((upTo, at, all) => {
    const above = at === 0 ? -1 : all[at - 1]!;
    return { upTo, count: seconds.filter((value) => value > above && (upTo === null || value <= upTo)).length };
  }),
});
