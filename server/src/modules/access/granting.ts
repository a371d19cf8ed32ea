import { and, eq, isNull, ne } from 'drizzle-orm';
import type { ReadContext } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { escalation, lowestLevel } from './grantable.ts';
import { Catalogue, People, type MemberRef } from './providers/port.ts';
import { rightsOf } from './rights.ts';
import { OWNER } from './system-roles.ts';
import { grants, roles } from './tables.ts';

type RoleRow = typeof roles.$inferSelect;

/** A member by id; the answer is the same for those of other tenants and for those that never were. */
export const findMember = (ctx: ReadContext, id: string): Promise<MemberRef> =>
  ctx.once(`member ${id}`, async () => {
    const found = (await ctx.provider(People).named(ctx.db, ctx.tenantId, [id])).get(id);
    if (!found) throw new Problem('not-found', 'There is no such person in this tenant.');
    return found;
  });

export const findRole = (ctx: ReadContext, id: string): Promise<RoleRow> =>
  ctx.once(`role ${id}`, async () => {
    const [found] = await ctx.db
      .select()
      .from(roles)
      .where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, id)));
    if (!found) throw new Problem('not-found', 'There is no such role in this tenant.');
    return found;
  });

export const findGrant = (ctx: ReadContext, id: string) =>
  ctx.once(`grant ${id}`, async () => {
    const [found] = await ctx.db
      .select({ grant: grants, role: roles })
      .from(grants)
      .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
      .where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, id), isNull(grants.revokedAt)));
    if (!found) throw new Problem('not-found', 'There is no such grant in this tenant, or it is revoked already.');
    return found;
  });

export interface WantedGrant {
  subjectId: string;
  roleId: string;
  scope: Scope;
  validUntil: Date | null;
}

/** Throws unless the caller may give this: a member, not themselves, nothing beyond what they hold (platform.md 6.4). Looked at again when a Change runs. */
export async function requireGivable(
  ctx: ReadContext,
  { subjectId, roleId, scope, validUntil }: WantedGrant,
): Promise<{ member: MemberRef; role: RoleRow }> {
  const member = await findMember(ctx, subjectId);
  const role = await findRole(ctx, roleId);
  if (subjectId === ctx.actor.id)
    throw new Problem('self-grant-forbidden', 'Nobody gives a role to themselves. Ask another person who may grant roles.');
  if (!member.active) throw new Problem('invalid-transition', `${member.name} is suspended. Activate the membership before you grant roles.`);
  const at = ctx.now();
  if (validUntil !== null && validUntil <= at)
    throw new Problem('validation-failed', 'The grant would end before it begins.', {
      errors: [{ pointer: '/validUntil', message: 'Lies in the past' }],
    });
  // Not from memory: what is given stays, so it is measured by what is held at this moment.
  const rights = await rightsOf(ctx.db, ctx.provider(People), ctx.tenantId, ctx.actor.id, at);
  const catalogue = [...ctx.provider(Catalogue).operations.values()].filter((operation) => operation.access === undefined);
  const refusal = escalation({ rights, cap: ctx.actor.permissionCap }, { role, scope, validUntil }, catalogue, at);
  if (refusal) throw new Problem('grant-escalation', refusal);
  return { member, role };
}

/** Throws when the role stands above every role of the caller, or when the tenant would be left without an owner. */
export async function requireTakeable(ctx: ReadContext, grant: typeof grants.$inferSelect, role: RoleRow): Promise<void> {
  const at = ctx.now();
  const rights = await rightsOf(ctx.db, ctx.provider(People), ctx.tenantId, ctx.actor.id, at);
  if (role.level < lowestLevel(rights, at))
    throw new Problem('grant-escalation', `The role ${role.key} stands above every role you hold, so you cannot take it from anybody.`);
  if (role.key === OWNER && !(await hasOtherOwner(ctx, grant)))
    throw new Problem('last-owner', 'This is the last owner of the tenant. Transfer the ownership first.');
}

/** Another active person who owns everything without an end. */
async function hasOtherOwner(ctx: ReadContext, grant: typeof grants.$inferSelect): Promise<boolean> {
  const others = await ctx.db
    .select({ subjectId: grants.subjectId, scope: grants.scope, validUntil: grants.validUntil, validFrom: grants.validFrom })
    .from(grants)
    .where(
      and(
        eq(grants.tenantId, ctx.tenantId),
        eq(grants.roleId, grant.roleId),
        isNull(grants.revokedAt),
        ne(grants.id, grant.id),
        isNull(grants.validUntil),
      ),
    );
  const people = await ctx.provider(People).named(ctx.db, ctx.tenantId, others.map((other) => other.subjectId)); // prettier-ignore
  return others.some((other) => 'all' in other.scope && other.validFrom <= ctx.now() && people.get(other.subjectId)?.active);
}
