import { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, count, eq, inArray, isNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Plan } from '#kernel/plan.ts';
import { Problem } from '#kernel/problem.ts';
import { Scope } from '#kernel/scope.ts';
import { findGrant, findMember, requireGivable, requireRoleLeft, requireTakeable, type WantedGrant } from './granting.ts';
import { findGroups } from './group-rows.ts';
import { People, RightsChanged, type MemberRef } from './providers/port.ts';
import { unended } from './rights.ts';
import { grant, scopeJson, type Grant } from './schemas.ts';
import { groupsIn } from './scopes.ts';
import { tellRoles } from './telling.ts';
import { grants, roles, type GrantRow, type RoleRow } from './tables.ts';

/** governance.md 18. */
const PER_PERSON = 200;

/** What is said of a grant, besides whose it is. */
export const GrantFields = {
  roleId: z.uuid().meta({ title: 'Role', widget: 'role' }),
  scope: Scope.meta({
    title: 'Scope',
    help: '`{ "all": true }`, or clauses of type, ids, groups, environments and labels; no clause reaches nothing',
    widget: 'scope',
  }),
  validUntil: z.iso.datetime({ offset: true }).optional().meta({ title: 'Ends', help: 'Never, when left out' }),
};
export const Reason = z.string().trim().min(3).max(500).meta({ title: 'Reason' });

export interface Said {
  subjectId: string;
  roleId: string;
  scope: Scope;
  validUntil?: string | undefined;
  reason: string;
}
export const wantedOf = ({ subjectId, roleId, scope, validUntil }: Omit<Said, 'reason'>): WantedGrant => ({
  subjectId,
  roleId,
  scope,
  validUntil: validUntil === undefined ? null : new Date(validUntil),
});

export const scopeText = (scope: Scope): string =>
  'all' in scope ? 'everything' : scope.any.length === 0 ? 'nothing' : `${scope.any.length} ${scope.any.length === 1 ? 'clause' : 'clauses'}`;

export const memberTarget = async (ctx: ReadContext, subjectId: string) => [
  { type: 'member', id: subjectId, name: (await findMember(ctx, subjectId)).name },
];

type PlannedChange = NonNullable<Plan['changes']>[number];
export const grantCreation = (role: RoleRow, member: MemberRef, { scope, validUntil }: WantedGrant): PlannedChange => ({
  action: 'create',
  type: 'grant',
  name: `${role.key} for ${member.email}`,
  fields: [
    { path: 'role', after: role.key },
    { path: 'scope', after: scopeJson(scope) },
    { path: 'validUntil', after: validUntil?.toISOString() ?? null },
    { path: 'maxRisk', after: role.maxRisk },
  ],
});
export const grantEnd = (row: GrantRow, role: RoleRow, member: MemberRef): PlannedChange => ({
  action: 'delete',
  type: 'grant',
  id: row.id,
  name: `${role.key} for ${member.email}`,
  fields: [
    { path: 'role', before: role.key },
    { path: 'scope', before: scopeJson(row.scope) },
  ],
});

/** Versions of the groups that Scopes name: whoever agrees to a grant agrees to what its groups held when they looked. */
export async function observedGroups(ctx: ReadContext, scopes: readonly Scope[]): Promise<Record<string, string>> {
  const named = await findGroups(ctx.db, ctx.tenantId, [...new Set(scopes.flatMap(groupsIn))]);
  return Object.fromEntries(named.map((group) => [`group ${group.id}`, String(group.version)]));
}

