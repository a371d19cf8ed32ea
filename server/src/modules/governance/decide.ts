import { and, eq } from 'drizzle-orm';
import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { Machinery } from './providers/port.ts';
import { numberText, resultOf } from './rules.ts';
import { closeRequest, findChange, transition } from './store.ts';
import { approvalDecisions, approvalRequests, type ApprovalRow, type ChangeRow } from './tables.ts';
import { decisionHindrance } from './view.ts';

interface Verdict {
  id: string;
  verdict: 'approved' | 'rejected';
  comment: string | undefined;
  planHash: string | undefined;
}

async function openRequest(ctx: Context, change: ChangeRow): Promise<ApprovalRow> {
  const mine = and(eq(approvalRequests.tenantId, ctx.tenantId), eq(approvalRequests.changeId, change.id), eq(approvalRequests.status, 'pending'));
  const [request] = await ctx.db.select().from(approvalRequests).where(mine);
  if (!request) throw new Problem('approval-closed', `${numberText(change.number)} has no open request.`);
  return request;
}

/**
 * One person's verdict on exactly the plan they have seen. The Change is locked first, so two verdicts at once are taken one after the
 * other; a late one is refused even when the expiry job has not run yet.
 */
export async function decide(ctx: Context, { id, verdict, comment, planHash }: Verdict): Promise<ChangeRow> {
  const change = await findChange(ctx.db, ctx.tenantId, id, true);
  const hindrance = decisionHindrance(change, ctx, ctx.reach);
  if (hindrance) throw hindrance;
  const request = await openRequest(ctx, change);
  if (request.expiresAt <= ctx.now())
    throw new Problem('approval-expired', `The request for ${numberText(change.number)} expired at ${request.expiresAt.toISOString()}.`);
  if (planHash !== undefined && planHash !== request.planHash)
    throw new Problem('plan-superseded', `${numberText(change.number)} has another plan now. Read it, then decide.`);

  const decision = {
    tenantId: ctx.tenantId,
    id: newId(),
    requestId: request.id,
    deciderId: ctx.actor.id,
    deciderName: ctx.actor.name,
    verdict,
    comment: comment ?? null,
    planHash: request.planHash,
    surface: ctx.surface,
  };
  await ctx.db.insert(approvalDecisions).values(decision).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('approval-closed', `You have decided on ${numberText(change.number)} already.`) : error;
  }); // prettier-ignore
  ctx.emit('approval.decided', { changeId: change.id, number: numberText(change.number), verdict, by: ctx.actor.id });

  const all = await ctx.db
    .select()
    .from(approvalDecisions)
    .where(and(eq(approvalDecisions.tenantId, ctx.tenantId), eq(approvalDecisions.requestId, request.id)));
  const result = resultOf(all, request.needed);
  if (result === 'pending') return change;
  await closeRequest(ctx, change.id, result);
  if (result === 'rejected') return transition(ctx, change, 'rejected');
  const approved = await transition(ctx, change, 'approved', { approvedAt: ctx.now() });
  await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id });
  return approved;
}
