import type { Context } from '#kernel/context.ts';
import { sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Work, WorkContext } from '#kernel/work.ts';
import { ExecutionChanges } from './port.ts';
import { undoOrder, type Undoable } from './rollback-rules.ts';
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

/** Asks for the rollback of one Change and follows it to its end. */
async function undo(work: Work, executionId: string, change: Undoable): Promise<UndoneChange> {
  const changes = work.provider(ExecutionChanges);
  const title = `Roll back ${change.number}: ${change.summary}`;
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

/** Undoes the Changes of an execution, the last first; what cannot be undone stays and is listed. */
export async function carryOut(work: Work, executionId: string): Promise<Undoing> {
  // What is to be undone is settled once: after a crash the Changes that were undone already look different.
  const { undo: order, stays: fixed } = await work.step('order', 'Find what is to be undone', () =>
    work.tx(async (ctx) => undoOrder(await ctx.provider(ExecutionChanges).of(ctx.db, ctx.tenantId, executionId))),
  );
  const undone: UndoneChange[] = [];
  const stays: UndoneChange[] = fixed.map((change) => ({ ...named(change), reason: change.hindrance ?? 'it has no way back' }));
  for (const [place, change] of order.entries()) {
    await work.checkpoint();
    const outcome = await undo(work, executionId, change);
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
