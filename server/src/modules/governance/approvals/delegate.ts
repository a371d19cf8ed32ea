import type { Context } from '#kernel/context.ts';
import { and, eq, gt, isNull, lt } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Scope } from '#kernel/scope.ts';
import { Rights } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { findChange } from '../store.ts';
import { approvalDelegations, type ChangeRow, type DelegationRow } from '../tables.ts';
import { barredFrom, electorate } from './electorate.ts';
import { requireMayDecide } from './hindrance.ts';
import { TIMES } from './rules.ts';
import { announced, decisionsOf, delegationsOf, findRequest, requestOf } from './store.ts';
import { joined } from './tree.ts';

const wrongDelegate = (text: string): Problem => new Problem('not-eligible', text, { errors: [{ pointer: '/to', message: text }] });

async function insertDelegation(
  ctx: Context,
  to: { id: string; name: string },
  more: { requestId: string | null; scope: Scope | null; reason: string; validFrom: Date; validUntil: Date },
): Promise<DelegationRow> {
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    delegatorId: ctx.actor.id,
    delegatorName: ctx.actor.name,
    delegateId: to.id,
    delegateName: to.name,
    ...more,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  };
  const [made] = await ctx.db.insert(approvalDelegations).values(row).returning();
  return made!;
}

/** Hands one decision on: only one's own, only to somebody who may decide on it, never to who had a hand in the Change. */
export async function delegateRequest(ctx: Context, { id, to, reason }: { id: string; to: string; reason: string }): Promise<ChangeRow> {
  const change = await findChange(ctx.db, ctx.tenantId, (await findRequest(ctx, id)).change.id, true);
  ctx.changeId = change.id;
  const request = await requestOf(ctx, change.id);
  if (!request) throw new Problem('approval-closed', `${numberText(change.number)} has no request.`);
  const deciding = await ctx.provider(Rights).permit(ctx.db, ctx.actor, { name: 'approvals.approve', permission: 'approvals:decide', risk: 'high' });
  await requireMayDecide({ ...ctx, reach: deciding }, change, request);
  if (to === ctx.actor.id) throw wrongDelegate('You decide yourself already.');
  const who = await electorate(ctx, change, joined(request.requirements), request);
  if (!who.eligible.has(ctx.actor.id)) throw new Problem('not-eligible', 'Who stands in for somebody, or is not asked, hands nothing on.');
  if ((await barredFrom(ctx, change, request)).has(to))
    throw new Problem('self-approval-forbidden', 'They asked for this Change, had a hand in it or stand in for who did; hand it to somebody else.');
  const name = who.names.get(to);
  if (name === undefined) throw wrongDelegate('They may not decide on this Change: they lack approvals:decide over every target.');
  if ((await decisionsOf(ctx, request.id)).some(({ deciderId }) => deciderId === ctx.actor.id))
    throw new Problem('approval-closed', `You have decided on ${numberText(change.number)} already.`);
  const given = who.delegations.some((one) => one.requestId === request.id && one.delegatorId === ctx.actor.id && one.delegateId === to);
  if (given) return change;
  await insertDelegation(ctx, { id: to, name }, { requestId: request.id, scope: null, reason, validFrom: ctx.now(), validUntil: request.expiresAt });
  ctx.emit('approval.delegated', { ...announced(change, request), from: ctx.actor.id, to, approvers: [to], recipients: [ctx.actor.id], reason });
  return change;
}

/** Somebody decides in the caller's place while they are away. Whether they may decide on a request is looked at then. */
export async function delegateWhileAway(
  ctx: Context,
  { to, from, until, scope, reason }: { to: string; from: Date; until: Date; scope: Scope | null; reason: string },
): Promise<DelegationRow> {
  const { actor, tenantId, db } = ctx;
  if (actor.ownerId !== undefined || actor.kind === 'agent') throw new Problem('not-eligible', 'Only a person decides, so only a person delegates.');
  if (to === actor.id) throw wrongDelegate('Choose somebody else than yourself.');
  if (until <= from || until <= ctx.now() || until.getTime() - from.getTime() > TIMES.delegationDays * 86_400_000)
    throw new Problem('delegation-invalid', `An absence ends after it begins, is not over yet and lasts at most ${TIMES.delegationDays} days.`, {
      errors: [{ pointer: '/until', message: `At most ${TIMES.delegationDays} days after it begins` }],
    });
  const holders = await ctx.provider(Rights).holders(db, tenantId, 'approvals:decide', []);
  const delegate = holders.find(({ id }) => id === to);
  if (!delegate) throw wrongDelegate('They may decide on nothing: they lack approvals:decide.');
  const others = await delegationsOf(db, tenantId, [actor.id], ctx.now());
  // Depth one: who stands in for somebody does not hand that on, so nobody expects it of a chain.
  const own = others.filter(({ delegatorId, requestId }) => delegatorId === actor.id && requestId === null);
  if (own.length >= TIMES.delegationsPerPerson)
    throw new Problem('delegation-invalid', `You have delegated to ${own.length} people; that is the most.`);
  const clash = await db
    .select({ id: approvalDelegations.id })
    .from(approvalDelegations)
    .where(
      and(
        eq(approvalDelegations.tenantId, tenantId),
        eq(approvalDelegations.delegatorId, actor.id),
        eq(approvalDelegations.delegateId, to),
        isNull(approvalDelegations.requestId),
        isNull(approvalDelegations.revokedAt),
        lt(approvalDelegations.validFrom, until),
        gt(approvalDelegations.validUntil, from),
      ),
    );
  if (clash.length > 0) throw new Problem('delegation-invalid', `You have delegated to ${delegate.name} for part of that time already.`);
  const made = await insertDelegation(ctx, delegate, { requestId: null, scope, reason, validFrom: from, validUntil: until });
  ctx.emit('approval.delegated', {
    delegationId: made.id, from: actor.id, to, approvers: [to], recipients: [actor.id], reason, validFrom: from.toISOString(), validUntil: until.toISOString(),
  }); // prettier-ignore
  return made;
}
