import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { TemplateId } from '../schemas.ts';
import { findOwn } from '../templates/store.ts';
import { templateUses, workflowTemplates } from '../tables.ts';

export const workflowTemplatesDelete = defineOperation({
  name: 'workflowTemplates.delete',
  summary: 'Delete a template of the tenant',
  description: 'Workflows that were made from it stay.',
  permission: 'workflowTemplates:manage',
  risk: 'write',
  input: z.object({ id: TemplateId }),
  output: z.object({ id: z.string() }),
  targets: async (ctx, { id }) => [{ type: 'workflow-template', id, name: (await findOwn(ctx, id)).name }],
  async plan(ctx, { id }) {
    const { name } = await findOwn(ctx, id);
    return { summary: `Delete template ${name}`, changes: [{ action: 'delete', type: 'workflow-template', id, name }], dataLoss: 'The template.' };
  },
  async run(ctx, { id }) {
    await findOwn(ctx, id);
    await ctx.db.delete(workflowTemplates).where(and(eq(workflowTemplates.tenantId, ctx.tenantId), eq(workflowTemplates.id, id)));
    await ctx.db.delete(templateUses).where(and(eq(templateUses.tenantId, ctx.tenantId), eq(templateUses.template, id)));
    return { id };
  },
});
