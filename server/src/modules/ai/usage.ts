import type { z } from 'zod';
import type { PgColumn } from '#kernel/columns.ts';
import type { Database } from '#kernel/database.ts';
import { and, between, desc, eq, isNotNull, sql, type SQL } from '#kernel/drizzle.ts';
import type { UsageView } from './schemas.ts';
import { usage } from './tables.ts';

const total = (column: PgColumn): SQL<number> => sql<number>`coalesce(sum(${column}), 0)::bigint`.mapWith(Number);
const SUMS = { inputTokens: total(usage.inputTokens), outputTokens: total(usage.outputTokens), cost: total(usage.cost), calls: total(usage.calls) };
const NOTHING = { inputTokens: 0, outputTokens: 0, cost: 0, calls: 0 };
const WORKFLOWS = 50;
const DAY_MS = 86_400_000;

function* daysIn(from: string, to: string): Generator<string> {
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) yield new Date(at).toISOString().slice(0, 10);
}

/** What was used from one day to another, both included, by day, model, purpose and workflow. */
export async function usageIn(db: Database, tenantId: string, from: string, to: string): Promise<z.input<typeof UsageView>> {
  const here = and(eq(usage.tenantId, tenantId), between(usage.day, from, to));
  const [sum] = await db.select(SUMS).from(usage).where(here);
  const byDay = await db.select({ day: usage.day, ...SUMS }).from(usage).where(here).groupBy(usage.day); // prettier-ignore
  const byModel = await db.select({ model: usage.model, ...SUMS }).from(usage).where(here).groupBy(usage.model).orderBy(desc(SUMS.cost), usage.model); // prettier-ignore
  const byPurpose = await db.select({ purpose: usage.purpose, ...SUMS }).from(usage).where(here).groupBy(usage.purpose).orderBy(desc(SUMS.cost), usage.purpose); // prettier-ignore
  const byWorkflow = await db
    .select({ workflowId: usage.workflowId, ...SUMS })
    .from(usage)
    .where(and(here, isNotNull(usage.workflowId)))
    .groupBy(usage.workflowId)
    .orderBy(desc(SUMS.cost), desc(SUMS.inputTokens))
    .limit(WORKFLOWS);
  const days = [...daysIn(from, to)].map((day) => ({ ...NOTHING, ...byDay.find((row) => row.day === day), day }));
  return { from, to, total: sum!, days, models: byModel, purposes: byPurpose, workflows: byWorkflow.map((row) => ({ ...row, workflowId: row.workflowId! })) };
} // prettier-ignore
