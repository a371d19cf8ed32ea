import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { nodeTemplates } from '../tables.ts';

export const nodeTemplatesDelete = defineOperation({
  name: 'nodeTemplates.delete',
  summary: 'Delete a preset of a node',
  permission: 'workflowTemplates:manage',
  risk: 'write',
  change: 'none',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async run(ctx, { id }) {
    const { rowCount } = await ctx.db.delete(nodeTemplates).where(and(eq(nodeTemplates.tenantId, ctx.tenantId), eq(nodeTemplates.id, id)));
    if (rowCount === 0) throw new Problem('workflow-template-not-found', `There is no preset ${id}.`);
    return { id };
  },
});
