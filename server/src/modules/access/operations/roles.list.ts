import { and, asc, countDistinct, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { unended } from '../rights.ts';
import { Role, role } from '../schemas.ts';
import { grants, roles } from '../tables.ts';

export const rolesList = defineOperation({
  name: 'roles.list',
  summary: 'List roles',
  description: 'The most powerful first, with how many people hold each.',
  permission: 'roles:read',
  risk: 'read',
  input: z.object(pageInput),
  output: pageOf(Role),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    const rows = await ctx.db
      .select()
      .from(roles)
      .where(
        and(
          eq(roles.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'role', id: roles.id }),
          after ? sql`(${roles.level}::int, ${roles.key}) > (${Number(after[0]) || 0}::int, ${String(after[1])})` : undefined,
        ),
      )
      .orderBy(asc(roles.level), asc(roles.key))
      .limit(limit + 1);
    const counts = await ctx.db
      .select({ roleId: grants.roleId, people: countDistinct(grants.subjectId) })
      .from(grants)
      .where(
        and(
          eq(grants.tenantId, ctx.tenantId),
          inArray(
            grants.roleId,
            rows.map((row) => row.id),
          ),
          unended(ctx.now()),
        ),
      ) // prettier-ignore
      .groupBy(grants.roleId);
    const held = new Map(counts.map((row) => [row.roleId, row.people]));
    return toPage(rows, limit, (row) => [row.level, row.key], (row) => role(row, held.get(row.id) ?? 0)); // prettier-ignore
  },
});
