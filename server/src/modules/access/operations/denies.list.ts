import { z } from 'zod';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../grant-lists.ts';
import { People } from '../providers/port.ts';
import { unendedDenies } from '../rights.ts';
import { deny, Deny } from '../schemas.ts';
import { denies } from '../tables.ts';

export const deniesList = defineOperation({
  name: 'denies.list',
  summary: 'List what is denied to whom',
  description: 'Denies in force. They count before every role.',
  permission: 'grants:read',
  risk: 'read',
  input: z.object({ subjectId: z.uuid().optional().meta({ title: 'Person' }), ...pageInput }),
  output: pageOf(Deny),
  targets: 'filter',
  async run(ctx, { subjectId, cursor, limit }) {
    const after = afterId(cursor);
    const rows = await ctx.db
      .select()
      .from(denies)
      .where(
        and(
          eq(denies.tenantId, ctx.tenantId),
          unendedDenies(ctx.now()),
          withinReach(ctx.reach, { type: 'member', id: denies.subjectId }),
          subjectId ? eq(denies.subjectId, subjectId) : undefined,
          after !== undefined ? sql`${denies.id} > ${after}::uuid` : undefined,
        ),
      )
      .orderBy(asc(denies.id))
      .limit(limit + 1);
    const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, rows.flatMap((row) => [row.subjectId, row.deniedBy])); // prettier-ignore
    return toPage(rows, limit, (row) => [row.id], (row) => deny(row, people)); // prettier-ignore
  },
});
