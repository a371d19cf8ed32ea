import type { AiUsage } from '#kernel/ai.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, lte, sql } from '#kernel/drizzle.ts';
import { appendEvents, type Emitted } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { pay, payersOf } from './accounts.ts';
import { boundsOn, type Bounded } from './bounds.ts';
import { dayOf, markPassed, plus } from './budget-rules.ts';
import type { BudgetsAt } from './budgets.ts';
import type { AiSurroundings } from './providers/port.ts';
import { reservations, usage, type ReservationRow } from './tables.ts';

type Charged = Pick<ReservationRow, 'model' | 'purpose' | 'workflowId' | 'accounts' | 'createdAt'>;

/** Usage by day, model, purpose and workflow: one row that grows. */
async function count(db: Database, tenantId: string, day: string, { model, purpose, workflowId }: Charged, { inputTokens, outputTokens, cost }: AiUsage, now: Date): Promise<void> {
  const times = { createdAt: now, updatedAt: now };
  await db
    .insert(usage)
    .values({ tenantId, id: newId(), day, model, purpose, workflowId, inputTokens, outputTokens, cost, calls: 1, ...times })
    .onConflictDoUpdate({
      target: [usage.tenantId, usage.day, usage.model, usage.purpose, usage.workflowId],
      set: {
        inputTokens: sql`${usage.inputTokens} + ${inputTokens}`,
        outputTokens: sql`${usage.outputTokens} + ${outputTokens}`,
        cost: sql`${usage.cost} + ${cost}`,
        calls: sql`${usage.calls} + 1`,
        updatedAt: now,
      },
    });
} // prettier-ignore

/** What passes a mark of a budget by being spent. */
const warningsOf = (bounds: readonly Bounded[], { inputTokens, outputTokens, cost }: AiUsage): Emitted[] =>
  bounds.flatMap(({ name, workflowId, used, ...bound }) => {
    const after = plus(used, { tokens: inputTokens + outputTokens, cost });
    return (['tokens', 'cost'] as const).flatMap((unit) => {
      const percent = markPassed(bound[unit], used[unit], after[unit]);
      const data = { level: name, unit, percent, limit: bound[unit], used: after[unit], workflowId };
      return percent === undefined ? [] : [{ type: 'ai.budget_warning', data }];
    });
  });

/** Writes one call down wherever it counts, and tells of marks that it passes; answers how many. Under the lock of the tenant. */
export async function charge(at: BudgetsAt, { tokensPerDay }: AiSurroundings, charged: Charged, spent: AiUsage, day: string): Promise<number> {
  const { db, tenantId, now } = at;
  const payers = await payersOf(db, tenantId, charged.accounts[0]);
  const warnings = warningsOf(await boundsOn(at, await tokensPerDay(db, tenantId), charged.workflowId, payers), spent);
  await count(db, tenantId, day, charged, spent, now);
  const { inputTokens, outputTokens, cost } = spent;
  await pay(db, tenantId, charged.accounts, { tokens: inputTokens + outputTokens, cost }, now);
  return appendEvents(db, tenantId, warnings, null);
}

/**
 * Reservations whose process died are counted as spent, to the last token, on the day on which they were made: what became of the calls
 * nobody knows, and a crash must not make them free. Under the lock of the tenant.
 */
export async function chargeLapsed(at: BudgetsAt, surroundings: AiSurroundings): Promise<void> {
  const { db, tenantId, now } = at;
  const lapsed = await db.delete(reservations).where(and(eq(reservations.tenantId, tenantId), lte(reservations.expiresAt, now))).returning(); // prettier-ignore
  for (const row of lapsed) {
    const spent = { inputTokens: row.tokens - row.outputTokens, outputTokens: row.outputTokens, cost: row.cost };
    await charge(at, surroundings, row, spent, dayOf(row.createdAt));
  }
}
