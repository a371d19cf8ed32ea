import type { Context } from '#kernel/context.ts';
import { and, eq, gt, sql } from '#kernel/drizzle.ts';
import type { Steps } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { requireProof } from '#kernel/proof.ts';
import { coveringGrant } from '#kernel/scope.ts';
import { EmergencyLimits, Rights } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { emergencies, type ChangeRow } from '../tables.ts';
import { EMERGENCY, nextAllowed, unfit } from './rules.ts';
import { toldOf } from './told.ts';

/** What accompanies an emergency: what it is, and the ticket it belongs to. */
export type Reason = Pick<Context, 'comment' | 'ticket'>;

function requireReason({ comment, ticket }: Reason): void {
  if ((comment?.trim().length ?? 0) < EMERGENCY.reasonLength)
    throw new Problem('comment-required', `Say in at least ${EMERGENCY.reasonLength} characters what the emergency is.`, {
      minLength: EMERGENCY.reasonLength,
      errors: [{ pointer: '/comment', message: `At least ${EMERGENCY.reasonLength} characters` }],
    });
  if (!ticket?.trim())
    throw new Problem('ticket-required', 'Name the ticket that the emergency belongs to.', { errors: [{ pointer: '/ticket', message: 'Required' }] });
}

/** Throws `emergency-limit-reached`. Two calls at once of one person are counted one after the other. */
async function requireLeft(ctx: Context): Promise<void> {
  const { db, tenantId, actor } = ctx;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`emergency ${tenantId} ${actor.id}`}, 0))`);
  const since = new Date(ctx.now().getTime() - EMERGENCY.windowMs);
  const mine = and(eq(emergencies.tenantId, tenantId), eq(emergencies.userId, actor.id), gt(emergencies.usedAt, since));
  const used = await db.select({ at: emergencies.usedAt }).from(emergencies).where(mine);
  const most = await ctx.provider(EmergencyLimits).perDay(db, tenantId);
  const next = nextAllowed(used.map(({ at }) => at), most, ctx.now()); // prettier-ignore
  if (!next) return;
  throw new Problem(
    'emergency-limit-reached',
    most === 0 ? 'This tenant takes no emergencies.' : `You have declared ${used.length} emergencies within 24 h; ${most} is the most. The next is possible at ${next.toISOString()}.`,
    { retryAfterSeconds: Math.ceil((next.getTime() - ctx.now().getTime()) / 1000) },
  ); // prettier-ignore
}

/** Throws what a caller must be and bring to declare an emergency, whatever it is about. */
export async function requireFit(ctx: Context, reason: Reason): Promise<void> {
  const why = unfit(ctx.actor, ctx.surface);
  if (why) throw new Problem('emergency-refused', why);
  requireProof(ctx.actor, EMERGENCY.proofSeconds, 'An emergency', ctx.now());
  requireReason(reason);
  await requireLeft(ctx);
}

/** The Gate's step for calls with `emergency`: permission and Scope first, as anywhere. */
export const mayDeclare: Steps['changes']['emergency'] = async (ctx, { operation, targets, envelope }) => {
  if (operation.risk === 'read' || operation.change === 'none' || operation.access === 'public')
    throw new Problem('emergency-pointless', `${operation.name} waits for no approval, so there is nothing that an emergency could skip.`);
  if (envelope.draft) throw new Problem('emergency-pointless', 'A draft is done later, so it is no emergency. Call it without `draft`.');
  const right = { name: operation.name, permission: 'changes:emergency', risk: 'high' as const };
  const reach = await ctx.provider(Rights).permit(ctx.db, ctx.actor, right);
  if (targets.length > 0 && coveringGrant(reach, targets) === undefined)
    throw new Problem('scope-denied', 'You hold changes:emergency, but no grant of yours covers every target of this call.');
  await requireFit(ctx, ctx);
};

/** Writes down that approvals and windows were skipped, tells everybody who decides, and opens the review. */
export async function recordEmergency(ctx: Context, change: ChangeRow, skipped: readonly string[], { comment, ticket }: Reason): Promise<void> {
  const at = ctx.now();
  const row = {
    tenantId: ctx.tenantId,
    id: newId(),
    changeId: change.id,
    userId: ctx.actor.id,
    userName: ctx.actor.name,
    reason: comment!.trim(),
    ticket: ticket!.trim(),
    skipped: [...skipped],
    usedAt: at,
    reviewDueAt: new Date(at.getTime() + EMERGENCY.reviewMs),
    nextReminderAt: new Date(at.getTime() + EMERGENCY.reviewMs),
    createdAt: at,
    updatedAt: at,
  };
  await ctx.db.insert(emergencies).values(row);
  ctx.emit('emergency.used', {
    emergencyId: row.id,
    changeId: change.id,
    number: numberText(change.number),
    operation: change.operation,
    summary: change.summary,
    by: ctx.actor.id,
    byName: ctx.actor.name,
    reason: row.reason,
    ticket: row.ticket,
    skipped: row.skipped,
    reviewDueAt: row.reviewDueAt.toISOString(),
    recipients: await toldOf(ctx, change),
  });
}
