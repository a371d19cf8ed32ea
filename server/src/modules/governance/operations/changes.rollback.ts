import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation, type AnyOperation, type Target } from '#kernel/operation.ts';
import type { FullPlan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { Operations, Rights } from '../providers/port.ts';
import { undo } from '../runner/undo.ts';
import { numberText } from '../rules.ts';
import { ChangeId } from '../schemas.ts';
import { findChange } from '../store.ts';
import { changes as changesTable, type ChangeRow } from '../tables.ts';
import { loadChange } from '../target.ts';
import { rollbackHindrance } from '../view.ts';

const OPPOSITE = { create: 'delete', delete: 'create', update: 'update', none: 'none' } as const;

/** The plan of an undo: the same things, the other way round. */
const reversed = (plan: FullPlan): FullPlan['changes'] =>
  plan.changes.map((change) => ({
    ...change,
    action: OPPOSITE[change.action],
    fields: change.fields.map(({ path, before, after }) => ({
      path,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  }));

function reversible(ctx: ReadContext, row: ChangeRow): AnyOperation {
  const operation = ctx.provider(Operations).get(row.operation);
  const hindrance = rollbackHindrance(row, operation);
  if (hindrance || !operation)
    throw new Problem('rollback-impossible', `${numberText(row.number)}: ${hindrance ?? 'its operation no longer exists'}.`);
  return operation;
}

/** Undoing needs the right to do: the permission of the original operation, over the same targets. */
async function originalTargets(ctx: ReadContext, { id }: { id: string }): Promise<Target[]> {
  const row = await loadChange(ctx, id);
  const operation = ctx.provider(Operations).get(row.operation);
  if (operation) await ctx.provider(Rights).permit(ctx.db, ctx.actor, { name: operation.name, permission: operation.permission, risk: row.risk });
  return row.targets;
}

export const changesRollback = defineOperation({
  name: 'changes.rollback',
  summary: 'Roll back a Change that succeeded',
  description: 'Undoes what it did. Is itself a Change of the same risk, with its own plan and approval.',
  permission: 'changes:rollback',
  risk: 'write',
  runs: 'job',
  route: { method: 'POST', path: '/changes/{id}/rollback' },
  input: z.object({ id: ChangeId }),
  output: z.object({ rolledBack: z.string() }),
  targets: originalTargets,
  async plan(ctx, { id }) {
    const row = await loadChange(ctx, id);
    reversible(ctx, row);
    const changes = reversed(row.plan);
    const gone = changes.filter(({ action }) => action === 'delete').map(({ type, name }) => `${type} ${name}`);
    return {
      summary: `Roll back ${numberText(row.number)}: ${row.summary}`,
      risk: row.risk === 'high' || gone.length > 0 ? ('high' as const) : ('write' as const),
      changes,
      steps: [{ title: `Undo ${row.operation}` }],
      downtime: row.plan.downtime,
      dataLoss: gone.length > 0 ? `What has come into ${gone.join(', ')} since it was made` : null,
      cost: row.plan.cost && { before: row.plan.cost.after, after: row.plan.cost.before, exact: row.plan.cost.exact },
      observed: { [`change:${row.id}`]: row.state },
    };
  },
  async accept(ctx, { id }) {
    const row = await loadChange(ctx, id);
    await ctx.db
      .update(changesTable)
      .set({ rollbackOf: row.id })
      .where(and(eq(changesTable.tenantId, ctx.tenantId), eq(changesTable.id, ctx.changeId!)));
  },
  async execute(work, { id }) {
    const original = await work.tx((ctx) => findChange(ctx.db, work.tenantId, id));
    await undo(work, original);
    return { rolledBack: numberText(original.number) };
  },
});
