import type { Context } from '#kernel/context.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { insertGrant } from '../grant-writes.ts';
import { findRole, openable, requireGivable } from '../granting.ts';
import { RightsChanged } from '../providers/port.ts';
import { grants, type GrantRow } from '../tables.ts';
import { after, extendedEnd, widened } from './rules.ts';
import { findRequest } from './store.ts';
import { accessRequests, type AccessRequestRow } from './tables.ts';

export interface Terms {
  id: string;
  roleId?: string | undefined;
  scope?: Scope | undefined;
  minutes?: number | undefined;
  comment?: string | undefined;
}

const NAMES = { role: '/roleId', scope: '/scope', minutes: '/minutes' } as const;

/** An open request that the caller may decide on; held until the transaction ends. */
async function openRequest(ctx: Context, id: string): Promise<AccessRequestRow> {
  const row = await findRequest(ctx, id, true);
  if (row.status !== 'pending') throw new Problem('invalid-transition', `The request is ${row.status}.`, { state: row.status });
  if (row.expiresAt <= ctx.now()) throw new Problem('invalid-transition', 'The request has expired. They may ask again.', { state: 'expired' });
  if (row.requesterId === ctx.actor.id || row.requesterId === ctx.actor.ownerId)
    throw new Problem('self-grant-forbidden', 'Nobody agrees to access for themselves. Somebody else has to.');
  return row;
}

async function keep(ctx: Context, { id }: AccessRequestRow, patch: Partial<AccessRequestRow>): Promise<AccessRequestRow> {
  const mine = and(eq(accessRequests.tenantId, ctx.tenantId), eq(accessRequests.id, id));
  const [row] = await ctx.db.update(accessRequests).set({ ...patch, updatedAt: ctx.now() }).where(mine).returning(); // prettier-ignore
  return row!;
}

/** The grant that an extension lengthens, while it is in force. */
async function liveGrant(ctx: Context, requestId: string): Promise<GrantRow & { validUntil: Date }> {
  const mine = and(eq(accessRequests.tenantId, ctx.tenantId), eq(accessRequests.id, requestId));
  const [found] = await ctx.db
    .select({ grant: grants })
    .from(accessRequests)
    .innerJoin(grants, and(eq(grants.tenantId, accessRequests.tenantId), eq(grants.id, accessRequests.grantId), isNull(grants.revokedAt)))
    .where(mine)
    .for('update');
  const grant = found?.grant;
  if (!grant?.validUntil || grant.validUntil <= ctx.now()) throw new Problem('invalid-transition', 'What should be extended has ended already.');
  return { ...grant, validUntil: grant.validUntil };
}

async function lengthen(ctx: Context, row: AccessRequestRow, minutes: number): Promise<Partial<AccessRequestRow>> {
  const grant = await liveGrant(ctx, row.extendsId!);
  const endsAt = extendedEnd(grant, minutes);
  const wanted = { subjectId: row.requesterId, roleId: grant.roleId, scope: grant.scope, validUntil: endsAt };
  await requireGivable(ctx, wanted);
  await ctx.db.update(grants).set({ validUntil: endsAt, updatedAt: ctx.now() }).where(and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, grant.id)));
  await ctx.db.update(accessRequests).set({ endsAt, updatedAt: ctx.now() }).where(and(eq(accessRequests.tenantId, ctx.tenantId), eq(accessRequests.id, row.extendsId!)));
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  return { grantId: grant.id, endsAt };
} // prettier-ignore

