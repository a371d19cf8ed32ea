import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from '#kernel/drizzle.ts';
import { LegalHolds } from '#kernel/holds.ts';
import type { TenantJob } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { executionBlobs, executions, executionWaits, nodeExecutions, type ExecutionRow } from '../engine/tables.ts';
import { WorkflowSettings } from '../graph.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows, workflowVersions } from '../tables.ts';
import { BATCH, kept } from './retention-rules.ts';
import { executionTallies, streamTickets, workflowPlans } from './tables.ts';

type Aged = Pick<ExecutionRow, 'id' | 'workflowId' | 'status' | 'triggerKind' | 'endedAt' | 'activeMs' | 'payloadsErasedAt'> & {
  settings: WorkflowSettings | null;
};

/** The oldest that have ended, with the settings that they ran by; from a place on. */
const aged = ({ db, tenantId }: WorkContext, after: Place | undefined, most: number): Promise<Aged[]> => {
  const { id, workflowId, status, triggerKind, endedAt, activeMs, payloadsErasedAt } = executions;
  const settings = sql<WorkflowSettings | null>`coalesce(${workflowVersions.settings}, ${workflows.settings})`;
  return db
    .select({ id, workflowId, status, triggerKind, endedAt, activeMs, payloadsErasedAt, settings })
    .from(executions)
    .innerJoin(workflows, and(eq(workflows.tenantId, executions.tenantId), eq(workflows.id, executions.workflowId)))
    .leftJoin(workflowVersions, and(eq(workflowVersions.tenantId, executions.tenantId), eq(workflowVersions.workflowId, executions.workflowId), eq(workflowVersions.number, executions.version)))
    .where(and(eq(executions.tenantId, tenantId), isNotNull(endedAt), after && or(sql`${endedAt} > ${after.at.toISOString()}::timestamptz`, and(eq(endedAt, after.at), sql`${id} > ${after.id}`))))
    .orderBy(asc(endedAt), asc(id))
    .limit(most);
}; // prettier-ignore

/** Their figures stay when they go. */
async function tally({ db, tenantId }: WorkContext, rows: readonly Aged[]): Promise<void> {
  const groups = Map.groupBy(rows, (row) => [row.workflowId, row.endedAt!.toISOString().slice(0, 10), row.status, row.triggerKind].join(' '));
  for (const [key, group] of groups) {
    const [workflowId = '', day = '', status = '', triggerKind = ''] = key.split(' ');
    const [count, activeMs] = [group.length, group.reduce((sum, row) => sum + row.activeMs, 0)];
    await db
      .insert(executionTallies)
      .values({ tenantId, workflowId, day, status, triggerKind, executions: count, activeMs })
      .onConflictDoUpdate({
        target: [executionTallies.tenantId, executionTallies.workflowId, executionTallies.day, executionTallies.status, executionTallies.triggerKind],
        set: { executions: sql`${executionTallies.executions} + ${count}`, activeMs: sql`${executionTallies.activeMs} + ${activeMs}` },
      });
  }
}

async function remove(ctx: WorkContext, rows: readonly Aged[]): Promise<void> {
  if (rows.length === 0) return;
  await tally(ctx, rows);
  const ids = rows.map(({ id }) => id);
  await ctx.db.delete(executions).where(and(eq(executions.tenantId, ctx.tenantId), inArray(executions.id, ids)));
}

/** What came in and out goes; that it ran, how, and how long, stays. */
async function erase({ db, tenantId, now }: WorkContext, rows: readonly Aged[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  await db.update(nodeExecutions).set({ input: null, output: null, sealed: null, outputBlob: null, state: null, steps: null, sealedSteps: null, would: null })
    .where(and(eq(nodeExecutions.tenantId, tenantId), inArray(nodeExecutions.executionId, ids)));
  // Answers of people and events that it was woken by.
  await db.update(executionWaits).set({ woken: null, form: null })
    .where(and(eq(executionWaits.tenantId, tenantId), inArray(executionWaits.executionId, ids)));
  await db.delete(executionBlobs).where(and(eq(executionBlobs.tenantId, tenantId), inArray(executionBlobs.executionId, ids)));
  await db.update(executions).set({ inputs: null, outputs: null, sealedInputs: null, sealedOutputs: null, outputsBlob: null, response: null, mocks: null, wishes: null, payloadsErasedAt: now() })
    .where(and(eq(executions.tenantId, tenantId), inArray(executions.id, ids), isNull(executions.payloadsErasedAt)));
} // prettier-ignore

const DEFAULTS = WorkflowSettings.parse({});

/** Where a slice has come to. */
interface Place {
  at: Date;
  id: string;
}

/** Prunes one slice. Answers where the next one begins; undefined when there is none. Under a legal hold nothing goes. */
async function pruneSlice(ctx: WorkContext, after: Place | undefined, most: number): Promise<Place | undefined> {
  const { db, tenantId, now, provider } = ctx;
  const at = now();
  if (!after) await db.delete(streamTickets).where(and(eq(streamTickets.tenantId, tenantId), lte(streamTickets.expiresAt, at)));
  if (await provider(LegalHolds).isHeld(db, tenantId)) return undefined;
  if (!after) await db.delete(workflowPlans).where(and(eq(workflowPlans.tenantId, tenantId), lte(workflowPlans.expiresAt, at)));
  const { retentionDays } = await provider(Surroundings).limits(db, tenantId);
  const longest = { days: retentionDays, payloadDays: retentionDays };
  const rows = await aged(ctx, after, most);
  const times = rows.map((row) => ({ row, ...kept({ status: row.status, endedAt: row.endedAt! }, (row.settings ?? DEFAULTS).retention, longest) }));
  await remove(ctx, times.filter(({ until }) => until <= at).map(({ row }) => row)); // prettier-ignore
  await erase(ctx, times.filter(({ until, payloadsUntil, row }) => until > at && payloadsUntil <= at && row.payloadsErasedAt === null).map(({ row }) => row)); // prettier-ignore
  const last = rows.at(-1);
  return last && rows.length === most ? { at: last.endedAt!, id: last.id } : undefined;
}

/**
 * Prunes what is kept long enough: payloads first, then the whole. Slice by slice, each in a transaction of its own, so that many that end
 * their time together hold no locks for long, and what was pruned stays pruned when a later slice fails.
 */
export async function pruneExecutions({ tx }: Pick<TenantJob, 'tx'>, most = BATCH): Promise<void> {
  let after: Place | undefined;
  do after = await tx((ctx) => pruneSlice(ctx, after, most));
  while (after);
}
