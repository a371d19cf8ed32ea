import type { Clock } from '#kernel/clock.ts';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid, type Database } from '#kernel/database.ts';
import { and, eq, inArray, isNull, lte } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Scope } from '#kernel/scope.ts';
import { escalation } from './grantable.ts';
import { findRole, openableOf, requireGivable, requireGroups, requireOfferable, requireProofFor, requireTakeable } from './granting.ts';
import { capped } from './patterns.ts';
import type { Catalogue, People, RightsChanged } from './providers/port.ts';
import { boundaryOf, holdingsOf, unended } from './rights.ts';
import { OWNER } from './system-roles.ts';
import { denies, grants, groups, roles, type GrantRow, type RoleRow } from './tables.ts';

interface Change {
  memberId: string;
  roleId: string;
  scope: Scope;
  replaces: readonly string[];
}
type Held = { grant: GrantRow; role: RoleRow };

/** Grants of a member that are not over, with their roles. */
const held = (db: Database, tenantId: string, memberIds: readonly string[], at: Date): Promise<Held[]> =>
  db
    .select({ grant: grants, role: roles })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, tenantId), inArray(grants.subjectId, [...memberIds]), unended(at)))
    .orderBy(roles.level, grants.createdAt, grants.id);

const refOf = ({ grant, role }: Held) => ({ grantId: grant.id, roleId: role.id, key: role.key, name: role.name });

/** Whoever gives or takes an ownership does so one after the other, so that the last two owners cannot go at once. */
const lockOwnership = (db: Database, tenantId: string) =>
  db.select({ id: roles.id }).from(roles).where(and(eq(roles.tenantId, tenantId), eq(roles.key, OWNER))).for('update'); // prettier-ignore

async function end(ctx: Context, taken: readonly Held[]): Promise<void> {
  if (taken.length === 0) return;
  const at = ctx.now();
  const which = and(eq(grants.tenantId, ctx.tenantId), inArray(grants.id, taken.map(({ grant }) => grant.id)), isNull(grants.revokedAt)); // prettier-ignore
  await ctx.db.update(grants).set({ revokedAt: at, revokedBy: ctx.actor.id, updatedAt: at }).where(which);
  for (const { grant, role } of taken) ctx.emit('grant.revoked', { grantId: grant.id, subjectId: grant.subjectId, role: role.key });
}

interface NewGrant {
  memberId: string;
  role: Pick<RoleRow, 'id' | 'key'>;
  scope: Scope;
  reason: string;
}

async function begin(ctx: Context, { memberId, role, scope, reason }: NewGrant): Promise<string> {
  const at = ctx.now();
  const id = newId();
  await ctx.db.insert(grants).values({ tenantId: ctx.tenantId, id, subjectId: memberId, roleId: role.id, scope, validFrom: at, reason, grantedBy: ctx.actor.id, createdAt: at, updatedAt: at }); // prettier-ignore
  ctx.emit('grant.created', { grantId: id, subjectId: memberId, role: role.key, scope, validUntil: null });
  return id;
}

async function replaced(ctx: ReadContext, { memberId, replaces }: Change): Promise<Held[]> {
  const wanted = new Set(replaces);
  const taken = (await held(ctx.db, ctx.tenantId, [memberId], ctx.now())).filter(({ grant }) => wanted.has(grant.id));
  for (const { grant, role } of taken) await requireTakeable(ctx, grant, role);
  return taken;
}

interface Invited {
  tenantId: string;
  personId: string;
  roleIds: readonly string[];
  scope: Scope;
  grantedBy: string;
}

/**
 * The grants of an invitation, as the platform. What was offered is measured again by what its giver holds now: a role that is gone, or
 * that they could no longer give, becomes `viewer`. Undefined when they could not give even that.
 */
