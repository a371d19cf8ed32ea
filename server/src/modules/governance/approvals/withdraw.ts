import type { Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { numberText } from '../rules.ts';
import { findChange, transition } from '../store.ts';
import { approvalDecisions, approvalRequests, type ApprovalRow, type ChangeRow } from '../tables.ts';
import { askForApproval } from './ask.ts';
import { isOpenRequest } from './rules.ts';
import { announced, closeRequest, decisionsOf, findRequest, requestOf } from './store.ts';

/** Why somebody cannot take their approval back, or null when they can. */
export function withdrawHindrance(
  change: Pick<ChangeRow, 'state' | 'accepted'>,
  request: Pick<ApprovalRow, 'status'>,
  hasApproved: boolean,
): string | null {
  if (!hasApproved) return 'you have not approved it';
  if (isOpenRequest(request.status)) return null;
  if (request.status !== 'approved') return 'the request is closed';
  return (change.state === 'approved' || change.state === 'scheduled') && !change.accepted ? null : 'it has been started';
}

/**
 * Takes the caller's own approval back, as long as the Change has not been started. What had been approved waits again, with a request
 * of its own: everybody decides afresh. A job that was to start it finds it waiting and lets it be.
 */
export async function withdraw(ctx: Context, { id, comment }: { id: string; comment: string | undefined }): Promise<ChangeRow> {
  const change = await findChange(ctx.db, ctx.tenantId, (await findRequest(ctx, id)).change.id, true);
  ctx.changeId = change.id;
  const request = await requestOf(ctx, change.id);
  const decisions = request ? await decisionsOf(ctx, request.id) : [];
  const own = decisions.find(({ deciderId, verdict }) => deciderId === ctx.actor.id && verdict === 'approved');
  const why = request ? withdrawHindrance(change, request, own !== undefined) : 'there is no request';
  if (!request || !own || why) throw new Problem('invalid-transition', `${numberText(change.number)}: ${why}.`, { state: change.state });
  const at = ctx.now();
  await ctx.db
    .update(approvalDecisions)
    .set({ withdrawnAt: at })
    .where(and(eq(approvalDecisions.tenantId, ctx.tenantId), eq(approvalDecisions.id, own.id)));
  const told = { ...announced(change, request), by: ctx.actor.id, reason: comment ?? null, recipients: [request.requesterId] };
  const mine = and(eq(approvalRequests.tenantId, ctx.tenantId), eq(approvalRequests.id, request.id));
  if (isOpenRequest(request.status)) {
    const status = decisions.length > 1 ? ('partially_approved' as const) : ('pending' as const);
    await ctx.db.update(approvalRequests).set({ status, updatedAt: at }).where(mine);
    ctx.emit('approval.revoked', { ...told, status });
    return change;
  }
  await ctx.db.update(approvalRequests).set({ status: 'revoked', closedAt: at, updatedAt: at }).where(mine);
  ctx.emit('approval.revoked', { ...told, status: 'revoked' });
  const waiting = await transition(ctx, change, 'awaiting_approval', { approvedAt: null });
  await askForApproval(ctx, waiting);
  return findChange(ctx.db, ctx.tenantId, change.id);
}

/** Gives an open request up: the Change ends as cancelled. */
export async function cancelRequest(ctx: Context, id: string): Promise<ChangeRow> {
  const change = await findChange(ctx.db, ctx.tenantId, (await findRequest(ctx, id)).change.id, true);
  ctx.changeId = change.id;
  if (change.state !== 'awaiting_approval')
    throw new Problem('approval-closed', `${numberText(change.number)} is ${change.state.replaceAll('_', ' ')}; there is no request to give up.`);
  await closeRequest(ctx, change, 'cancelled');
  return transition(ctx, change, 'cancelled');
}
