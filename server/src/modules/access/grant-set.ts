import type { Context, ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { canonicalJson } from '#kernel/ids.ts';
import type { Plan } from '#kernel/plan.ts';
import { endGrant, grantCreation, grantEnd, insertGrant, lockRoles, observedGroups } from './grant-writes.ts';
import { findMember, findRole, requireGivable, requireRoleLeft, requireTakeable, type WantedGrant } from './granting.ts';
import { unended } from './rights.ts';
import { grants, roles, type GrantRow, type RoleRow } from './tables.ts';

interface Held {
  grant: GrantRow;
  role: RoleRow;
}
/** What it takes to come from the grants that are to those that are wanted. */
export interface Difference {
  kept: Held[];
  ends: Held[];
  begins: { wanted: WantedGrant; role: RoleRow }[];
}

const likeness = ({ roleId, scope, validUntil }: Pick<WantedGrant, 'roleId' | 'scope' | 'validUntil'>): string =>
  canonicalJson({ roleId, scope, validUntil: validUntil?.toISOString() ?? null });

export const heldGrants = (ctx: ReadContext, subjectId: string): Promise<Held[]> =>
  ctx.db
    .select({ grant: grants, role: roles })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.subjectId, subjectId), unended(ctx.now())))
    .orderBy(asc(grants.id));

/** Compares, and throws unless each grant may be given and each may be taken. A grant that is wanted as it is stays untouched. */
export async function differenceFor(ctx: ReadContext, subjectId: string, wanted: readonly WantedGrant[]): Promise<Difference> {
  const held = await heldGrants(ctx, subjectId);
  const likes = new Set(wanted.map(likeness));
  const seen = new Set<string>();
  const isKept = ({ grant }: Held): boolean => {
    const like = likeness(grant);
    return likes.has(like) && !seen.has(like) && seen.add(like) !== undefined;
  };
  const kept = held.filter(isKept);
  const ends = held.filter((one) => !kept.includes(one));
  const fresh = [...new Map(wanted.filter((one) => !seen.has(likeness(one))).map((one) => [likeness(one), one])).values()];
  const begins: Difference['begins'] = [];
  for (const one of fresh) begins.push({ wanted: one, role: (await requireGivable(ctx, one)).role });
  for (const { grant, role } of ends) await requireTakeable(ctx, grant, role);
  if (begins.length === 0 && ends.length > 0) await requireRoleLeft(ctx, subjectId, new Set(ends.map(({ grant }) => grant.id)));
  return { kept, ends, begins };
}

export async function differencePlan(ctx: ReadContext, subjectId: string, { ends, begins, kept }: Difference): Promise<Plan> {
  const member = await findMember(ctx, subjectId);
  return {
    summary: `${member.name}: ${begins.length} grants more, ${ends.length} fewer, ${kept.length} stay`,
    changes: [
      ...begins.map(({ wanted, role }) => grantCreation(role, member, wanted)),
      ...ends.map(({ grant, role }) => grantEnd(grant, role, member)),
    ],
    reversible: 'Set the earlier grants again.',
    observed: {
      ...(await observedGroups(
        ctx,
        begins.map(({ wanted }) => wanted.scope),
      )),
      ...Object.fromEntries([
        ...begins.map(({ role }) => [`role ${role.id}`, String(role.version)] as const),
        ...[...ends, ...kept].map(({ grant }) => [`grant ${grant.id}`, grant.updatedAt.toISOString()] as const),
      ]),
    },
  };
}

/** First what is new, then what ends, so that nobody is without any right in between. */
export async function applyDifference(ctx: Context, { begins, ends }: Difference, reason: string): Promise<void> {
  for (const { wanted, role } of begins) await insertGrant(ctx, wanted, role, reason);
  for (const { grant, role } of ends) await endGrant(ctx, grant, role);
}

/** Takes the rows of the roles that somebody holds or is to hold: the look at the last owner is worth something only then. */
export async function lockRolesOf(ctx: Context, subjectId: string, roleIds: readonly string[]): Promise<void> {
  const held = await heldGrants(ctx, subjectId);
  await lockRoles(ctx, [...held.map(({ role }) => role.id), ...(await Promise.all(roleIds.map((id) => findRole(ctx, id)))).map(({ id }) => id)]);
}
