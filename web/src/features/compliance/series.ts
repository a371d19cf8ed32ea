import { OUTCOMES, type HeatCell, type Metrics, type Outcome } from './types.ts';

const DAY = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Every day of a period in UTC, also those on which nothing happened. */
export function daysOf(from: string, to: string): string[] {
  const [first, last] = [Date.parse(dayOf(Date.parse(from))), Date.parse(to)];
  return Array.from({ length: Math.max(1, Math.ceil((last - first) / DAY)) }, (_, at) => dayOf(first + at * DAY));
}

/** Counts by outcome for each day. */
export function changesPerDay({ from, to, changes }: Pick<Metrics, 'from' | 'to' | 'changes'>): {
  days: string[];
  counts: Record<Outcome, number[]>;
} {
  const days = daysOf(from, to);
  const found = new Map(changes.days.map(({ day, outcome, count }) => [`${day} ${outcome}`, count]));
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, days.map((day) => found.get(`${day} ${outcome}`) ?? 0)]));
  return { days, counts: counts as Record<Outcome, number[]> };
}

export function violationsPerDay({ from, to, violations }: Pick<Metrics, 'from' | 'to' | 'violations'>): { days: string[]; counts: number[] } {
  const days = daysOf(from, to);
  const found = new Map(violations.days.map(({ day, count }) => [day, count]));
  return { days, counts: days.map((day) => found.get(day) ?? 0) };
}

/** Each series on top of those before it, so that bars drawn last to first stand on each other. */
export const stacked = (series: readonly (readonly number[])[]): number[][] =>
  series.reduce<number[][]>((below, counts) => [...below, counts.map((count, at) => count + (below.at(-1)?.[at] ?? 0))], []);

const ROWS = 8;
/** Operations with the most refusals, and every environment, as a grid. */
export function gridOf(heat: readonly HeatCell[]): { environments: string[]; rows: { operation: string; counts: number[]; sum: number }[]; most: number } {
  const environments = [...new Set(heat.map(({ environment }) => environment ?? ''))].sort();
  const byOperation = Map.groupBy(heat, ({ operation }) => operation);
  const rows = [...byOperation]
    .map(([operation, cells]) => {
      const counts = environments.map((name) => cells.filter(({ environment }) => (environment ?? '') === name).reduce((sum, { count }) => sum + count, 0));
      return { operation, counts, sum: counts.reduce((sum, count) => sum + count, 0) };
    })
    .sort((a, b) => b.sum - a.sum || (a.operation < b.operation ? -1 : 1))
    .slice(0, ROWS);
  return { environments, rows, most: Math.max(1, ...rows.flatMap(({ counts }) => counts)) };
} // prettier-ignore

/** Share of what was agreed to among what was decided, in percent; null where nothing was. */
export const ratio = ({ approved, rejected }: Pick<Metrics['approvals'], 'approved' | 'rejected'>): number | null =>
  approved + rejected === 0 ? null : Math.round((approved / (approved + rejected)) * 100);
