import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { asVersion } from '../model/hash.ts';
import { authorOf, findWorkflow, targetOf } from '../model/store.ts';
import { Template, templateFields, WorkflowId } from '../schemas.ts';
import { findTemplate, nameTaken, templateView } from '../templates/store.ts';
import { workflowTemplates } from '../tables.ts';

const MOST = 200;

/** Throws `limit-exceeded`. */
async function requireRoom({ db, tenantId }: ReadContext): Promise<void> {
  const used = await db.$count(workflowTemplates);
  if (used >= MOST) throw new Problem('limit-exceeded', `The tenant ${tenantId} has ${MOST} templates, which is the most.`, { limit: 'templates', used, most: MOST });
} // prettier-ignore

export const workflowTemplatesCreate = defineOperation({
  name: 'workflowTemplates.create',
  summary: 'Save the draft of a workflow as a template of the tenant',
  description: 'Secrets stay names; pinned data is left out.',
  permission: 'workflowTemplates:manage',
  risk: 'write',
  input: z.object({
    workflowId: WorkflowId,
    name: templateFields.name,
    description: templateFields.description,
    category: templateFields.category,
    icon: templateFields.icon.nullable().default(null),
    tags: templateFields.tags.default([]),
  }),
  output: Template,
  targets: async (ctx, { workflowId }) => [targetOf(await findWorkflow(ctx, workflowId))],
  async plan(ctx, { name }) {
    await requireRoom(ctx);
    return { summary: `Save template ${name}`, changes: [{ action: 'create', type: 'workflow-template', name }], reversible: 'Delete the template.' };
  },
  async run(ctx, { workflowId, ...wish }) {
    await requireRoom(ctx);
    const { draft, settings } = await findWorkflow(ctx, workflowId);
    const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const content = { graph: asVersion(draft), settings: { ...settings, runAs: 'invoker' as const }, createdBy: authorOf(ctx.actor) };
    const [row] = await ctx.db.insert(workflowTemplates).values({ tenantId: ctx.tenantId, id: newId(), ...wish, ...content, ...times }).returning().catch(nameTaken(wish.name)); // prettier-ignore
    return templateView(ctx, await findTemplate(ctx, row!.id));
  },
});
