import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { templateCalled } from '../all.ts';
import { SecretTemplate, templateView } from '../schemas.ts';

export const secretTemplatesGet = defineOperation({
  name: 'secretTemplates.get',
  summary: 'Show the template of a service',
  permission: 'secretTemplates:read',
  risk: 'read',
  route: { method: 'GET', path: '/secret-templates/{id}' },
  input: z.object({
    id: z
      .string()
      .max(63)
      .meta({ title: 'Template', examples: ['postgresql'] }),
  }),
  output: SecretTemplate,
  targets: 'none',
  run: async (_ctx, { id }) => templateView(templateCalled(id)),
});
