import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Template, templateFields, TemplateId } from '../schemas.ts';
import { findOwn, findTemplate, nameTaken, templateView } from '../templates/store.ts';
import { workflowTemplates } from '../tables.ts';

export const workflowTemplatesUpdate = defineOperation({
  name: 'workflowTemplates.update',
  summary: 'Change how a template of the tenant is called and filed',
  permission: 'workflowTemplates:manage',
  risk: 'write',
  change: 'none',
  input: z.object({
    id: TemplateId,
    name: templateFields.name.optional(),
    description: templateFields.description.optional(),
    category: templateFields.category.optional(),
    icon: templateFields.icon.nullable().optional(),
    tags: templateFields.tags.optional(),
  }),
  output: Template,
  targets: 'none',
  async run(ctx, { id, ...wish }) {
    const row = await findOwn(ctx, id);
    const set = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
    await ctx.db
      .update(workflowTemplates)
      .set({ ...set, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(workflowTemplates.tenantId, ctx.tenantId), eq(workflowTemplates.id, id)))
      .catch(nameTaken(wish.name ?? row.name));
    return templateView(ctx, await findTemplate(ctx, id));
  },
});