async function give({ people, catalogue }: MembershipDeps, db: Database, { tenantId, personId, roleIds, scope, grantedBy }: Invited, at: Date) {
  const known = await db.select().from(roles).where(eq(roles.tenantId, tenantId));
  const boundary = await boundaryOf(db, tenantId);
  const giver = { ...(await holdingsOf(db, people, tenantId, grantedBy, at)), cap: null };
  const wanted = openableOf(catalogue());
  const isGivable = (role: RoleRow): boolean =>
    escalation(giver, { role: { ...role, patterns: capped(role.patterns, boundary) }, scope, validUntil: null }, wanted, at) === undefined;
  const good = known.filter((role) => roleIds.includes(role.id) && isGivable(role));
  const isShort = roleIds.some((id) => !good.some((role) => role.id === id));
  const instead = isShort ? known.filter((role) => role.key === 'viewer' && isGivable(role)) : [];
  const given = [...new Map([...good, ...instead].map((role) => [role.id, role])).values()];
  if (given.length === 0) return undefined;
  const rows = given.map((role) => ({
    tenantId, id: newId(), subjectId: personId, roleId: role.id, scope, validFrom: at, reason: 'Accepted an invitation', grantedBy, createdAt: at, updatedAt: at,
  })); // prettier-ignore
  await db.insert(grants).values(rows);
  return { replaced: isShort, primary: rows[0]!.id };
}

async function passOwnership(ctx: Context, fromId: string, toId: string): Promise<void> {
  await lockOwnership(ctx.db, ctx.tenantId);
  const at = ctx.now();
  const all = await ctx.db.select().from(roles).where(eq(roles.tenantId, ctx.tenantId));
  const [owner, admin] = [all.find(({ key }) => key === OWNER)!, all.find(({ key }) => key === 'admin')!];
  const theirs = await held(ctx.db, ctx.tenantId, [fromId], at);
  await begin(ctx, { memberId: toId, role: owner, scope: { all: true }, reason: 'The ownership was transferred' });
  if (!theirs.some(({ role }) => role.id === admin.id))
    await begin(ctx, { memberId: fromId, role: admin, scope: { all: true }, reason: 'Owned the tenant before' });
  await end(ctx, theirs.filter(({ role }) => role.id === owner.id)); // prettier-ignore
  // An owner to whom something is denied could not do what only owners can.
  await ctx.db
    .update(denies)
    .set({ revokedAt: at, revokedBy: ctx.actor.id, updatedAt: at })
    .where(and(eq(denies.tenantId, ctx.tenantId), eq(denies.subjectId, toId), isNull(denies.revokedAt)));
}

async function isLastOwner(db: Database, tenantId: string, memberId: string, active: (ids: readonly string[]) => Promise<Set<string>>, at: Date) {
  const owners = await db
    .select({ subjectId: grants.subjectId, scope: grants.scope })
    .from(grants)
    .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
    .where(and(eq(grants.tenantId, tenantId), eq(roles.key, OWNER), isNull(grants.validUntil), isNull(grants.revokedAt), lte(grants.validFrom, at)));
  const whole = owners.filter(({ scope }) => 'all' in scope).map(({ subjectId }) => subjectId);
  if (!whole.includes(memberId)) return false;
  const working = await active(whole);
  return !whole.some((id) => id !== memberId && working.has(id));
}

export interface MembershipDeps {
  now: Clock;
  rights: RightsChanged;
  people: People;
  catalogue: () => Catalogue;
}

