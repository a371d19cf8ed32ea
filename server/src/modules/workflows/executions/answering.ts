import type { Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { executionWaits, nodeExecutions, type NodeExecutionRow, type WaitRow } from '../engine/tables.ts';

/** One run of a node in this execution. Throws `node-not-found`. */
export async function findRecord({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, executionId: string, recordId: string): Promise<NodeExecutionRow> {
  const wanted = and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, executionId), eq(nodeExecutions.id, recordId));
  const [record] = await db.select().from(nodeExecutions).where(wanted);
  if (!record) throw new Problem('node-not-found', `This execution has no record "${recordId}".`);
  return record;
} // prettier-ignore

/** What a run of a node waits for, of one kind. */
export async function waitOf({ db, tenantId }: Pick<Context, 'db' | 'tenantId'>, { executionId, nodeId, path }: NodeExecutionRow, kind: WaitRow['kind']): Promise<WaitRow | undefined> {
  const place = and(eq(executionWaits.nodeId, nodeId), eq(executionWaits.path, path), eq(executionWaits.kind, kind), eq(executionWaits.state, 'open'));
  const [wait] = await db.select().from(executionWaits).where(and(eq(executionWaits.tenantId, tenantId), eq(executionWaits.executionId, executionId), place));
  return wait;
} // prettier-ignore

export const nobodyAsks = (what: string): Problem =>
  new Problem('execution-finished', `${what} Somebody else was faster, or the execution went on without it.`);
