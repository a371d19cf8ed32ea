import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { ChangeTemplate, TemplateId } from '../templates/schemas.ts';
import { findTemplate, retireTemplate, templateView } from '../templates/store.ts';

export const changeTemplatesRetire = defineOperation({
  name: 'changeTemplates.retire',
  summary: 'Retire a template for good',
  permission: 'changeTemplates:suspend',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/change-templates/{id}/retire' },
  input: z.object({ id: TemplateId }),
  output: ChangeTemplate,
  targets: async (ctx, { id }) => {
    await findTemplate(ctx, id);
    return [];
  },
  async run(ctx, { id }) {
    const row = await findTemplate(ctx, id, true);
    if (row.status === 'retired') throw new Problem('invalid-transition', `"${row.name}" is retired.`, { state: row.status });
    return templateView(ctx, await retireTemplate(ctx, row));
  },
});
