import { z } from 'zod';
import { and, eq, ne } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { workflowTarget } from '../model/store.ts';
import { triggerView } from '../model/view.ts';
import { Trigger, WorkflowId } from '../schemas.ts';
import { workflowTriggers } from '../tables.ts';

export const workflowsTriggersList = defineOperation({
  name: 'workflows.triggers.list',
  summary: 'List what starts a workflow',
  description: 'The triggers of the active version.',
  permission: 'workflows:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflows/{id}/triggers' },
  input: z.object({ id: WorkflowId }),
  output: z.object({ items: z.array(Trigger) }),
  targets: workflowTarget,
  async run(ctx, { id }) {
    const mine = and(eq(workflowTriggers.tenantId, ctx.tenantId), eq(workflowTriggers.workflowId, id), ne(workflowTriggers.state, 'retired'));
    const rows = await ctx.db.select().from(workflowTriggers).where(mine).orderBy(workflowTriggers.createdAt, workflowTriggers.id);
    return { items: rows.map(triggerView) };
  },
});