/** Writes a grant that `requireGivable` has looked at. */
export async function insertGrant(ctx: Context, wanted: WantedGrant, role: RoleRow, reason: string): Promise<GrantRow> {
  // Nobody widens or deletes the role between the look at it and the commit.
  const [now] = await ctx.db.select({ version: roles.version }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), eq(roles.id, role.id))).for('share'); // prettier-ignore
  if (now?.version !== role.version) throw new Problem('version-conflict', `The role ${role.key} was changed in the meantime. Look at it again.`);
  const [held] = await ctx.db.select({ count: count() }).from(grants).where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.subjectId, wanted.subjectId), unended(ctx.now()))); // prettier-ignore
  if (held!.count >= PER_PERSON) throw new Problem('grant-limit-reached', `They hold ${held!.count} grants; ${PER_PERSON} is the most.`);
  const at = ctx.now();
  const [row] = await ctx.db.insert(grants).values({ tenantId: ctx.tenantId, id: newId(), validFrom: at, ...wanted, reason, grantedBy: ctx.actor.id, createdAt: at }).returning(); // prettier-ignore
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  ctx.emit('grant.created', {
    grantId: row!.id,
    subjectId: wanted.subjectId,
    role: role.key,
    scope: wanted.scope,
    validUntil: wanted.validUntil?.toISOString() ?? null,
  });
  return row!;
}

/** Ends a grant that `requireTakeable` has looked at. */
export async function endGrant(ctx: Context, { id, subjectId }: GrantRow, role: RoleRow): Promise<void> {
  const now = ctx.now();
  const live = and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, id), isNull(grants.revokedAt));
  const { rowCount } = await ctx.db.update(grants).set({ revokedAt: now, revokedBy: ctx.actor.id, updatedAt: now }).where(live);
  if (rowCount !== 1) throw new Problem('not-found', 'The grant was revoked in the meantime.');
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  ctx.emit('grant.revoked', { grantId: id, subjectId, role: role.key });
}

/** Whoever takes these roles from anybody does so one after the other, so that the last two owners cannot go at once. */
export const lockRoles = (ctx: Context, ids: readonly string[]) =>
  ctx.db.select({ id: roles.id }).from(roles).where(and(eq(roles.tenantId, ctx.tenantId), inArray(roles.id, [...ids]))).orderBy(roles.id).for('update'); // prettier-ignore

export async function planCreate(ctx: ReadContext, said: Said): Promise<Plan> {
  const wanted = wantedOf(said);
  const { member, role } = await requireGivable(ctx, wanted);
  return {
    summary: `${member.name} becomes ${role.name}, for ${scopeText(said.scope)}${said.validUntil ? ` until ${said.validUntil}` : ''}`,
    changes: [grantCreation(role, member, wanted)],
    reversible: 'Revoke the grant.',
    observed: { [`role ${role.id}`]: String(role.version), ...(await observedGroups(ctx, [said.scope])) },
  };
}

export async function runCreate(ctx: Context, said: Said): Promise<z.input<typeof Grant>> {
  const wanted = wantedOf(said);
  const { role } = await requireGivable(ctx, wanted);
  const row = await insertGrant(ctx, wanted, role, said.reason);
  await tellRoles(ctx, [said.subjectId]);
  return grant(row, role, await ctx.provider(People).named(ctx.db, ctx.tenantId, [said.subjectId, ctx.actor.id]));
}

export async function planRevoke(ctx: ReadContext, id: string): Promise<Plan> {
  const { grant: row, role } = await findGrant(ctx, id);
  await requireTakeable(ctx, row, role);
  await requireRoleLeft(ctx, row.subjectId, new Set([id]));
  const member = await findMember(ctx, row.subjectId);
  return {
    summary: `${member.name} is no longer ${role.name} by this grant`,
    changes: [grantEnd(row, role, member)],
    reversible: 'Grant the role again.',
    observed: { [`grant ${id}`]: row.updatedAt.toISOString() },
  };
}

export async function runRevoke(ctx: Context, id: string): Promise<{ id: string }> {
  const { grant: row, role } = await findGrant(ctx, id);
  await lockRoles(ctx, [role.id]);
  await requireTakeable(ctx, row, role);
  await requireRoleLeft(ctx, row.subjectId, new Set([id]));
  await endGrant(ctx, row, role);
  await tellRoles(ctx, [row.subjectId]);
  return { id };
}
