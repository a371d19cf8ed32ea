import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { undoPlanOf } from '../compensations.ts';
import { executionTargets, findExecution, rollbacksOf } from '../find.ts';
import type { UndoPlan } from '../rollback-rules.ts';
import { hasEnded } from '../rules.ts';
import { ExecutionId } from '../schemas.ts';
import { carryOut, rollbackBegins, titleOf } from '../undoing.ts';

/** What would be undone now. Throws where nothing can be, or where that was begun already. */
async function wanted(ctx: ReadContext, id: string): Promise<UndoPlan> {
  const { execution } = await findExecution(ctx, id);
  if (!hasEnded(execution.status)) throw new Problem('execution-not-retryable', 'It has not ended yet. Cancel it first, or wait.');
  const state = (await rollbacksOf(ctx, [id])).get(id)?.state;
  if (state !== undefined && state !== 'pending') throw new Problem('execution-finished', 'Its rollback has begun already.', { rollback: state });
  const plan = await undoPlanOf(ctx, id);
  if (plan.undo.length === 0) throw new Problem('rollback-impossible', 'It did nothing that could be undone.');
  return plan;
}

const Undone = z.object({
  id: z.string(),
  number: z.string(),
  operation: z.string(),
  summary: z.string(),
  by: z.string().optional(),
  reason: z.string().optional(),
});

export const executionsRollback = defineOperation({
  name: 'executions.rollback',
  summary: 'Undo what an execution changed',
  description:
    'Undoes what it did in the reverse order of the ends: a Change by its own rollback, with its own plan and approval; what a node is attached to for that by that node. What has no way back is listed, and the rest is undone.',
  permission: 'executions:retry',
  risk: 'write',
  runs: 'job',
  // An undo may wait for somebody to agree to it.
  deadlineSeconds: 86_400,
  route: { method: 'POST', path: '/executions/{id}/rollback' },
  input: z.object({ id: ExecutionId }),
  output: z.object({ state: z.enum(['done', 'partial']), undone: z.array(Undone), stays: z.array(Undone) }),
  targets: executionTargets,
  async plan(ctx, { id }) {
    const { undo, stays } = await wanted(ctx, id);
    const { workflow } = await findExecution(ctx, id);
    return {
      summary: `Undo ${undo.length} ${undo.length === 1 ? 'act' : 'acts'} of an execution of "${workflow.name}"`,
      steps: undo.map((one) => ({ title: titleOf(one) })),
      changes: undo.map(({ id: change, number, compensation }) => ({ action: 'update' as const, type: compensation ? 'execution' : 'change', id: compensation ? id : change, name: number })),
      warnings: stays.map(({ number, summary, hindrance }) => `${number} (${summary}) stays: ${hindrance}.`),
      observed: Object.fromEntries(undo.map(({ id: change, state }) => [`change:${change}`, state])),
    };
  },
  async accept(ctx, { id }) {
    await wanted(ctx, id);
    await rollbackBegins(ctx, id);
  },
  execute: (work, { id }) => carryOut(work, id),
}); // prettier-ignore
