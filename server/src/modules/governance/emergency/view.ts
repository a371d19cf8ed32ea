import type { Actor } from '#kernel/context.ts';
import type { Reach } from '#kernel/scope.ts';
import { numberText } from '../rules.ts';
import type { ChangeRow, EmergencyRow } from '../tables.ts';
import { reviewHindrance } from './review.ts';
import type { Emergency, EmergencyUse } from './schemas.ts';

export const useView = (row: EmergencyRow, now: Date): EmergencyUse => ({
  id: row.id,
  by: { id: row.userId, name: row.userName },
  reason: row.reason,
  ticket: row.ticket,
  skipped: row.skipped,
  usedAt: row.usedAt.toISOString(),
  reviewDueAt: row.reviewDueAt.toISOString(),
  overdue: row.reviewedAt === null && row.reviewDueAt <= now,
  reminders: row.reminders,
  review:
    row.verdict === null
      ? null
      : {
          verdict: row.verdict,
          by: { id: row.reviewerId!, name: row.reviewerName! },
          comment: row.reviewComment!,
          at: row.reviewedAt!.toISOString(),
        },
});

export const mayReview = (change: ChangeRow, row: EmergencyRow, actor: Actor, deciding: Reach): Emergency['mayReview'] => {
  const reason = reviewHindrance(change, row, actor, deciding)?.message ?? null;
  return { allowed: reason === null, reason };
};

export const emergencyView = (change: ChangeRow, row: EmergencyRow, actor: Actor, deciding: Reach, now: Date): Emergency => ({
  ...useView(row, now),
  change: {
    id: change.id,
    number: numberText(change.number),
    operation: change.operation,
    summary: change.summary,
    state: change.state,
    environment: change.environment,
  },
  mayReview: mayReview(change, row, actor, deciding),
});
