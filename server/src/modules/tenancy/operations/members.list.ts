import { and, asc, eq, ilike, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { RolesOfMembers } from '../providers/port.ts';
import { Member, member } from '../schemas.ts';
import { members } from '../tables.ts';

const literally = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export const membersList = defineOperation({
  name: 'members.list',
  summary: 'List the people of this tenant',
  permission: 'users:read',
  risk: 'read',
  input: z.object({
    q: z.string().trim().min(1).max(100).optional().meta({ title: 'Search', help: 'Part of a name or an e-mail address' }),
    status: z.enum(['active', 'suspended']).optional().meta({ title: 'Status' }),
    ...pageInput,
  }),
  output: pageOf(Member),
  targets: 'filter',
  async run(ctx, { q, status, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    if (after && !isUuid(String(after[1])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.db
      .select()
      .from(members)
      .where(
        and(
          eq(members.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'member', id: members.id }),
          q ? or(ilike(members.name, literally(q)), ilike(members.email, literally(q))) : undefined,
          status ? eq(members.status, status) : undefined,
          after ? sql`(${members.name}, ${members.id}) > (${String(after[0])}, ${String(after[1])}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(members.name), asc(members.id))
      .limit(limit + 1);
    const roles = await ctx.provider(RolesOfMembers).roles(ctx.db, ctx.tenantId, rows.map((row) => row.id)); // prettier-ignore
    return toPage(rows, limit, (row) => [row.name, row.id], (row) => member(row, roles.get(row.id) ?? [])); // prettier-ignore
  },
});
