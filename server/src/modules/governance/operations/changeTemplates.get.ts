import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { ChangeTemplate, TemplateId } from '../templates/schemas.ts';
import { findTemplate, templateView } from '../templates/store.ts';

export const changeTemplatesGet = defineOperation({
  name: 'changeTemplates.get',
  summary: 'Show a template of Changes',
  permission: 'changeTemplates:read',
  risk: 'read',
  input: z.object({ id: TemplateId }),
  output: ChangeTemplate,
  targets: 'none',
  run: async (ctx, { id }) => templateView(ctx, await findTemplate(ctx, id)),
});
