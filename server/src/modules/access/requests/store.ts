import { NO_TENANT, type ReadContext } from '#kernel/context.ts';
import { and, eq, inArray } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { matchesAny, withinCap } from '../patterns.ts';
import { People } from '../providers/port.ts';
import { deniesHolding, isValid, type Wanted } from '../rules.ts';
import { giverOf } from '../granting.ts';
import { grants, roles } from '../tables.ts';
import { phaseOf } from './rules.ts';
import type { AccessRequest } from './schemas.ts';
import { accessRequests, type AccessRequestRow } from './tables.ts';

export const DECIDE: Wanted = { name: 'accessRequests.approve', permission: 'accessRequests:decide', risk: 'high' };

/** Throws `tenant-required` for somebody who works in no tenant. */
export function requireTenant({ tenantId }: ReadContext): void {
  if (tenantId === NO_TENANT) throw new Problem('tenant-required', 'Choose the tenant in which you need access (auth.switchTenant).');
}

/** May the caller decide on requests of others at all? The Gate lets everybody to their own, so what it would refuse for others is refused here. */
export async function mayDecide(ctx: ReadContext): Promise<boolean> {
  const { ownerId, kind, permissionCap, limitedTo } = ctx.actor;
  if (ownerId !== undefined || kind === 'agent' || limitedTo !== undefined || !withinCap(permissionCap, DECIDE.permission)) return false;
  const { rights, denies = [] } = await giverOf(ctx);
  const at = ctx.now();
  if (deniesHolding(denies, DECIDE.permission, at).length > 0) return false;
  return rights.some((right) => isValid(right, at) && right.maxRisk === 'high' && matchesAny(right.patterns, DECIDE.permission));
}

const notFound = (): Problem => new Problem('not-found', 'There is no such request for access in this tenant.');

/** One that concerns the caller: their own, or one they may decide on. To others it does not exist. */
export async function findRequest(ctx: ReadContext, id: string, lock = false): Promise<AccessRequestRow> {
  requireTenant(ctx);
  const query = ctx.db
    .select()
    .from(accessRequests)
    .where(and(eq(accessRequests.tenantId, ctx.tenantId), eq(accessRequests.id, id)));
  const [row] = await (lock ? query.for('update') : query);
  if (!row || (row.requesterId !== ctx.actor.id && !(await mayDecide(ctx)))) throw notFound();
  return row;
}

/** What the rows refer to, read at once for all of them. */
async function surroundings(ctx: ReadContext, rows: readonly AccessRequestRow[]) {
  const { db, tenantId, provider } = ctx;
  const named = <T>(values: readonly (T | null)[]): T[] => [...new Set(values.filter((one) => one !== null))];
  const people = await provider(People).named(db, tenantId, named(rows.flatMap(({ requesterId, decidedBy }) => [requesterId, decidedBy])));
  const roleRows = await db.select().from(roles).where(and(eq(roles.tenantId, tenantId), inArray(roles.id, named(rows.map(({ roleId }) => roleId))))); // prettier-ignore
  const grantRows = await db.select().from(grants).where(and(eq(grants.tenantId, tenantId), inArray(grants.id, named(rows.map(({ grantId }) => grantId))))); // prettier-ignore
  const lengthened = await db.select({ id: accessRequests.extendsId }).from(accessRequests).where(and(eq(accessRequests.tenantId, tenantId), inArray(accessRequests.extendsId, rows.map(({ id }) => id)), inArray(accessRequests.status, ['pending', 'approved', 'ended']))); // prettier-ignore
  return {
    who: (id: string) => ({ id, name: people.get(id)?.name ?? 'A former member', email: people.get(id)?.email ?? '' }),
    roles: new Map(roleRows.map((role) => [role.id, role])),
    grants: new Map(grantRows.map((grant) => [grant.id, grant])),
    lengthened: new Set(lengthened.map(({ id }) => id)),
    decides: await mayDecide(ctx),
    me: ctx.actor.id,
    at: ctx.now(),
  };
}
type Around = Awaited<ReturnType<typeof surroundings>>;
type Phase = AccessRequest['status'];

function actionsOf(row: AccessRequestRow, status: Phase, { me, decides, lengthened }: Around): AccessRequest['actions'] {
  const mine = row.requesterId === me;
  const inForce = (status === 'active' || status === 'scheduled') && row.extendsId === null;
  return {
    decide: status === 'pending' && !mine && decides,
    cancel: status === 'pending' && mine,
    end: inForce && (mine || decides),
    extend: inForce && mine && !lengthened.has(row.id),
  };
}

function view(row: AccessRequestRow, around: Around): AccessRequest {
  const { id, key, name } = around.roles.get(row.roleId)!;
  const grant = row.grantId === null ? undefined : around.grants.get(row.grantId);
  const status = phaseOf(row, grant, around.at);
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    id: row.id,
    requester: around.who(row.requesterId),
    role: { id, key, name },
    permission: row.permission,
    scope: row.scope,
    minutes: row.minutes,
    startAt: time(row.startAt),
    reason: row.reason,
    status,
    expiresAt: row.expiresAt.toISOString(),
    decidedBy: row.decidedBy === null ? null : around.who(row.decidedBy),
    decidedAt: time(row.decidedAt),
    comment: row.comment,
    grant: grant?.validUntil ? { id: grant.id, from: grant.validFrom.toISOString(), until: grant.validUntil.toISOString() } : null,
    extendsId: row.extendsId,
    createdAt: row.createdAt.toISOString(),
    actions: actionsOf(row, status, around),
  };
}

export async function viewsOf(ctx: ReadContext, rows: readonly AccessRequestRow[]): Promise<AccessRequest[]> {
  if (rows.length === 0) return [];
  const around = await surroundings(ctx, rows);
  return rows.map((row) => view(row, around));
}
export const viewOf = async (ctx: ReadContext, row: AccessRequestRow): Promise<AccessRequest> => (await viewsOf(ctx, [row]))[0]!;
