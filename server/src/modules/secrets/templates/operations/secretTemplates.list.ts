import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { TEMPLATES } from '../all.ts';
import { SecretTemplate, templateView } from '../schemas.ts';
import { CATEGORIES } from '../template.ts';

export const secretTemplatesList = defineOperation({
  name: 'secretTemplates.list',
  summary: 'List templates of services',
  description: 'What each service wants to be reached with: names, where the values are found and what they look like.',
  permission: 'secretTemplates:read',
  risk: 'read',
  route: { method: 'GET', path: '/secret-templates' },
  input: z.object({
    category: z.enum(CATEGORIES).optional().meta({ title: 'Category' }),
    q: z.string().max(64).optional().meta({ title: 'Search', help: 'Part of the service’s name' }),
  }),
  output: z.object({ items: z.array(SecretTemplate) }),
  targets: 'none',
  run: async (_ctx, { category, q = '' }) => ({
    items: TEMPLATES.filter((one) => (category === undefined || one.category === category) && one.name.toLowerCase().includes(q.toLowerCase())).map(templateView),
  }),
}); // prettier-ignore
