import type { Context } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { executions } from '../engine/tables.ts';
import { loadGraph } from '../model/load.ts';
import { Engine, type Start } from '../providers/port.ts';
import { principalOf } from './begin.ts';
import { undoPlanOf } from './compensations.ts';
import { ExecutionChanges } from './port.ts';
import type { Undoable } from './rollback-rules.ts';
import { hasEnded } from './rules.ts';
import { executionRollbacks, type RollbackRow, type UndoneChange } from './tables.ts';

type Writing = Pick<WorkContext, 'db' | 'tenantId'>;

/** Sets how far the undoing of an execution is. */
async function note({ db, tenantId }: Writing, id: string, set: Pick<RollbackRow, 'state'> & Partial<Pick<RollbackRow, 'changeId' | 'undone' | 'stays'>>): Promise<void> {
  await db.insert(executionRollbacks).values({ tenantId, id, ...set })
    .onConflictDoUpdate({ target: [executionRollbacks.tenantId, executionRollbacks.id], set: { ...set, updatedAt: sql`now()` } });
} // prettier-ignore

/** Somebody is to say whether it is undone. */
export const rollbackPends = (ctx: Writing, id: string): Promise<void> => note(ctx, id, { state: 'pending' });
export const rollbackBegins = (ctx: Pick<Context, 'db' | 'tenantId' | 'changeId'>, id: string): Promise<void> =>
  note(ctx, id, { state: 'running', changeId: ctx.changeId });

const named = ({ id, number, operation, summary }: Undoable): UndoneChange => ({ id, number, operation, summary });

const GOOD: ReadonlySet<string> = new Set(['succeeded', 'partially_succeeded']);

export const titleOf = ({ number, summary, compensation }: Undoable): string =>
  compensation ? `Undo ${number}: ${summary}` : `Roll back ${number}: ${summary}`;

/** On whose authority the node that undoes acts, and all else that begins it. */
async function startOf(work: Work, ctx: WorkContext, executionId: string, change: Undoable, id: string): Promise<Start> {
  const [row] = await ctx.db.select().from(executions).where(and(eq(executions.tenantId, ctx.tenantId), eq(executions.id, executionId)));
  if (!row || row.version === null) throw new Problem('execution-not-found', 'What is to be undone is no longer kept.');
  const loaded = await loadGraph(ctx.db, ctx.tenantId, row.workflowId, row.version);
  const { actor } = work;
  return {
    id, tenantId: row.tenantId, workflowId: row.workflowId, version: row.version, trigger: { kind: 'workflow' }, payload: row.inputs ?? {},
    principal: await principalOf({ actor, tenantId: row.tenantId, provider: ctx.provider }, loaded), startedBy: { kind: actor.kind, id: actor.id, name: actor.name },
    parent: { executionId, nodeId: change.compensation!.nodeId, path: change.compensation!.path }, priority: row.priority, debug: row.debug, ...(row.veiled ? { veiled: true } : {}),
    undoes: { executionId, ...change.compensation! }, ...(row.correlationId ? { correlationId: row.correlationId } : {}),
  };
} // prettier-ignore

/** Runs the node that is attached for undoing as an execution of its own, and follows it to its end. */
async function compensate(work: Work, executionId: string, change: Undoable): Promise<UndoneChange> {
  const engine = work.provider(Engine);
  const { id } = await work.step(`begin ${change.id}`, titleOf(change), async () => ({ id: newId() }));
  try {
    // The same id is the same execution, also after a crash behind its beginning.
    const accepted = await work.tx(async (ctx) => engine.accept(ctx.db, await startOf(work, ctx, executionId, change, id)));
    engine.begin(accepted);
  } catch (error) {
    if (error instanceof Problem && error.slug !== 'dependency-unavailable') return { ...named(change), reason: error.message };
    throw error;
  }
  const ended = await work.until(titleOf(change), () => work.tx(async ({ db, tenantId }) => {
    const [row] = await db.select({ status: executions.status, error: executions.error }).from(executions).where(and(eq(executions.tenantId, tenantId), eq(executions.id, id)));
    return row && !hasEnded(row.status) ? undefined : (row ?? { status: 'cancelled' as const, error: null });
  }), { everyMs: 500, timeoutSeconds: 86_400 });
  return ended.status === 'completed' ? { ...named(change), by: id } : { ...named(change), reason: ended.error?.message ?? `what undoes it ended ${ended.status}` };
} // prettier-ignore

/** Asks for the rollback of one Change and follows it to its end. */
async function undo(work: Work, executionId: string, change: Undoable): Promise<UndoneChange> {
  const changes = work.provider(ExecutionChanges);
  const title = titleOf(change);
  const asked = await work.step(`ask ${change.id}`, title, async () => {
    try {
      return await changes.undo(work.actor, { id: change.id, key: `rollback:${executionId}:${change.id}`, comment: `Rollback of execution ${executionId}` });
    } catch (error) {
      if (error instanceof Problem) return { refused: error.message };
      throw error;
    }
  });
  if ('refused' in asked) return { ...named(change), reason: asked.refused };
  const ended = await work.until(`${asked.number} undoes ${change.number}`, async () => {
    const now = await work.tx((ctx) => changes.stateOf(ctx.db, work.tenantId, asked.id));
    if (!now) return { state: 'gone', detail: null };
    return now.ended ? now : undefined;
  }, { everyMs: 500, timeoutSeconds: 86_400 });
  return GOOD.has(ended.state) ? { ...named(change), by: asked.number } : { ...named(change), reason: ended.detail ?? `${asked.number} is ${ended.state.replaceAll('_', ' ')}` };
} // prettier-ignore

export interface Undoing {
  state: 'done' | 'partial';
  undone: UndoneChange[];
  stays: UndoneChange[];
}

/** Undoes what an execution did, the last first; what cannot be undone stays and is listed. */
export async function carryOut(work: Work, executionId: string): Promise<Undoing> {
  // What is to be undone is settled once: after a crash the Changes that were undone already look different.
  const { undo: order, stays: fixed } = await work.step('order', 'Find what is to be undone', () => work.tx((ctx) => undoPlanOf(ctx, executionId)));
  const undone: UndoneChange[] = [];
  const stays: UndoneChange[] = fixed.map((change) => ({ ...named(change), reason: change.hindrance ?? 'it has no way back' }));
  for (const [place, change] of order.entries()) {
    await work.checkpoint();
    const outcome = await (change.compensation ? compensate : undo)(work, executionId, change);
    (outcome.by === undefined ? stays : undone).push(outcome);
    await work.progress(Math.round(((place + 1) / order.length) * 100));
  }
  const state: Undoing['state'] = stays.length === 0 ? 'done' : 'partial';
  await work.tx(async (ctx) => {
    await note(ctx, executionId, { state, undone, stays });
    ctx.emit('execution.rolled_back', { executionId, state, undone: undone.length, stays: stays.length });
  });
  return { state, undone, stays };
}