/** Gives what was asked for, or less: by somebody who could give it, for so long, from its beginning on. */
export async function approve(ctx: Context, { id, roleId, scope, minutes, comment }: Terms): Promise<AccessRequestRow> {
  const row = await openRequest(ctx, id);
  const asked = { role: await findRole(ctx, row.roleId), scope: row.scope, minutes: row.minutes };
  const given = { role: roleId === undefined ? asked.role : await findRole(ctx, roleId), scope: scope ?? row.scope, minutes: minutes ?? row.minutes };
  const more = widened(asked, given, openable(ctx));
  if (more.length > 0)
    throw new Problem('validation-failed', `You may give less than was asked for, not more: ${more.join(', ')}.`, {
      errors: more.map((name) => ({ pointer: NAMES[name], message: 'More than was asked for' })),
    });
  const decided = { status: 'approved' as const, decidedBy: ctx.actor.id, decidedAt: ctx.now(), comment: comment ?? null, roleId: given.role.id, scope: given.scope, minutes: given.minutes };
  const told = { requestId: row.id, requesterId: row.requesterId, role: given.role.key, by: ctx.actor.id, recipients: [row.requesterId] };
  if (row.extendsId !== null) {
    const lengthened = await lengthen(ctx, row, given.minutes);
    ctx.emit('accessRequest.approved', { ...told, until: lengthened.endsAt!.toISOString() });
    return keep(ctx, row, { ...decided, ...lengthened });
  }
  const validFrom = row.startAt !== null && row.startAt > ctx.now() ? row.startAt : ctx.now();
  const validUntil = after(validFrom, given.minutes);
  const wanted = { subjectId: row.requesterId, roleId: given.role.id, scope: given.scope, validUntil };
  const { role } = await requireGivable(ctx, wanted);
  const grant = await insertGrant(ctx, { ...wanted, validFrom }, role, `For a time: ${row.reason}`.slice(0, 500));
  ctx.emit('accessRequest.approved', { ...told, from: validFrom.toISOString(), until: validUntil.toISOString() });
  return keep(ctx, row, { ...decided, grantId: grant.id, endsAt: validUntil });
} // prettier-ignore

export async function reject(ctx: Context, id: string, comment: string): Promise<AccessRequestRow> {
  const row = await openRequest(ctx, id);
  const role = await findRole(ctx, row.roleId);
  ctx.emit('accessRequest.rejected', { requestId: row.id, requesterId: row.requesterId, role: role.key, by: ctx.actor.id, comment, recipients: [row.requesterId] }); // prettier-ignore
  return keep(ctx, row, { status: 'rejected', decidedBy: ctx.actor.id, decidedAt: ctx.now(), comment });
}

/** Takes one's own request back before it is decided. */
export async function cancel(ctx: Context, id: string): Promise<AccessRequestRow> {
  const row = await findRequest(ctx, id, true);
  if (row.requesterId !== ctx.actor.id) throw new Problem('permission-denied', 'Only who asked for access takes the request back.');
  if (row.status !== 'pending') throw new Problem('invalid-transition', `The request is ${row.status}.`, { state: row.status });
  return keep(ctx, row, { status: 'cancelled' });
}

/** Ends access before its time: by who has it, or by who may decide on such requests. */
export async function end(ctx: Context, id: string): Promise<AccessRequestRow> {
  const row = await findRequest(ctx, id, true);
  if (row.status !== 'approved' || row.grantId === null || row.extendsId !== null)
    throw new Problem('invalid-transition', 'There is no access of this request that could end.', { state: row.status });
  const at = ctx.now();
  const live = and(eq(grants.tenantId, ctx.tenantId), eq(grants.id, row.grantId), isNull(grants.revokedAt));
  await ctx.db.update(grants).set({ revokedAt: at, revokedBy: ctx.actor.id, updatedAt: at }).where(live);
  ctx.provider(RightsChanged).changing(ctx.tenantId);
  const { key } = await findRole(ctx, row.roleId);
  ctx.emit('grant.revoked', { grantId: row.grantId, subjectId: row.requesterId, role: key });
  ctx.emit('accessRequest.ended', { requestId: row.id, requesterId: row.requesterId, role: key, by: ctx.actor.id, recipients: [row.requesterId] });
  return keep(ctx, row, { status: 'ended', endsAt: at, endedBy: ctx.actor.id });
}
