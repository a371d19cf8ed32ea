import type { Database } from '#kernel/database.ts';
import { and, arrayContains, eq, gte, sql, type SQL } from '#kernel/drizzle.ts';
import { firstDay, levelsOf, type Level, type Spent } from './budget-rules.ts';
import { budgets, reservations, usage } from './tables.ts';

export interface BudgetsAt {
  db: Database;
  tenantId: string;
  now: Date;
}

/** Every bound that holds in the tenant. */
export async function levelsIn({ db, tenantId }: BudgetsAt, planTokens: number | null): Promise<Level[]> {
  const rows = await db.select().from(budgets).where(eq(budgets.tenantId, tenantId));
  return levelsOf(rows, planTokens);
}

const total = (column: SQL): SQL<number> => sql<number>`coalesce(sum(${column}), 0)::bigint`.mapWith(Number);

/** What was settled under a bound in its period. */
export async function usedOf({ db, tenantId, now }: BudgetsAt, { workflowId, period }: Pick<Level, 'workflowId' | 'period'>): Promise<Spent> {
  const mine = workflowId === null ? undefined : eq(usage.workflowId, workflowId);
  const [row] = await db
    .select({ tokens: total(sql`${usage.inputTokens} + ${usage.outputTokens}`), cost: total(sql`${usage.cost}`) })
    .from(usage)
    .where(and(eq(usage.tenantId, tenantId), gte(usage.day, firstDay(now, period)), mine));
  return row!;
}

/** What calls under way, and those of which nobody knows any more, may have spent of it: of all, of a workflow's, or of an account's. */
export async function reservedOf({ db, tenantId }: BudgetsAt, { workflowId = null, account }: { workflowId?: string | null; account?: string }): Promise<Spent> {
  const mine = workflowId === null ? undefined : eq(reservations.workflowId, workflowId);
  const paid = account === undefined ? undefined : arrayContains(reservations.accounts, [account]);
  const [row] = await db
    .select({ tokens: total(sql`${reservations.tokens}`), cost: total(sql`${reservations.cost}`) })
    .from(reservations)
    .where(and(eq(reservations.tenantId, tenantId), mine, paid));
  return row!;
} // prettier-ignore
