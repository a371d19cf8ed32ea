import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { createTemplate, planTemplate } from '../templates/edit.ts';
import { ChangeTemplate, TemplateFields } from '../templates/schemas.ts';
import { templateView } from '../templates/store.ts';

export const changeTemplatesCreate = defineOperation({
  name: 'changeTemplates.create',
  summary: 'Agree to a kind of Change once for all',
  description:
    'What fits a template needs no approval of its own: the same operation, within its targets, its window and its number of runs, with an input that its condition holds for. Two people have to agree to it. It is suspended by itself when two of its last twenty runs failed or were rolled back.',
  permission: 'changeTemplates:write',
  risk: 'high',
  input: z.object(TemplateFields),
  output: ChangeTemplate,
  targets: 'none',
  plan: (ctx, fields) => planTemplate(ctx, fields),
  run: async (ctx, fields) => templateView(ctx, await createTemplate(ctx, fields)),
});
