import { z } from 'zod';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { roleDetails } from '../role-view.ts';
import { RoleDetail } from '../schemas.ts';
import { roles } from '../tables.ts';

export const rolesList = defineOperation({
  name: 'roles.list',
  summary: 'List roles',
  description: 'The most powerful first, with all permissions that their patterns hold and how many people hold each.',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({ system: z.boolean().optional().meta({ title: 'System roles', help: 'Only these, or only the tenant’s own' }), ...pageInput }),
  output: pageOf(RoleDetail),
  targets: 'filter',
  async run(ctx, { system, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    const rows = await ctx.db
      .select()
      .from(roles)
      .where(
        and(
          eq(roles.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'role', id: roles.id }),
          system === undefined ? undefined : eq(roles.system, system),
          after ? sql`(${roles.level}::int, ${roles.key}) > (${Number(after[0]) || 0}::int, ${String(after[1])})` : undefined,
        ),
      )
      .orderBy(asc(roles.level), asc(roles.key))
      .limit(limit + 1);
    const page = toPage(rows, limit, (row) => [row.level, row.key], (row) => row); // prettier-ignore
    return { items: await roleDetails(ctx, page.items), nextCursor: page.nextCursor };
  },
});
