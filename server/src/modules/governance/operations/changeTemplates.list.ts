import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, gt, lt, lte } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { changeTemplates } from '../tables.ts';
import { TEMPLATE_STATES } from '../templates/rules.ts';
import { ChangeTemplate } from '../templates/schemas.ts';
import { templateView } from '../templates/store.ts';

export const changeTemplatesList = defineOperation({
  name: 'changeTemplates.list',
  summary: 'List templates of Changes',
  description: 'What was agreed to once for all, the newest first.',
  permission: 'changeTemplates:read',
  risk: 'read',
  input: z.object({
    status: z
      .enum([...TEMPLATE_STATES, 'expired'])
      .optional()
      .meta({ title: 'Status' }),
    operation: z.string().max(100).optional().meta({ title: 'Operation' }),
    ...pageInput,
  }),
  output: pageOf(ChangeTemplate),
  targets: 'none',
  async run(ctx, { status, operation, cursor, limit }) {
    const before = decodeCursor(cursor, 1);
    if (before && !isUuid(String(before[0])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const at = ctx.now();
    const rows = await ctx.db
      .select()
      .from(changeTemplates)
      .where(
        and(
          eq(changeTemplates.tenantId, ctx.tenantId),
          status && eq(changeTemplates.status, status === 'expired' ? 'active' : status),
          status === 'active' ? gt(changeTemplates.expiresAt, at) : status === 'expired' ? lte(changeTemplates.expiresAt, at) : undefined,
          operation === undefined ? undefined : eq(changeTemplates.operation, operation),
          before && lt(changeTemplates.id, String(before[0])),
        ),
      )
      .orderBy(desc(changeTemplates.id))
      .limit(limit + 1);
    const views = new Map<string, ChangeTemplate>();
    for (const row of rows) views.set(row.id, await templateView(ctx, row));
    return toPage(rows, limit, ({ id }) => [id], ({ id }) => views.get(id)!); // prettier-ignore
  },
});
