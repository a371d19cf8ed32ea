import type { Database } from '#kernel/database.ts';
import { and, desc, eq } from '#kernel/drizzle.ts';
import { policyDecisions, type DecisionRow } from './tables.ts';

/** What is kept of a decision; undefined when nothing is. */
export async function findDecision(db: Database, tenantId: string, decisionId: string): Promise<DecisionRow | undefined> {
  const [row] = await db
    .select()
    .from(policyDecisions)
    .where(and(eq(policyDecisions.tenantId, tenantId), eq(policyDecisions.decisionId, decisionId)))
    .orderBy(desc(policyDecisions.id))
    .limit(1);
  return row;
}
