import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Template, TemplateId } from '../schemas.ts';
import { findTemplate, templateView } from '../templates/store.ts';

export const workflowTemplatesGet = defineOperation({
  name: 'workflowTemplates.get',
  summary: 'Show a template with its graph, and what is missing to use it',
  permission: 'workflowTemplates:read',
  risk: 'read',
  input: z.object({ id: TemplateId }),
  output: Template,
  targets: 'none',
  run: async (ctx, { id }) => templateView(ctx, await findTemplate(ctx, id)),
});
