import { and, eq, lte } from '#kernel/drizzle.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import { newId } from '#kernel/ids.ts';
import type { WorkContext } from '#kernel/work.ts';
import { Machinery } from '../providers/port.ts';
import { numberText } from '../rules.ts';
import { changes, emergencies, type ChangeRow, type EmergencyRow } from '../tables.ts';
import { EMERGENCY } from './rules.ts';
import { toldOf } from './told.ts';

const entryOf = ({ actor, now }: WorkContext, change: ChangeRow, row: EmergencyRow): AuditEntry => ({
  decisionId: newId(),
  requestId: newId(),
  actor,
  surface: 'job',
  operation: 'changes.remindOfReview',
  permission: 'changes:read',
  risk: 'write',
  sensitive: true,
  result: 'success',
  reason: { stage: 'approval', code: `review-overdue-${row.reminders}`, text: 'The emergency is still not reviewed.' },
  targets: change.targets,
  grantId: null,
  rules: ['built-in/emergency@1'],
  inputHash: change.inputHash,
  changeId: change.id,
  comment: null,
  at: now(),
  durationMs: 0,
  timings: {},
});

/** Says daily that an emergency is still not reviewed: to all who could, and to the administrators. */
export async function remindOfReviews(ctx: WorkContext): Promise<void> {
  const { db, tenantId } = ctx;
  const due = await db
    .select({ row: emergencies, change: changes })
    .from(emergencies)
    .innerJoin(changes, and(eq(changes.tenantId, emergencies.tenantId), eq(changes.id, emergencies.changeId)))
    .where(and(eq(emergencies.tenantId, tenantId), lte(emergencies.nextReminderAt, ctx.now())))
    .limit(500)
    .for('update', { of: emergencies, skipLocked: true });
  for (const { row, change } of due) {
    // Days that were slept through are passed over.
    const next = new Date(ctx.now().getTime() + EMERGENCY.reminderMs);
    const [reminded] = await db
      .update(emergencies)
      .set({ reminders: row.reminders + 1, nextReminderAt: next, updatedAt: ctx.now() })
      .where(and(eq(emergencies.tenantId, tenantId), eq(emergencies.id, row.id)))
      .returning();
    ctx.emit('emergency.review_overdue', {
      emergencyId: row.id,
      changeId: change.id,
      number: numberText(change.number),
      operation: change.operation,
      summary: change.summary,
      by: row.userId,
      level: reminded!.reminders,
      reviewDueAt: row.reviewDueAt.toISOString(),
      recipients: await toldOf(ctx, change),
    });
    await ctx.provider(Machinery).audit.write(db, entryOf(ctx, change, reminded!));
  }
}
