import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Json } from '../graph.ts';
import type { NodeFault } from '../nodes/declare.ts';
import { executions, executionWaits, type CancelAsked, type ExecutionRow, type NodeExecutionRow } from './tables.ts';

/** What names an execution in the caller's tenant transaction. */
export type Of = Pick<ExecutionRow, 'tenantId' | 'id'>;
type By = CancelAsked['by'];

const one = ({ tenantId, id }: Of) => and(eq(executions.tenantId, tenantId), eq(executions.id, id));

/** Whoever holds it looks again; what waits is claimed at once. Call `Engine.nudge` after the commit. */
const NUDGED = {
  nudged: true,
  wakeAt: sql`case when ${executions.status} in ('waiting', 'paused') then now() else ${executions.wakeAt} end`,
};

export const cancelledFault = (reason: string): NodeFault => ({ type: 'cancelled', class: 'cancelled', message: reason, retryable: false });

async function cancelQueued(db: Database, of: Of, asked: CancelAsked): Promise<boolean> {
  const [ended] = await db
    .update(executions)
    .set({ status: 'cancelled', endedAt: sql`now()`, wakeAt: null, cancelAsked: asked, error: cancelledFault(asked.reason), eventSeq: sql`${executions.eventSeq} + 1` })
    .where(and(one(of), eq(executions.status, 'queued')))
    .returning({ seq: executions.eventSeq, workflowId: executions.workflowId, triggerKind: executions.triggerKind, wishes: executions.wishes });
  if (!ended) return false;
  const payload = { status: 'cancelled', progress: 0 };
  await db.execute(
    sql`insert into execution_events (tenant_id, execution_id, seq, at, type, payload) values (${of.tenantId}, ${of.id}, ${ended.seq}, now(), 'end', ${JSON.stringify(payload)}::jsonb)`,
  );
  const { workflowId, triggerKind, wishes } = ended;
  await appendEvents(db, of.tenantId, [{ type: 'execution.cancelled', data: { executionId: of.id, workflowId, trigger: triggerKind, status: 'cancelled', reason: asked.reason, ...(wishes === null ? {} : { told: true }) } }], null); // prettier-ignore
  return true;
} // prettier-ignore

/**
 * Asks that an execution be stopped, with the executions that it began. One in the queue is cancelled at once; else whoever holds it does
 * so within ten seconds, or at once with `force`. `ended`: there is nothing left to stop. Call `Engine.nudge` after the commit.
 */
export async function requestCancel(
  db: Database,
  of: Of,
  { reason, force, by }: { reason: string; force: boolean; by: By },
): Promise<'cancelled' | 'asked' | 'ended'> {
  const asked: CancelAsked = { reason, force, by, at: new Date().toISOString() };
  if (await cancelQueued(db, of, asked)) return 'cancelled';
  const found = await db
    .update(executions)
    .set({ ...NUDGED, cancelAsked: sql`case when ${force} or ${executions.cancelAsked} is null then ${JSON.stringify(asked)}::jsonb else ${executions.cancelAsked} end` })
    .where(and(one(of), sql`${executions.endedAt} is null`));
  return found.rowCount === 0 ? 'ended' : 'asked';
} // prettier-ignore

/** Asks that all stop which an execution began and which still go; with `nodes`, which those of it began. Answers them, to be nudged after the commit. */
export async function cancelChildren(
  db: Database,
  { tenantId, id, principal }: Of & Pick<ExecutionRow, 'principal'>,
  reason: string,
  nodes?: readonly string[],
): Promise<Of[]> {
  const mine = and(
    eq(executions.tenantId, tenantId),
    eq(executions.parentId, id),
    isNull(executions.endedAt),
    nodes && inArray(executions.parentNode, [...nodes]),
  );
  const found = await db.select({ tenantId: executions.tenantId, id: executions.id }).from(executions).where(mine).orderBy(executions.id);
  for (const child of found) await requestCancel(db, child, { reason, force: false, by: { id: principal.id, name: principal.name } });
  return found;
}

/** No further node is started; what runs may end. False when it has ended. Call `Engine.nudge` after the commit. */
export async function requestPause(db: Database, of: Of, by: By): Promise<boolean> {
  const pauseAsked = { by, at: new Date().toISOString() };
  const found = await db.update(executions).set({ ...NUDGED, pauseAsked }).where(and(one(of), sql`${executions.endedAt} is null`)); // prettier-ignore
  return found.rowCount === 1;
}

/** Goes on after a pause. False when nobody had asked for one. Call `Engine.nudge` after the commit. */
export async function requestResume(db: Database, of: Of): Promise<boolean> {
  const paused = sql`${executions.endedAt} is null and ${executions.pauseAsked} is not null`;
  const found = await db.update(executions).set({ ...NUDGED, pauseAsked: null }).where(and(one(of), paused)); // prettier-ignore
  return found.rowCount === 1;
}

async function fire(db: Database, tenantId: string, executionId: string, which: ReturnType<typeof and>, woken: Json): Promise<boolean> {
  // First the execution, then its waits, as its holder writes them: else the two could wait for each other.
  await db
    .select({ id: executions.id })
    .from(executions)
    .where(one({ tenantId, id: executionId }))
    .for('update');
  const found = await db
    .update(executionWaits)
    .set({ state: 'fired', woken, updatedAt: sql`now()` })
    .where(and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.executionId, executionId), eq(executionWaits.state, 'open'), which));
  if (found.rowCount === 0) return false;
  await db
    .update(executions)
    .set(NUDGED)
    .where(one({ tenantId, id: executionId }));
  return true;
}

type DoubtDecision = 'happened' | 'again' | 'fail';

/**
 * A person says what became of an effect that was begun: it happened (with its output), it is to be run again (under a new key), or the
 * node fails. False when nobody asks any more. Call `Engine.nudge` after the commit.
 */
export const resolveInDoubt = (
  db: Database,
  record: Pick<NodeExecutionRow, 'tenantId' | 'executionId' | 'nodeId' | 'path'>,
  decision: DoubtDecision,
  output: Json = null,
): Promise<boolean> =>
  fire(
    db,
    record.tenantId,
    record.executionId,
    and(eq(executionWaits.kind, 'in_doubt'), eq(executionWaits.nodeId, record.nodeId), eq(executionWaits.path, record.path)),
    { decision, output },
  );

/** The answer that a node waits for; the first counts. False when nobody waits for it any more. Call `Engine.nudge` after the commit. */
export async function giveInput(db: Database, executionId: string, waitId: string, value: Json, by: By | null): Promise<boolean> {
  const mine = and(eq(executionWaits.id, waitId), eq(executionWaits.executionId, executionId), eq(executionWaits.kind, 'input'));
  const [wait] = await db.select({ tenantId: executionWaits.tenantId }).from(executionWaits).where(mine);
  return wait ? fire(db, wait.tenantId, executionId, eq(executionWaits.id, waitId), { kind: 'input', value, by }) : false;
}
