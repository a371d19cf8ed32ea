import type { ReadContext } from '#kernel/context.ts';
import { and, desc, eq, isNotNull, sql } from '#kernel/drizzle.ts';
import type { Reach } from '#kernel/scope.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { executions, type ExecutionRow, type NodeExecutionRow, type WaitRow } from '../engine/tables.ts';
import type { Graph } from '../graph.ts';
import { loadGraph } from '../model/load.ts';
import {
  executionTargets,
  findExecution,
  isMine,
  openWaits,
  reachWith,
  recordsOf,
  rollbacksOf,
  wholeExecution,
  type LightExecution,
} from './find.ts';
import { undoPlanOf } from './compensations.ts';
import { ExecutionChanges, type MadeChange } from './port.ts';
import { hindranceTo } from './rules.ts';
import type { Execution, ExecutionAction, ExecutionChange } from './schemas.ts';
import type { z } from 'zod';
import { linksOf, recordView, summaryView } from './views.ts';

/** Which permission an act needs where the execution is not the caller's own; one's own may be ended and tried again by all who may run. */
export const NEEDED: Record<ExecutionAction, { permission: string; risk: 'write' | 'high'; own: boolean }> = {
  cancel: { permission: 'executions:cancel', risk: 'write', own: true },
  pause: { permission: 'executions:cancel', risk: 'write', own: true },
  resume: { permission: 'executions:cancel', risk: 'write', own: true },
  retry: { permission: 'executions:retry', risk: 'write', own: true },
  migrate: { permission: 'executions:retry', risk: 'write', own: false },
  rollback: { permission: 'executions:retry', risk: 'write', own: false },
};

/** Whether a permission covers the workflow of an execution. */
export async function covers(ctx: ReadContext, id: string, permission: string, risk: 'read' | 'write' | 'high'): Promise<boolean> {
  const reach: Reach = await reachWith(ctx, permission, risk);
  return reach.length > 0 && coveringGrant(reach, await executionTargets(ctx, { id })) !== undefined;
}

/** Whether the caller may do it to this execution, as far as rights go. */
export const mayDo = async (ctx: ReadContext, execution: Pick<ExecutionRow, 'id' | 'startedById'>, act: ExecutionAction): Promise<boolean> => {
  const { permission, risk, own } = NEEDED[act];
  if (own && isMine(execution, ctx) && (await covers(ctx, execution.id, 'workflows:execute', 'write'))) return true;
  return covers(ctx, execution.id, permission, risk);
};

async function actionsOf(ctx: ReadContext, execution: LightExecution, facts: Parameters<typeof hindranceTo>[1]): Promise<Execution['actions']> {
  const found = await Promise.all(
    (Object.keys(NEEDED) as ExecutionAction[]).map(async (act) => {
      const hindered = hindranceTo(act, facts);
      const reason = hindered ?? ((await mayDo(ctx, execution, act)) ? null : `this needs ${NEEDED[act].permission}`);
      return [act, { allowed: reason === null, reason }] as const;
    }),
  );
  return Object.fromEntries(found) as Execution['actions'];
}

const changeView = ({ id, number, operation, summary, state, nodeId, path }: MadeChange): z.input<typeof ExecutionChange> => ({
  id, number, operation, summary, state, nodeId, path,
}); // prettier-ignore

/** What executions of the workflow took lately; null when none went well yet. */
async function usualMs({ db, tenantId }: ReadContext, workflowId: string): Promise<number | null> {
  const last = db
    .select({ ms: sql<number>`extract(epoch from ${executions.endedAt} - ${executions.startedAt}) * 1000`.as('ms') })
    .from(executions)
    .where(and(eq(executions.tenantId, tenantId), eq(executions.workflowId, workflowId), eq(executions.status, 'completed'), eq(executions.dryRun, false), isNotNull(executions.startedAt)))
    .orderBy(desc(executions.id))
    .limit(20)
    .as('last');
  const [row] = await db.select({ median: sql<number | null>`percentile_cont(0.5) within group (order by ${last.ms})` }).from(last);
  return row?.median == null ? null : Math.round(row.median);
} // prettier-ignore

export interface Payloads {
  state: Execution['payloads'];
  inputs?: ExecutionRow['inputs'];
  outputs?: ExecutionRow['outputs'];
}

/** Payloads of an execution that is read as a whole. */
export async function payloadsOf(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string): Promise<Payloads> {
  const row = await wholeExecution(ctx, id);
  if (row.payloadsErasedAt) return { state: 'erased' };
  return { state: 'shown', inputs: row.inputs, outputs: row.outputsBlob === null ? row.outputs : { $blob: row.outputsBlob } };
}

/** The graph that an execution runs. */
async function graphOf(ctx: Pick<ReadContext, 'db' | 'tenantId'>, id: string): Promise<Graph> {
  const { draft, version, workflowId } = await wholeExecution(ctx, id);
  return draft ? draft.graph : (await loadGraph(ctx.db, ctx.tenantId, workflowId, version ?? 'draft')).graph;
}

/** An execution with all that a person needs to follow it and to act on it. */
export async function executionView(
  ctx: ReadContext,
  id: string,
  { payloads, withGraph }: { payloads: Payloads; withGraph: boolean },
): Promise<Execution> {
  // First what numbers the stream: what is read after it may be newer, never older.
  const found = await findExecution(ctx, id);
  const { execution } = found;
  const [records, waits, rollbacks, changes]: [NodeExecutionRow[], WaitRow[], Awaited<ReturnType<typeof rollbacksOf>>, MadeChange[]] = [
    await recordsOf(ctx, id),
    await openWaits(ctx, [id]),
    await rollbacksOf(ctx, [id]),
    await ctx.provider(ExecutionChanges).of(ctx.db, ctx.tenantId, id),
  ];
  const rollback = rollbacks.get(id);
  const done = changes.filter(({ state }) => state === 'succeeded' || state === 'partially_succeeded').length;
  const undoable = done > 0 || execution.endedAt === null ? done : (await undoPlanOf(ctx, id)).undo.length;
  const facts = { status: execution.status, test: execution.isTest, dryRun: execution.dryRun, rollback: rollback?.state ?? ('none' as const), changes: undoable, erased: execution.payloadsErasedAt !== null }; // prettier-ignore
  return {
    ...summaryView(found, ctx, { waits, rollback }),
    errors: execution.errors ?? [],
    estimatedMs: execution.endedAt === null ? await usualMs(ctx, execution.workflowId) : null,
    ...(payloads.state === 'shown' ? { inputs: payloads.inputs ?? null, outputs: payloads.outputs ?? null } : {}),
    payloads: payloads.state,
    lastSeq: execution.eventSeq,
    lastLine: execution.logSeq,
    nodes: records.map((row) => recordView(row, waits, payloads.state === 'shown')),
    changes: changes.map(changeView),
    ...(withGraph ? { graph: await graphOf(ctx, id) } : {}),
    actions: await actionsOf(ctx, execution, facts),
    links: linksOf(id),
  };
}
