import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { TEMPLATE_CATEGORIES, TemplateSummary } from '../schemas.ts';
import { allTemplates, templateSummary, usesOf, type AnyTemplate } from '../templates/store.ts';

const matches = ({ name, description, tags }: AnyTemplate, q: string): boolean =>
  [name, description, ...tags].some((text) => text.toLowerCase().includes(q.toLowerCase()));

export const workflowTemplatesList = defineOperation({
  name: 'workflowTemplates.list',
  summary: 'List templates of workflows',
  description: 'Those that ship with the product, then the tenant’s own.',
  permission: 'workflowTemplates:read',
  risk: 'read',
  input: z.object({
    q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name, a description or a tag' }),
    category: z.enum(TEMPLATE_CATEGORIES).optional().meta({ title: 'Category' }),
    tag: z.string().max(50).optional().meta({ title: 'Tag' }),
    ...pageInput,
  }),
  output: pageOf(TemplateSummary),
  targets: 'filter',
  async run(ctx, { q, category, tag, cursor, limit }) {
    const after = Math.max(0, Math.trunc(Number(decodeCursor(cursor, 1)?.[0] ?? 0)) || 0);
    const wanted = (await allTemplates(ctx)).filter(
      (one) => (category === undefined || one.category === category) && (tag === undefined || one.tags.includes(tag)) && (q === undefined || matches(one, q)),
    );
    const uses = await usesOf(ctx);
    const rows = wanted.map((template, at) => ({ template, at: at + 1 })).slice(after, after + limit + 1);
    return toPage(rows, limit, ({ at }) => [at], ({ template }) => templateSummary(ctx, template, uses));
  },
}); // prettier-ignore
