import type { Context } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { Machinery } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { findChange, transition } from '../store.ts';
import { approvalDecisions, approvalRequests, type ApprovalRow, type ChangeRow } from '../tables.ts';
import { electorate, linkedTo, placesOf, voicesOf, type Electorate } from './electorate.ts';
import { requireMayDecide } from './hindrance.ts';
import { REASON_LENGTH } from './rules.ts';
import { announced, closeRequest, decisionsOf, findRequest, requestOf } from './store.ts';
import { joined, satisfied } from './tree.ts';

export interface Verdict {
  /** Of the request, or of the Change by id or number. */
  id: string;
  verdict: 'approved' | 'rejected';
  comment: string | undefined;
  planHash: string | undefined;
  /** Decide in the place of this person, who has delegated to the caller. */
  onBehalfOf?: string | undefined;
}

/** Throws `comment-required` when a rejection does not say why. */
export function requireReason(comment: string | undefined): void {
  if ((comment?.trim().length ?? 0) >= REASON_LENGTH) return;
  throw new Problem('comment-required', 'Say in at least five characters why you reject it.', {
    errors: [{ pointer: '/comment', message: 'At least five characters' }],
  });
}

/** For whom the caller decides: in their own right where they have one, else for the first of those who delegated to them. */
function placeFor(change: ChangeRow, who: Electorate, me: string, wanted: string | undefined): { id: string; name: string } | null {
  const places = placesOf(who, me);
  if (wanted !== undefined && wanted !== me) {
    const place = places.find(({ id }) => id === wanted);
    if (!place) throw new Problem('not-eligible', 'That person has not delegated this decision to you, or may not decide on it themselves.');
    return place;
  }
  if (who.eligible.has(me)) return null;
  if (places[0]) return places[0];
  throw new Problem('not-eligible', `No rule that ${numberText(change.number)} waits for asks for you.`);
}

async function insertDecision(ctx: Context, change: ChangeRow, request: ApprovalRow, said: Verdict, who: Electorate): Promise<void> {
  const place = placeFor(change, who, ctx.actor.id, said.onBehalfOf);
  const { proof, ip, id, name } = ctx.actor;
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    requestId: request.id,
    deciderId: id,
    deciderName: name,
    verdict: said.verdict,
    comment: said.comment ?? null,
    planHash: request.planHash,
    surface: ctx.surface,
    onBehalfOf: place?.id ?? null,
    onBehalfOfName: place?.name ?? null,
    linked: linkedTo(who, id),
    factors: [...(proof?.factors ?? [])],
    level: proof?.level ?? null,
    ip,
    createdAt: ctx.now(),
  };
  await ctx.db.insert(approvalDecisions).values(row).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Problem('approval-closed', `You have decided on ${numberText(change.number)} already.`) : error;
  }); // prettier-ignore
}

/**
 * One person's verdict on exactly the plan they have seen. The Change is locked first, so two verdicts at once are taken one after the
 * other; a late one is refused even when the expiry job has not run yet. Who may decide is read afresh, for earlier verdicts too.
 */
export async function decide(ctx: Context, said: Verdict): Promise<ChangeRow> {
  if (said.verdict === 'rejected') requireReason(said.comment);
  const change = await findChange(ctx.db, ctx.tenantId, (await findRequest(ctx, said.id)).change.id, true);
  ctx.changeId = change.id;
  const request = await requestOf(ctx, change.id);
  if (!request) throw new Problem('approval-closed', `${numberText(change.number)} has no request.`);
  await requireMayDecide(ctx, change, request);
  if (request.expiresAt <= ctx.now())
    throw new Problem('approval-expired', `The request for ${numberText(change.number)} expired at ${request.expiresAt.toISOString()}.`);
  if (said.planHash !== undefined && said.planHash !== request.planHash)
    throw new Problem('plan-superseded', `${numberText(change.number)} has another plan now. Read it, then decide.`);

  const tree = joined(request.requirements);
  const who = await electorate(ctx, change, tree, request);
  await insertDecision(ctx, change, request, said, who);
  const agreed = said.verdict === 'approved' && satisfied(tree, voicesOf(await decisionsOf(ctx, request.id)), who.facts);
  const status = said.verdict === 'rejected' ? 'rejected' : agreed ? 'approved' : 'partially_approved';
  ctx.emit('approval.decided', { ...announced(change, request), verdict: said.verdict, by: ctx.actor.id, status, recipients: [request.requesterId] });
  if (status === 'partially_approved') {
    const mine = and(eq(approvalRequests.tenantId, ctx.tenantId), eq(approvalRequests.id, request.id));
    await ctx.db.update(approvalRequests).set({ status, updatedAt: ctx.now() }).where(mine);
    return change;
  }
  await closeRequest(ctx, change, status);
  if (status === 'rejected') return transition(ctx, change, 'rejected');
  // The day in which it may start begins now, with the last approval.
  const approved = await transition(ctx, change, 'approved', { approvedAt: ctx.now() });
  await ctx.provider(Machinery).jobs.enqueue(ctx.db, 'change', { tenantId: ctx.tenantId, changeId: change.id });
  return approved;
}
