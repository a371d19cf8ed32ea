import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq, isNull, ne } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { requireProof } from '#kernel/proof.ts';
import type { Scope } from '#kernel/scope.ts';
import { escalation, lowestLevel, type Giver, type Offer } from './grantable.ts';
import { findGroups } from './group-rows.ts';
import { Catalogue, People, type MemberRef } from './providers/port.ts';
import { boundaryOf, holdingsOf, unended } from './rights.ts';
import { capped } from './patterns.ts';
import { riskWithin, type Wanted } from './rules.ts';
import { groupsIn } from './scopes.ts';
import { OWNER } from './system-roles.ts';
import { denies, grants, roles, type GrantRow, type RoleRow } from './tables.ts';

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

/** Operations that a role can open: all but those that anybody may call. */
export const openableOf = ({ operations }: Catalogue): Wanted[] => [...operations.values()].filter((operation) => operation.access !== 'public');
export const openable = (ctx: ReadContext): Wanted[] => openableOf(ctx.provider(Catalogue));

/**
 * The caller with what they hold at this moment, not from memory: what is given stays, so it is measured by what is held now. An agent
 * gives nothing that its token would not let it do, and who acts for others too gives nothing at all.
 */
export async function giverOf(ctx: ReadContext): Promise<Giver> {
  const { permissionCap, scopeCap, riskCap, id, within } = ctx.actor;
  if (within) return { rights: [], cap: permissionCap };
  const held = await holdingsOf(ctx.db, ctx.provider(People), ctx.tenantId, id, ctx.now());
  const rights = held.rights.map((right) => (riskCap === undefined || riskWithin(right.maxRisk, riskCap) ? right : { ...right, maxRisk: riskCap }));
  return { ...held, rights, cap: permissionCap, scopeCap };
}

/** Throws `grant-escalation` unless the caller could do all that the role would open over this Scope and for so long. */
export async function requireOfferable(ctx: ReadContext, { role, scope, validUntil }: Offer): Promise<void> {
  const patterns = capped(role.patterns, await boundaryOf(ctx.db, ctx.tenantId));
  const refusal = escalation(await giverOf(ctx), { role: { ...role, patterns }, scope, validUntil }, openable(ctx), ctx.now());
  if (refusal) throw new Problem('grant-escalation', refusal);
}

/** Throws `validation-failed` when a Scope names a group that the tenant does not have. */
export async function requireGroups(ctx: ReadContext, scope: Scope, pointer = '/scope'): Promise<void> {
  const named = groupsIn(scope);
  if (named.length === 0) return;
  const known = new Set((await findGroups(ctx.db, ctx.tenantId, named)).map((group) => group.id));
  const unknown = named.filter((id) => !known.has(id));
  if (unknown.length > 0)
    throw new Problem('validation-failed', `The Scope names ${unknown.length} group(s) that this tenant does not have.`, {
      errors: unknown.map((id) => ({ pointer, message: `There is no group ${id}` })),
    });
}

export interface WantedGrant {
  subjectId: string;
  roleId: string;
  scope: Scope;
  /** Now, when left out. */
  validFrom?: Date;
  validUntil: Date | null;
}

/** platform.md 6.5, critical acts. */
const ADMIN_LEVEL = 10;
const PROOF_SECONDS = 300;

/** Who gives the power of an administrator proves that it is them; not again when the Change is carried out. Throws `step-up-required`. */
export function requireProofFor(ctx: ReadContext, role: Pick<RoleRow, 'level' | 'name'>): void {
  if (role.level <= ADMIN_LEVEL && !(ctx as Partial<Context>).changeId) requireProof(ctx.actor, PROOF_SECONDS, `Giving ${role.name}`, ctx.now());
}

const SELF = 'Nobody gives a role to themselves. Ask another person who may grant roles.';

/**
 * Throws unless the caller may give this: a member, not themselves, nothing beyond what they hold (platform.md 6.4). Looked at again
 * when a Change runs.
 */
export async function requireGivable(
  ctx: ReadContext,
  { subjectId, roleId, scope, validUntil }: WantedGrant,
): Promise<{ member: MemberRef; role: RoleRow }> {
  const member = await findMember(ctx, subjectId);
  const role = await findRole(ctx, roleId);
  if (subjectId === ctx.actor.id || subjectId === ctx.actor.ownerId) throw new Problem('self-grant-forbidden', SELF);
  if (!member.active) throw new Problem('invalid-transition', `${member.name} is suspended. Activate the membership before you grant roles.`);
  if (validUntil !== null && validUntil <= ctx.now())
    throw new Problem('validation-failed', 'The grant would end before it begins.', {
      errors: [{ pointer: '/validUntil', message: 'Lies in the past' }],
    });
  await requireGroups(ctx, scope);
  await requireOfferable(ctx, { role, scope, validUntil });
  requireProofFor(ctx, role);
  return { member, role };
}

/** Throws when the role stands above every role of the caller, or when the tenant would be left without an owner. */
export async function requireTakeable(ctx: ReadContext, grant: GrantRow, role: RoleRow): Promise<void> {
  await requireNotAbove(ctx, role, `The role ${role.key} stands above every role you hold, so you cannot take it from anybody.`);
  if (role.key === OWNER && !(await hasOtherOwner(ctx, grant)))
    throw new Problem('last-owner', 'This is the last owner of the tenant. Transfer the ownership first.');
}

/** Throws `grant-escalation` when the role has more power than the best of the caller's. */
export async function requireNotAbove(ctx: ReadContext, role: Pick<RoleRow, 'level'>, detail: string): Promise<void> {
  if (role.level < lowestLevel((await giverOf(ctx)).rights, ctx.now())) throw new Problem('grant-escalation', detail);
}

/** Throws `last-role` when the person would be left with none of the grants that are not over. A machine may be left with none. */
export async function requireRoleLeft(ctx: ReadContext, subjectId: string, taken: ReadonlySet<string>): Promise<void> {
  const held = await ctx.db
    .select({ id: grants.id })
    .from(grants)
    .where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.subjectId, subjectId), unended(ctx.now())));
  if (held.some(({ id }) => !taken.has(id)) || (await findMember(ctx, subjectId)).machine) return;
  throw new Problem('last-role', 'A person keeps at least one role. Give another first, or remove the person from the tenant.');
}

/** Besides this grant: an active person who owns everything without an end, and to whom nothing is denied. */
export async function hasOtherOwner(
  ctx: Pick<ReadContext, 'db' | 'tenantId' | 'provider' | 'now'>,
  grant: Pick<GrantRow, 'id' | 'roleId'>,
): Promise<boolean> {
  const { db, tenantId } = ctx;
  const others = await db
    .select({ subjectId: grants.subjectId, scope: grants.scope, validFrom: grants.validFrom, denied: denies.id })
    .from(grants)
    .leftJoin(denies, and(eq(denies.tenantId, grants.tenantId), eq(denies.subjectId, grants.subjectId), isNull(denies.revokedAt)))
    .where(
      and(
        eq(grants.tenantId, tenantId),
        eq(grants.roleId, grant.roleId),
        isNull(grants.revokedAt),
        ne(grants.id, grant.id),
        isNull(grants.validUntil),
      ),
    );
  const people = await ctx.provider(People).named(db, tenantId, others.map((other) => other.subjectId)); // prettier-ignore
  return others.some(({ subjectId, scope, validFrom, denied }) => {
    const person = people.get(subjectId);
    return denied === null && 'all' in scope && validFrom <= ctx.now() && person?.active && !person.machine;
  });
}
