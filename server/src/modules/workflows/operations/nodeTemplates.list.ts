import { z } from 'zod';
import { asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { nodeTemplateView } from '../templates/presets.ts';
import { NodeTemplate } from '../schemas.ts';
import { nodeTemplates } from '../tables.ts';

export const nodeTemplatesList = defineOperation({
  name: 'nodeTemplates.list',
  summary: 'List nodes that were kept as presets',
  permission: 'workflowTemplates:read',
  risk: 'read',
  input: z.object({}),
  output: z.object({ items: z.array(NodeTemplate) }),
  targets: 'none',
  async run(ctx) {
    const rows = await ctx.db
      .select()
      .from(nodeTemplates)
      .where(eq(nodeTemplates.tenantId, ctx.tenantId))
      .orderBy(asc(nodeTemplates.name), asc(nodeTemplates.id));
    return { items: rows.map(nodeTemplateView) };
  },
});