/** What a membership means for grants: the adapter that module tenancy asks for its MemberRights. */
export const createMemberRights = ({ now, rights, people, catalogue }: MembershipDeps) => ({
  held: async (db: Database, tenantId: string, memberIds: readonly string[]) =>
    memberIds.length === 0
      ? new Map<string, ReturnType<typeof refOf>[]>()
      : new Map([...Map.groupBy(await held(db, tenantId, memberIds, now()), ({ grant }) => grant.subjectId)].map(([id, all]) => [id, all.filter(({ grant }) => grant.validFrom <= now()).map(refOf)])), // prettier-ignore
  async holding(db: Database, tenantId: string, role: string): Promise<string[]> {
    const which = isUuid(role) ? eq(roles.id, role) : eq(roles.key, role);
    const rows = await db
      .selectDistinct({ id: grants.subjectId })
      .from(grants)
      .innerJoin(roles, and(eq(roles.tenantId, grants.tenantId), eq(roles.id, grants.roleId)))
      .where(and(eq(grants.tenantId, tenantId), which, unended(now()), lte(grants.validFrom, now())));
    return rows.map(({ id }) => id);
  },
  async named(db: Database, tenantId: string, roleIds: readonly string[]) {
    const rows = roleIds.length === 0 ? [] : await db.select().from(roles).where(and(eq(roles.tenantId, tenantId), inArray(roles.id, [...roleIds]))); // prettier-ignore
    return new Map(rows.map(({ id, key, name, level }) => [id, { key, name, level }]));
  },
  async requireOffer(ctx: ReadContext, roleId: string, scope: Scope): Promise<void> {
    await requireGroups(ctx, scope);
    const role = await findRole(ctx, roleId);
    requireProofFor(ctx, role);
    await requireOfferable(ctx, { role, scope, validUntil: null });
  },
  async requireTakeable(ctx: ReadContext, memberId: string): Promise<void> {
    for (const { grant, role } of await held(ctx.db, ctx.tenantId, [memberId], ctx.now())) await requireTakeable(ctx, grant, role);
  },
  async requireReplaceable(ctx: ReadContext, change: Change) {
    const { role } = await requireGivable(ctx, { subjectId: change.memberId, roleId: change.roleId, scope: change.scope, validUntil: null });
    return { taken: (await replaced(ctx, change)).map(refOf), given: { key: role.key, name: role.name } };
  },
  async replace(ctx: Context, change: Change): Promise<string> {
    await lockOwnership(ctx.db, ctx.tenantId);
    const role = await findRole(ctx, change.roleId);
    await requireGivable(ctx, { subjectId: change.memberId, roleId: change.roleId, scope: change.scope, validUntil: null });
    const taken = await replaced(ctx, change);
    const id = await begin(ctx, { memberId: change.memberId, role, scope: change.scope, reason: 'Change of role' });
    await end(ctx, taken);
    rights.changing(ctx.tenantId);
    return id;
  },
  async takeAll(ctx: Context, memberId: string): Promise<void> {
    await lockOwnership(ctx.db, ctx.tenantId);
    await end(ctx, await held(ctx.db, ctx.tenantId, [memberId], ctx.now()));
    rights.changing(ctx.tenantId);
  },
  give: (db: Database, wanted: Invited, at: Date) => give({ now, rights, people, catalogue }, db, wanted, at),
  async passOwnership(ctx: Context, fromId: string, toId: string): Promise<void> {
    await passOwnership(ctx, fromId, toId);
    rights.changing(ctx.tenantId);
  },
  isLastOwner: (db: Database, tenantId: string, memberId: string) =>
    isLastOwner(db, tenantId, memberId, async (ids) => {
      const found = await people.named(db, tenantId, ids);
      return new Set(ids.filter((id) => found.get(id)?.active && !found.get(id)?.machine));
    }, now()), // prettier-ignore
  changed: () => rights.changed(),
});

/** Resource groups have an owner, who looks after them: a part of what a member leaves behind. */
export const groupBelongings = {
  async of(db: Database, tenantId: string, memberId: string): Promise<string[]> {
    const owned = await db.select({ name: groups.name }).from(groups).where(and(eq(groups.tenantId, tenantId), eq(groups.ownerId, memberId))).orderBy(groups.name); // prettier-ignore
    return owned.map(({ name }) => `the group "${name}"`);
  },
  async hand(db: Database, tenantId: string, fromId: string, toId: string): Promise<void> {
    await db
      .update(groups)
      .set({ ownerId: toId })
      .where(and(eq(groups.tenantId, tenantId), eq(groups.ownerId, fromId)));
  },
};
