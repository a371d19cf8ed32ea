import { and, eq, lt } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { policyCounters, policyDecisions, policyDryRuns, policyShadowDifferences } from './tables.ts';

/** How long the facts of decisions are kept. */
export const DECISIONS_DAYS = 30;
const DAY_MS = 86_400_000;

/** Lets go of what has served its time: facts of decisions, differences of shadows, counters of windows that are over, old dry runs. */
export async function sweep({ db, tenantId, now }: Pick<WorkContext, 'db' | 'tenantId' | 'now'>): Promise<void> {
  const oldest = new Date(now().getTime() - DECISIONS_DAYS * DAY_MS);
  await db.delete(policyDecisions).where(and(eq(policyDecisions.tenantId, tenantId), lt(policyDecisions.at, oldest)));
  await db.delete(policyShadowDifferences).where(and(eq(policyShadowDifferences.tenantId, tenantId), lt(policyShadowDifferences.at, oldest)));
  await db.delete(policyCounters).where(and(eq(policyCounters.tenantId, tenantId), lt(policyCounters.expiresAt, now())));
  await db.delete(policyDryRuns).where(and(eq(policyDryRuns.tenantId, tenantId), lt(policyDryRuns.at, oldest)));
}
