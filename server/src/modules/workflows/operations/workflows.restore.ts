import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findWorkflow, requireRoom, targetOf } from '../model/store.ts';
import { workflowView } from '../model/view.ts';
import { Workflow, WorkflowId } from '../schemas.ts';
import { workflows } from '../tables.ts';

export const workflowsRestore = defineOperation({
  name: 'workflows.restore',
  summary: 'Bring a deleted workflow back',
  description: 'With its versions, tests and past executions. Its triggers stay off until it is activated.',
  permission: 'workflows:delete',
  risk: 'write',
  input: z.object({ id: WorkflowId }),
  output: Workflow,
  targets: async (ctx, { id }) => [targetOf(await findWorkflow(ctx, id, { deleted: true }))],
  async plan(ctx, { id }) {
    const { name } = await findWorkflow(ctx, id, { deleted: true });
    await requireRoom(ctx);
    return { summary: `Restore workflow ${name}`, changes: [{ action: 'create', type: 'workflow', id, name }], reversible: 'Delete it again.' };
  },
  async run(ctx, { id }) {
    const row = await findWorkflow(ctx, id, { deleted: true, lock: true });
    await requireRoom(ctx);
    const mine = and(eq(workflows.tenantId, ctx.tenantId), eq(workflows.id, id));
    const [saved] = await ctx.db.update(workflows).set({ deletedAt: null, updatedAt: ctx.now() }).where(mine).returning();
    ctx.emit('workflow.restored', { workflowId: id, name: row.name, by: ctx.actor.id });
    return workflowView(ctx, saved!);
  },
});
