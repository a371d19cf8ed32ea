import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, count, eq, inArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { RightsChanged } from './providers/port.ts';
import { ROLES, type Draft } from './role-draft.ts';
import { roles, type RoleRow } from './tables.ts';

/** Throws `version-conflict` when If-Match was sent and names another version than the current one. */
export function requireSeen(ctx: ReadContext, name: string, version: number): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(version))
    throw new Problem('version-conflict', `"${name}" is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
      version,
    });
}

/** Throws `name-taken` or `role-limit-reached`. Looked at when a role is planned, and under a lock when it is written. */
export async function requireRoom(ctx: ReadContext, keys: readonly string[]): Promise<void> {
  const [taken] = await ctx.db.select({ key: roles.key }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), inArray(roles.key, [...keys]))); // prettier-ignore
  if (taken) throw new Problem('name-taken', `There is a role "${taken.key}" already. Choose another key.`);
  const [own] = await ctx.db.select({ count: count() }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.system, false))); // prettier-ignore
  if (own!.count + keys.length > ROLES.perTenant)
    throw new Problem('role-limit-reached', `The tenant has ${own!.count} roles of its own; ${ROLES.perTenant} is the most.`);
}

/** Writes a new role of the tenant's own; makers take turns, so that the count holds. */
export async function insertRole(ctx: Context, draft: Draft, clonedFrom: string | null = null): Promise<RoleRow> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`roles:${ctx.tenantId}`}, 0))`);
  await requireRoom(ctx, [draft.key]);
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    ...draft,
    clonedFrom,
    system: false,
    assignable: true,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  };
  const [made] = await ctx.db.insert(roles).values(row).returning().catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('name-taken', `There is a role "${draft.key}" already. Choose another key.`) : error;
  }); // prettier-ignore
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  ctx.emit('role.created', { roleId: made!.id, key: draft.key, patterns: draft.patterns, level: draft.level });
  return made!;
}

/** Writes an edited role; refused when somebody else has saved since it was read. */
export async function updateRole(ctx: Context, row: RoleRow, after: Draft): Promise<RoleRow> {
  const { key: _, ...columns } = after;
  const [saved] = await ctx.db
    .update(roles)
    .set({ ...columns, version: row.version + 1, updatedAt: ctx.now() })
    .where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, row.id), eq(roles.version, row.version)))
    .returning();
  if (!saved) throw new Problem('version-conflict', `"${row.key}" was changed in the meantime. Read it again and repeat your edit.`);
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  ctx.emit('role.updated', {
    roleId: row.id,
    key: row.key,
    before: { patterns: row.patterns, level: row.level, maxRisk: row.maxRisk },
    after: columns,
  });
  return saved;
}
