import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { People } from '../providers/port.ts';
import { unended } from '../rights.ts';
import { Grant, grant } from '../schemas.ts';
import { grants, roles } from '../tables.ts';

export const grantsList = defineOperation({
  name: 'grants.list',
  summary: 'List who holds which role with which Scope',
  description: 'Grants that are in force or still to begin; ended and revoked ones are in the audit trail.',
  permission: 'grants:read',
  risk: 'read',
  input: z.object({
    subjectId: z.uuid().optional().meta({ title: 'Person' }),
    roleId: z.uuid().optional().meta({ title: 'Role' }),
    ...pageInput,
  }),
  output: pageOf(Grant),
  targets: 'filter',
  async run(ctx, { subjectId, roleId, cursor, limit }) {
    const after = decodeCursor(cursor, 1)?.[0];
    if (after !== undefined && !isUuid(String(after)))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.db
      .select({ grant: grants, role: roles })
      .from(grants)
      .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
      .where(
        and(
          eq(grants.tenantId, ctx.tenantId),
          unended(ctx.now()),
          withinReach(ctx.reach, { type: 'member', id: grants.subjectId }),
          subjectId ? eq(grants.subjectId, subjectId) : undefined,
          roleId ? eq(grants.roleId, roleId) : undefined,
          after !== undefined ? sql`${grants.id} > ${String(after)}::uuid` : undefined,
        ),
      )
      .orderBy(asc(grants.id))
      .limit(limit + 1);
    const ids = rows.flatMap((row) => [row.grant.subjectId, ...(row.grant.grantedBy ? [row.grant.grantedBy] : [])]);
    const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, ids);
    return toPage(rows, limit, (row) => [row.grant.id], (row) => grant(row.grant, row.role, people)); // prettier-ignore
  },
});
