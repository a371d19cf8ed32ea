import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, count, eq, ne, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { z } from 'zod';
import { GROUPS, group, type Group, type GroupDraft } from './group-schemas.ts';
import { People } from './providers/port.ts';
import { groupChildren, groups, type GroupRow } from './tables.ts';

const nameTaken = (name: string): Problem => new Problem('name-taken', `There is a group "${name}" already. Choose another name.`);

/** Throws `name-taken`, or `group-limit-reached` when a new one would be one too many. */
export async function requireFree(ctx: ReadContext, name: string, own?: string): Promise<void> {
  const [taken] = await ctx.db.select({ id: groups.id }).from(groups).where(and(eq(groups.tenantId, ctx.tenantId), eq(groups.name, name), own ? ne(groups.id, own) : undefined)); // prettier-ignore
  if (taken) throw nameTaken(name);
  if (own !== undefined) return;
  const [all] = await ctx.db.select({ count: count() }).from(groups).where(eq(groups.tenantId, ctx.tenantId));
  if (all!.count >= GROUPS.perTenant)
    throw new Problem('group-limit-reached', `The tenant has ${all!.count} groups; ${GROUPS.perTenant} is the most.`);
}

/** Writers of groups take turns: nesting and count are looked at across all of them. */
export const inTurn = (ctx: Context) => ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`groups:${ctx.tenantId}`}, 0))`);

/** Runs a write that may meet another of the same name. */
export const named = <T>(name: string, write: Promise<T>): Promise<T> =>
  write.catch((error: unknown) => {
    throw isUniqueViolation(error) ? nameTaken(name) : error;
  });

export async function setChildren(ctx: Context, groupId: string, children: readonly string[]): Promise<void> {
  await ctx.db.delete(groupChildren).where(and(eq(groupChildren.tenantId, ctx.tenantId), eq(groupChildren.groupId, groupId)));
  const rows = children.map((childId) => ({ tenantId: ctx.tenantId, groupId, childId }));
  if (rows.length > 0) await ctx.db.insert(groupChildren).values(rows);
}

export async function groupView(ctx: ReadContext, row: GroupRow, children: readonly string[]): Promise<z.input<typeof Group>> {
  const people = row.ownerId ? await ctx.provider(People).named(ctx.db, ctx.tenantId, [row.ownerId]) : new Map<string, never>();
  return group(row, [...children], row.ownerId ? people.get(row.ownerId) : undefined);
}

/** Members and groups within named once each. */
export const tidy = (draft: GroupDraft): GroupDraft => ({
  ...draft,
  members: [...new Map(draft.members.map((member) => [`${member.type} ${member.id}`, member])).values()],
  groups: [...new Set(draft.groups)].sort(),
});

/** Fields in which two forms of a group differ, for a plan. */
export const groupFields = (before: GroupDraft | null, after: GroupDraft | null) =>
  (['name', 'description', 'ownerId', 'members', 'selector', 'groups'] as const)
    .filter((path) => JSON.stringify(before?.[path]) !== JSON.stringify(after?.[path]))
    .map((path) => ({ path, ...(before ? { before: plain(before[path]) } : {}), ...(after ? { after: plain(after[path]) } : {}) }));

const plain = (value: unknown): z.core.util.JSONType => JSON.parse(JSON.stringify(value ?? null)) as z.core.util.JSONType;
