import type { Database } from '#kernel/database.ts';
import { and, count, eq, gte, inArray, isNull, sql } from '#kernel/drizzle.ts';
import type { Requirement } from '#kernel/gate-steps.ts';
import type { Surface, Target } from '#kernel/operation.ts';
import { approvalDecisions, approvalRequests, changes } from './tables.ts';

export interface ChangeSeen {
  id: string;
  comment: string | null;
  ticket: string | null;
  emergency: boolean;
  /** The person who answers for it. */
  requester: string;
  surface: Surface;
  approvals: { by: string; verdict: string; at: string }[];
  createdAt: Date;
  agreed: readonly Requirement[] | null;
}

/** A Change as rules look at it right before it runs; undefined when there is none. */
export async function changeSeen(db: Database, tenantId: string, changeId: string): Promise<ChangeSeen | undefined> {
  const [row] = await db
    .select()
    .from(changes)
    .where(and(eq(changes.tenantId, tenantId), eq(changes.id, changeId)));
  if (!row) return undefined;
  const decisions = await db
    .select({ by: approvalDecisions.deciderId, verdict: approvalDecisions.verdict, at: approvalDecisions.createdAt })
    .from(approvalDecisions)
    .innerJoin(approvalRequests, and(eq(approvalRequests.tenantId, approvalDecisions.tenantId), eq(approvalRequests.id, approvalDecisions.requestId)))
    .where(and(eq(approvalDecisions.tenantId, tenantId), eq(approvalRequests.changeId, changeId), isNull(approvalDecisions.withdrawnAt)));
  return {
    id: row.id,
    comment: row.comment,
    ticket: row.ticket,
    emergency: row.emergency,
    requester: row.requester.ownerId ?? row.requester.id,
    surface: row.surface,
    approvals: decisions.map(({ by, verdict, at }) => ({ by, verdict, at: at.toISOString() })),
    createdAt: row.createdAt,
    // Rules that an emergency sets aside ask for nothing at all; those that hold in one must have been agreed to.
    agreed: row.requirements,
  };
}

const DAY_MS = 86_400_000;
const FAILED = ['failed', 'rolled_back', 'rollback_failed', 'partially_succeeded'] as const;

/** Changes that touched any of the targets: of a day, and those of a month that went wrong. */
export async function historyOf(
  db: Database,
  tenantId: string,
  targets: readonly Target[],
  at: Date,
): Promise<{ count24h: number; failures30d: number }> {
  if (targets.length === 0) return { count24h: 0, failures30d: 0 };
  const touched = sql`exists (select from jsonb_array_elements(${changes.targets}) t where t.value->>'id' = any(${sql.param(targets.map(({ id }) => id))}::text[]))`; // prettier-ignore
  const since = (days: number) => gte(changes.createdAt, new Date(at.getTime() - days * DAY_MS));
  const [day] = await db.select({ count: count() }).from(changes).where(and(eq(changes.tenantId, tenantId), since(1), touched)); // prettier-ignore
  const [month] = await db
    .select({ count: count() })
    .from(changes)
    .where(and(eq(changes.tenantId, tenantId), since(30), inArray(changes.state, [...FAILED]), touched));
  return { count24h: day!.count, failures30d: month!.count };
}
