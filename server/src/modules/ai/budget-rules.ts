import type { BudgetRow, Period } from './tables.ts';

export interface Spent {
  tokens: number;
  /** Millionths of a US dollar. */
  cost: number;
}
export const NOTHING: Spent = { tokens: 0, cost: 0 };
export const plus = (a: Spent, b: Spent): Spent => ({ tokens: a.tokens + b.tokens, cost: a.cost + b.cost });

/** A budget as it holds: null is no bound. */
export interface Level {
  level: 'tenant' | 'workflow';
  workflowId: string | null;
  period: Period;
  tokens: number | null;
  cost: number | null;
  /** The bound of tokens is that of the plan. */
  plan: boolean;
}

type Own = Pick<BudgetRow, 'workflowId' | 'period' | 'tokens' | 'cost'>;

/** The bounds of a tenant: what it says itself, and for the day what its plan allows, whichever is less. */
export function levelsOf(rows: readonly Own[], planTokens: number | null): Level[] {
  const own = (workflowId: string | null, period: Period): Own | undefined =>
    rows.find((row) => row.workflowId === workflowId && row.period === period);
  const tenant = (period: Period): Level => {
    const row = own(null, period);
    const most = period === 'day' ? planTokens : null;
    const plan = most !== null && (row?.tokens ?? Infinity) >= most;
    return { level: 'tenant', workflowId: null, period, tokens: plan ? most : (row?.tokens ?? null), cost: row?.cost ?? null, plan };
  };
  const workflows = rows.filter(({ workflowId }) => workflowId !== null).map((row): Level => ({ ...row, level: 'workflow', plan: false }));
  return [tenant('day'), tenant('month'), ...workflows];
}

/** `2026-11-21`, of UTC. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
/** First day of the period. */
export const firstDay = (now: Date, period: Period): string => (period === 'day' ? dayOf(now) : `${dayOf(now).slice(0, 7)}-01`);
/** When the period is over. */
export const resetsAt = (now: Date, period: Period): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + (period === 'month' ? 1 : 0), period === 'month' ? 1 : now.getUTCDate() + 1));

/** The unit in which `more` does not fit any longer; undefined when it does. */
export function overrun({ tokens, cost }: Pick<Level, 'tokens' | 'cost'>, held: Spent, more: Spent): { unit: 'tokens' | 'cost'; limit: number; used: number } | undefined {
  if (tokens !== null && held.tokens + more.tokens > tokens) return { unit: 'tokens', limit: tokens, used: held.tokens };
  if (cost !== null && held.cost + more.cost > cost && more.cost > 0) return { unit: 'cost', limit: cost, used: held.cost };
  return undefined;
} // prettier-ignore

const MARKS = [100, 80, 50] as const;
const share = (used: number, limit: number): number => (limit === 0 ? 100 : (used / limit) * 100);

/** The highest mark (percent) that was passed on the way from `before` to `after`; undefined when none was. */
export function markPassed(limit: number | null, before: number, after: number): 50 | 80 | 100 | undefined {
  if (limit === null || after === before) return undefined;
  return MARKS.find((mark) => share(before, limit) < mark && share(after, limit) >= mark);
}
