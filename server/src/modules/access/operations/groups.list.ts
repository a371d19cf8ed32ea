import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, ilike, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { nestingOf } from '../group-edit.ts';
import { Group, group } from '../group-schemas.ts';
import { People } from '../providers/port.ts';
import { groups } from '../tables.ts';

export const groupsList = defineOperation({
  name: 'groups.list',
  summary: 'List resource groups',
  permission: 'groups:read',
  risk: 'read',
  input: z.object({ q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name' }), ...pageInput }),
  output: pageOf(Group),
  targets: 'filter',
  async run(ctx, { q, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    if (after && !isUuid(String(after[1])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.db
      .select()
      .from(groups)
      .where(
        and(
          eq(groups.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'group', id: groups.id }),
          q ? ilike(groups.name, `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`) : undefined,
          after ? sql`(${groups.name}, ${groups.id}) > (${String(after[0])}, ${String(after[1])}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(groups.name), asc(groups.id))
      .limit(limit + 1);
    const nesting = await nestingOf(ctx);
    const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, rows.flatMap(({ ownerId }) => (ownerId ? [ownerId] : []))); // prettier-ignore
    return toPage(rows, limit, (row) => [row.name, row.id], (row) => group(row, nesting.get(row.id) ?? [], people.get(row.ownerId ?? ''))); // prettier-ignore
  },
});
