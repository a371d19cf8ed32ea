import type { ReadContext } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { escalation } from './grantable.ts';
import { findMember, giverOf, openable, requireNotAbove } from './granting.ts';
import { addedClauses, isSameContent, nestingFault, partThrough, withAncestors, type Nesting } from './group-rules.ts';
import { findGroups } from './group-rows.ts';
import type { GroupDraft } from './group-schemas.ts';
import { unended } from './rights.ts';
import { groupsIn } from './scopes.ts';
import { grants, groupChildren, roles, type GrantRow, type GroupRow, type RoleRow } from './tables.ts';

export async function nestingOf({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>): Promise<Map<string, string[]>> {
  const rows = await db.select().from(groupChildren).where(eq(groupChildren.tenantId, tenantId)).orderBy(groupChildren.childId);
  return new Map([...Map.groupBy(rows, (row) => row.groupId)].map(([id, links]) => [id, links.map((link) => link.childId)]));
}

export const findGroup = (ctx: ReadContext, id: string): Promise<{ row: GroupRow; nesting: Nesting; content: GroupDraft }> =>
  ctx.once(`group ${id}`, async () => {
    const [row] = await findGroups(ctx.db, ctx.tenantId, [id]);
    if (!row) throw new Problem('not-found', 'There is no such group in this tenant.');
    const nesting = await nestingOf(ctx);
    return { row, nesting, content: { ...row, groups: nesting.get(id) ?? [] } };
  });

/** Throws `validation-failed` when the owner is no member, or the groups within are unknown or nested too deep. */
export async function requireSound(ctx: ReadContext, id: string, { ownerId, groups }: GroupDraft, nesting: Nesting): Promise<void> {
  if (ownerId !== null) await findMember(ctx, ownerId);
  const known = new Set((await findGroups(ctx.db, ctx.tenantId, groups)).map((group) => group.id));
  const unknown = groups.findIndex((child) => !known.has(child));
  const fault = unknown >= 0 ? 'There is no such group' : nestingFault(new Map([...nesting, [id, groups]]), id);
  if (fault) {
    const pointer = unknown >= 0 ? `/groups/${unknown}` : '/groups';
    throw new Problem('validation-failed', `The groups within cannot be these: ${fault}.`, { errors: [{ pointer, message: fault }] });
  }
}

export interface Use {
  grant: GrantRow;
  role: RoleRow;
}

/** Grants, not over, whose Scope names one of the groups. */
export async function usesOf(ctx: ReadContext, ids: ReadonlySet<string>): Promise<Use[]> {
  const rows = await ctx.db
    .select({ grant: grants, role: roles })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, ctx.tenantId), unended(ctx.now()), sql`jsonb_path_exists(${grants.scope}, '$.any[*].groups[*]')`));
  return rows.filter(({ grant }) => groupsIn(grant.scope).some((id) => ids.has(id)));
}

/**
 * What an edit of the group means for who reaches things through it. Throws unless the caller could give each of them what the group
 * would newly hold, takes nothing from those above them, and gains nothing by it. Answers the grants concerned.
 */
export async function requireEditable(ctx: ReadContext, id: string, before: GroupDraft, after: GroupDraft, nesting: Nesting): Promise<Use[]> {
  if (isSameContent(before, after)) return [];
  const concerned = withAncestors(nesting, id);
  const uses = await usesOf(ctx, concerned);
  const added = addedClauses(before, after);
  const giver = await giverOf(ctx);
  for (const { grant, role } of uses) {
    await requireNotAbove(ctx, role, `Somebody holds ${role.name} through this group, and that stands above every role of yours.`);
    const scope = partThrough(grant.scope, concerned, added);
    if (scope === null || 'all' in scope || scope.any.length === 0) continue;
    if (grant.subjectId === ctx.actor.id || grant.subjectId === ctx.actor.ownerId)
      throw new Problem('self-grant-forbidden', `You reach things through this group yourself, as ${role.name}. Ask somebody who does not.`);
    const refusal = escalation(giver, { role: { ...role, assignable: true }, scope, validUntil: grant.validUntil }, openable(ctx), ctx.now());
    if (refusal) throw new Problem('grant-escalation', `Somebody holds ${role.name} through this group. ${refusal}`);
  }
  return uses;
}
