import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { ChangeTemplate, TemplateId } from '../templates/schemas.ts';
import { findTemplate, templateView } from '../templates/store.ts';
import { suspendTemplate } from '../templates/weigh.ts';

export const changeTemplatesSuspend = defineOperation({
  name: 'changeTemplates.suspend',
  summary: 'Suspend a template',
  description: 'From now on what fits it is agreed to case by case. It holds again when it is updated, to which two people agree.',
  permission: 'changeTemplates:suspend',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/change-templates/{id}/suspend' },
  input: z.object({ id: TemplateId, reason: z.string().trim().min(5).max(500).meta({ title: 'Reason' }) }),
  output: ChangeTemplate,
  targets: async (ctx, { id }) => {
    await findTemplate(ctx, id);
    return [];
  },
  async run(ctx, { id, reason }) {
    const row = await findTemplate(ctx, id, true);
    if (row.status !== 'active') throw new Problem('invalid-transition', `"${row.name}" is ${row.status}.`, { state: row.status });
    return templateView(ctx, await suspendTemplate(ctx, row, reason, ctx.actor.id));
  },
});
