import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import type { TemplateRow } from '../tables.ts';
import { fieldsOf, planTemplate, updateTemplate, type Fields } from '../templates/edit.ts';
import { ChangeTemplate, TemplateFields, TemplateId } from '../templates/schemas.ts';
import { findTemplate, templateView } from '../templates/store.ts';

const { name, description, when, scope, window, maxRuns, maxRunsHours, validUntil } = TemplateFields;
const given = z.object({
  id: TemplateId,
  name: name.optional(),
  description: description.unwrap().optional(),
  when: when.unwrap().optional(),
  scope: scope.optional(),
  window: window.unwrap().optional(),
  maxRuns: maxRuns.optional(),
  maxRunsHours: maxRunsHours.unwrap().optional(),
  validUntil: validUntil.optional(),
});

/** The template as it would be; throws `invalid-transition` for one that is over. */
function merged(row: TemplateRow, { id: _, ...patch }: z.output<typeof given>): Fields {
  if (row.status === 'retired') throw new Problem('invalid-transition', `"${row.name}" is retired. Make a new template.`, { state: row.status });
  return { ...fieldsOf(row), ...(Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Fields>) };
}

const load = (ctx: ReadContext, id: string): Promise<TemplateRow> => ctx.once(`template ${id}`, () => findTemplate(ctx, id));

export const changeTemplatesUpdate = defineOperation({
  name: 'changeTemplates.update',
  summary: 'Change a template, or let a suspended one hold again',
  description: 'Two people have to agree, as to a new one. What went wrong before no longer counts against it.',
  permission: 'changeTemplates:write',
  risk: 'high',
  input: given,
  output: ChangeTemplate,
  targets: async (ctx, { id }) => {
    await load(ctx, id);
    return [];
  },
  plan: async (ctx, input) => {
    const row = await load(ctx, input.id);
    return planTemplate(ctx, merged(row, input), row);
  },
  run: async (ctx, input) => {
    const row = await findTemplate(ctx, input.id, true);
    return templateView(ctx, await updateTemplate(ctx, row, merged(row, input)));
  },
});
