import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq, getTableColumns, inArray, ne, sql } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { Reach } from '#kernel/scope.ts';
import { executions, executionWaits, nodeExecutions, type ExecutionRow, type NodeExecutionRow, type WaitRow } from '../engine/tables.ts';
import { runTarget } from '../model/store.ts';
import { Surroundings } from '../surroundings.ts';
import { workflows } from '../tables.ts';
import { executionRollbacks, type RollbackRow } from './tables.ts';

/** What is known of the workflow of an execution, for scopes and names. */
const workflowColumns = { name: workflows.name, environment: executions.environment, labels: workflows.labels };
const { draft: _, principal: __, inputs: ___, outputs: ____, response: _____, ...light } = getTableColumns(executions);

/** Without what may be large. */
export type LightExecution = Omit<ExecutionRow, 'draft' | 'principal' | 'inputs' | 'outputs' | 'response'>;
export interface Found {
  execution: LightExecution;
  workflow: { name: string; environment: string | null; labels: Record<string, string> };
}
export const foundColumns = { execution: light, workflow: workflowColumns };
export const ofWorkflow = and(eq(workflows.tenantId, executions.tenantId), eq(workflows.id, executions.workflowId));
export const scopedColumns = { type: 'workflow', id: workflows.id, environment: executions.environment, labels: workflows.labels };

type Reader = Pick<ReadContext, 'db' | 'tenantId' | 'once'>;
const mine = (tenantId: string, id: string) => and(eq(executions.tenantId, tenantId), eq(executions.id, id));

const notFound = (id: string): Problem =>
  new Problem('execution-not-found', `There is no execution "${id.slice(0, 64)}" in this tenant, or it is no longer kept.`);

/** An execution of the tenant with its workflow. Throws `execution-not-found`. */
export const findExecution = ({ db, tenantId, once }: Reader, id: string): Promise<Found> =>
  once(`execution ${id}`, async () => {
    const [found] = await db.select(foundColumns).from(executions).innerJoin(workflows, ofWorkflow).where(mine(tenantId, id));
    if (!found) throw notFound(id);
    return found;
  });

/** The whole row, locked: for acts. */
export async function lockExecution({ db, tenantId }: Pick<Reader, 'db' | 'tenantId'>, id: string): Promise<ExecutionRow> {
  const [row] = await db.select().from(executions).where(mine(tenantId, id)).for('update');
  if (!row) throw notFound(id);
  return row;
}

/** The whole row. */
export async function wholeExecution({ db, tenantId }: Pick<Reader, 'db' | 'tenantId'>, id: string): Promise<ExecutionRow> {
  const [row] = await db.select().from(executions).where(mine(tenantId, id));
  if (!row) throw notFound(id);
  return row;
}

/** Scopes and policies decide on the workflow that it is of, in the environment of what it runs: the draft may lie in another one by now. */
export async function executionTargets(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const { execution, workflow } = await findExecution(ctx, id);
  return [{ type: 'workflow', id: execution.workflowId, name: workflow.name, environment: workflow.environment, labels: workflow.labels }];
}

/** What is active of its workflow, which may lie in another environment than what it ran. */
export async function activeTarget(ctx: ReadContext, id: string): Promise<Target> {
  const { execution } = await findExecution(ctx, id);
  return runTarget(ctx, { id: execution.workflowId });
}

type Viewer = Pick<ReadContext, 'db' | 'actor' | 'provider'>;

/** What the caller reaches with a permission; empty when they do not hold it. */
export async function reachWith({ db, actor, provider }: Viewer, permission: string, risk: 'read' | 'write' | 'high'): Promise<Reach> {
  try {
    return await provider(Surroundings).permit(db, actor, { name: permission, permission, risk });
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

export const isMine = ({ startedById }: Pick<ExecutionRow, 'startedById'>, { actor }: Pick<ReadContext, 'actor'>): boolean =>
  startedById === actor.id;

/** The latest attempt of each run comes last. */
export const recordsOf = ({ db, tenantId }: Pick<Reader, 'db' | 'tenantId'>, executionId: string): Promise<NodeExecutionRow[]> =>
  db
    .select()
    .from(nodeExecutions)
    .where(and(eq(nodeExecutions.tenantId, tenantId), eq(nodeExecutions.executionId, executionId)))
    .orderBy(asc(sql`coalesce(${nodeExecutions.startedAt}, ${nodeExecutions.createdAt})`), asc(nodeExecutions.id));

export const openWaits = ({ db, tenantId }: Pick<Reader, 'db' | 'tenantId'>, executionIds: readonly string[]): Promise<WaitRow[]> =>
  executionIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(executionWaits)
        .where(and(eq(executionWaits.tenantId, tenantId), inArray(executionWaits.executionId, [...executionIds]), ne(executionWaits.state, 'closed')))
        .orderBy(asc(executionWaits.createdAt), asc(executionWaits.id));

export async function rollbacksOf({ db, tenantId }: Pick<Reader, 'db' | 'tenantId'>, ids: readonly string[]): Promise<Map<string, RollbackRow>> {
  if (ids.length === 0) return new Map();
  const wanted = and(eq(executionRollbacks.tenantId, tenantId), inArray(executionRollbacks.id, [...ids]));
  return new Map((await db.select().from(executionRollbacks).where(wanted)).map((row) => [row.id, row]));
}
