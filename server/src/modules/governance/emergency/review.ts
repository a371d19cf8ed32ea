import type { Actor, Context } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { coveringGrant, type Reach } from '#kernel/scope.ts';
import { requireReason } from '../approvals/decide.ts';
import { barredFrom } from '../approvals/electorate.ts';
import { Rosters } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { findChange } from '../store.ts';
import { emergencies, type ChangeRow, type EmergencyRow } from '../tables.ts';
import { isInvolved, type ReviewVerdict } from './rules.ts';
import { requireEmergency } from './store.ts';

/** Why somebody may not review an emergency, or null. `deciding` is what they reach with `approvals:decide`. */
export function reviewHindrance(change: ChangeRow, row: EmergencyRow, actor: Actor, deciding: Reach): Problem | null {
  const number = numberText(change.number);
  if (row.reviewedAt !== null) return new Problem('approval-closed', `${number} has been reviewed.`);
  if (deciding.length === 0) return new Problem('permission-denied', 'Reviewing an emergency needs approvals:decide (roles approver, admin and owner hold it).');
  if (isInvolved(change, row.userId, actor)) return new Problem('self-approval-forbidden', `You had a hand in ${number}; somebody independent has to review it.`);
  if (actor.ownerId !== undefined || actor.kind === 'agent') return new Problem('not-eligible', 'A person has to review it.');
  if (coveringGrant(deciding, change.targets) === undefined) return new Problem('not-eligible', `Your Scope does not cover every target of ${number}.`);
  return null;
} // prettier-ignore

/** An independent person's word on an emergency; once, and with a reason. */
export async function review(ctx: Context, { id, verdict, comment }: { id: string; verdict: ReviewVerdict; comment: string }): Promise<ChangeRow> {
  requireReason(comment);
  const change = await findChange(ctx.db, ctx.tenantId, id, true);
  ctx.changeId = change.id;
  const row = await requireEmergency(ctx, change);
  const hindrance = reviewHindrance(change, row, ctx.actor, ctx.reach);
  if (hindrance) throw hindrance;
  // Who stands in for somebody involved is no more independent than they are.
  const barred = await barredFrom(ctx, { ...change, implementer: { ...change.requester, id: row.userId } });
  if (barred.has(ctx.actor.id))
    throw new Problem('self-approval-forbidden', 'You stand in for somebody who had a hand in this; somebody independent has to review it.');
  const at = ctx.now();
  const said = { verdict, reviewerId: ctx.actor.id, reviewerName: ctx.actor.name, reviewComment: comment.trim(), reviewedAt: at };
  await ctx.db
    .update(emergencies)
    .set({ ...said, nextReminderAt: null, updatedAt: at })
    .where(and(eq(emergencies.tenantId, ctx.tenantId), eq(emergencies.id, row.id)));
  const admins = await Promise.all(['owner', 'admin'].map((role) => ctx.provider(Rosters).inRole(ctx.db, ctx.tenantId, role)));
  ctx.emit('emergency.reviewed', {
    emergencyId: row.id,
    changeId: change.id,
    number: numberText(change.number),
    operation: change.operation,
    summary: change.summary,
    verdict,
    comment: said.reviewComment,
    by: ctx.actor.id,
    recipients: [...new Set([row.userId, ...admins.flat()])],
  });
  return change;
}
