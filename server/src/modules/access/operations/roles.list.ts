import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { holdersCount } from '../role-view.ts';
import { Role, role } from '../schemas.ts';
import { roles } from '../tables.ts';

export const rolesList = defineOperation({
  name: 'roles.list',
  summary: 'List roles',
  description: 'The most powerful first, with how many people hold each.',
  permission: 'roles:read',
  risk: 'read',
  input: z.object({ system: z.boolean().optional().meta({ title: 'System roles', help: 'Only these, or only the tenant’s own' }), ...pageInput }),
  output: pageOf(Role),
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
    const held = await holdersCount(ctx, rows.map(({ id }) => id)); // prettier-ignore
    return toPage(rows, limit, (row) => [row.level, row.key], (row) => role(row, held.get(row.id) ?? 0)); // prettier-ignore
  },
});
