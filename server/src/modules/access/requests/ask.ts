import type { Context, ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { findRole, openable, requireGroups } from '../granting.ts';
import { holdersOf } from '../holders.ts';
import { matchesAny } from '../patterns.ts';
import { People } from '../providers/port.ts';
import { rolesIn } from '../rights.ts';
import { riskWithin } from '../rules.ts';
import type { RoleRow } from '../tables.ts';
import { after, MOST_OPEN, TIMES } from './rules.ts';
import { DECIDE, findRequest, requireTenant, viewOf } from './store.ts';
import { accessRequests, type AccessRequestRow } from './tables.ts';

const invalid = (pointer: string, message: string): Problem => new Problem('validation-failed', message, { errors: [{ pointer, message }] });

/** The role with the least power that opens all operations of a permission. */
async function roleFor(ctx: ReadContext, permission: string): Promise<RoleRow> {
  const wanted = openable(ctx).filter((operation) => operation.permission === permission);
  if (wanted.length === 0) throw invalid('/permission', `There is no permission "${permission}".`);
  const found = (await rolesIn(ctx.db, ctx.tenantId))
    .filter(({ assignable, patterns, maxRisk }) => assignable && matchesAny(patterns, permission) && wanted.every(({ risk }) => riskWithin(risk, maxRisk)))
    .sort((a, b) => b.level - a.level || a.patterns.length - b.patterns.length);
  if (!found[0]) throw invalid('/permission', `No role of this tenant holds ${permission} at its risk. Ask an administrator to make one.`);
  return found[0];
} // prettier-ignore

/** Who is asked: people who may decide, besides the one who asks. Throws `no-eligible-approver`. */
async function approversOf(ctx: ReadContext): Promise<string[]> {
  const found = await holdersOf(ctx.db, ctx.provider(People), { tenantId: ctx.tenantId, wanted: DECIDE, targets: [], at: ctx.now(), limit: 1_000 });
  const approvers = found.filter(({ id, machine }) => !machine && id !== ctx.actor.id).map(({ id }) => id);
  if (approvers.length > 0) return approvers;
  throw new Problem('no-eligible-approver', 'Nobody else in this tenant holds accessRequests:decide, so nobody could agree.', { node: 'accessRequests:decide' }); // prettier-ignore
}

async function requireFewOpen({ db, tenantId, actor }: ReadContext): Promise<void> {
  const open = and(eq(accessRequests.tenantId, tenantId), eq(accessRequests.requesterId, actor.id), eq(accessRequests.status, 'pending'));
  const [found] = await db.select({ count: count() }).from(accessRequests).where(open);
  if (found!.count >= MOST_OPEN)
    throw new Problem('invalid-transition', `You have ${MOST_OPEN} open requests. Take one back, or wait for a decision.`);
}

function requirePerson({ actor }: ReadContext): void {
  if (actor.ownerId === undefined && actor.kind !== 'agent') return;
  throw new Problem('self-grant-forbidden', 'A person asks for access for themselves; service accounts and agents are given theirs.');
}

export interface Asked {
  roleId?: string | undefined;
  permission?: string | undefined;
  scope: Scope;
  minutes: number;
  startAt?: string | undefined;
  reason: string;
}

async function store(ctx: Context, values: Pick<AccessRequestRow, 'roleId' | 'permission' | 'scope' | 'minutes' | 'startAt' | 'reason' | 'extendsId'>, role: RoleRow) {
  const approvers = await approversOf(ctx);
  const at = ctx.now();
  const [row] = await ctx.db
    .insert(accessRequests)
    .values({ ...values, tenantId: ctx.tenantId, id: newId(), requesterId: ctx.actor.id, status: 'pending', expiresAt: after(at, TIMES.undecidedHours * 60), createdAt: at, updatedAt: at })
    .returning()
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem('invalid-transition', 'It has been extended once already, or that is being asked for.') : error;
    });
  ctx.emit('accessRequest.requested', { requestId: row!.id, requesterId: ctx.actor.id, requester: ctx.actor.name, role: role.key, minutes: values.minutes, reason: values.reason, approvers });
  return viewOf(ctx, row!);
} // prettier-ignore

/** Asks for a role, or for the least of those that hold a permission, for some time. */
export async function askForAccess(ctx: Context, { roleId, permission, scope, minutes, startAt, reason }: Asked) {
  requireTenant(ctx);
  requirePerson(ctx);
  if ((roleId === undefined) === (permission === undefined)) throw invalid('/roleId', 'Name a role or a permission, one of the two.');
  const role = roleId === undefined ? await roleFor(ctx, permission!) : await findRole(ctx, roleId);
  if (!role.assignable) throw invalid('/roleId', `The role ${role.key} is not given by a grant; it changes hands by transfer only.`);
  await requireGroups(ctx, scope);
  await requireFewOpen(ctx);
  const start = startAt === undefined ? null : new Date(startAt);
  if (start && (start <= ctx.now() || start > after(ctx.now(), TIMES.aheadDays * 1_440))) throw invalid('/startAt', `Later than now, and at most ${TIMES.aheadDays} days ahead.`);
  return store(ctx, { roleId: role.id, permission: permission ?? null, scope, minutes, startAt: start, reason, extendsId: null }, role);
} // prettier-ignore

/** Asks for more time, once, while it is in force. */
export async function askForMore(ctx: Context, { id, minutes, reason }: { id: string; minutes: number; reason: string }) {
  const row = await findRequest(ctx, id, true);
  const { actions } = await viewOf(ctx, row);
  if (!actions.extend) throw new Problem('invalid-transition', 'Only access of yours that is in force is extended, and once.', { state: row.status });
  const role = await findRole(ctx, row.roleId);
  return store(ctx, { roleId: row.roleId, permission: row.permission, scope: row.scope, minutes, startAt: null, reason, extendsId: row.id }, role);
}
