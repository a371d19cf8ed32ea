import type { ReadContext } from '#kernel/context.ts';
import { and, countDistinct, eq, inArray } from '#kernel/drizzle.ts';
import { matchesAny, withinCap } from './patterns.ts';
import { Catalogue } from './providers/port.ts';
import { boundaryOf, unended } from './rights.ts';
import { permissionsOf } from './roles.ts';
import { role, type RoleDetail } from './schemas.ts';
import { grants, type RoleRow } from './tables.ts';
import type { z } from 'zod';

/** How many people hold each role, by grants in force or to come. */
export async function holdersCount(ctx: ReadContext, roleIds: readonly string[]): Promise<Map<string, number>> {
  if (roleIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ roleId: grants.roleId, people: countDistinct(grants.subjectId) })
    .from(grants)
    .where(and(eq(grants.tenantId, ctx.tenantId), inArray(grants.roleId, [...roleIds]), unended(ctx.now())))
    .groupBy(grants.roleId);
  return new Map(rows.map(({ roleId, people }) => [roleId, people]));
}

/** Roles with all permissions that they hold within the tenant's boundary. */
export async function roleDetails(ctx: ReadContext, rows: readonly RoleRow[]): Promise<z.input<typeof RoleDetail>[]> {
  const held = await holdersCount(ctx, rows.map(({ id }) => id)); // prettier-ignore
  const boundary = await boundaryOf(ctx.db, ctx.tenantId);
  const permissions = permissionsOf(ctx.provider(Catalogue)).filter((permission) => withinCap(boundary, permission));
  return rows.map((row) => ({
    ...role(row, held.get(row.id) ?? 0),
    permissions: permissions.filter((permission) => matchesAny(row.patterns, permission)),
  }));
}

export const roleDetail = async (ctx: ReadContext, row: RoleRow): Promise<z.input<typeof RoleDetail>> => (await roleDetails(ctx, [row]))[0]!;
