import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { AccessReview, ReviewId } from '../reviews/schemas.ts';
import { findReview, reviewsView } from '../reviews/store.ts';
import { accessReviews, type ReviewRow } from '../reviews/tables.ts';

function requireOpen({ name, state }: ReviewRow): void {
  if (state !== 'open') throw new Problem('invalid-transition', `The review "${name}" is ${state}.`, { state });
}

export const accessReviewsCancel = defineOperation({
  name: 'accessReviews.cancel',
  summary: 'Give an access review up',
  description: 'Nothing more is taken by it; what was decided and carried out stays so.',
  permission: 'accessReviews:start',
  risk: 'write',
  route: { method: 'POST', path: '/access-reviews/{id}/cancel' },
  input: z.object({ id: ReviewId, reason: z.string().trim().min(5).max(500).meta({ title: 'Reason' }) }),
  output: AccessReview,
  targets: 'none',
  async plan(ctx, { id }) {
    const review = await findReview(ctx, id);
    requireOpen(review);
    return {
      summary: `Give the access review "${review.name}" up`,
      changes: [{ action: 'update', type: 'accessReview', id, name: review.name, fields: [{ path: 'state', before: 'open', after: 'cancelled' }] }],
      observed: { [`accessReview ${id}`]: review.state },
    };
  },
  async run(ctx, { id, reason }) {
    const review = await findReview(ctx, id, true);
    requireOpen(review);
    const at = ctx.now();
    const mine = and(eq(accessReviews.tenantId, ctx.tenantId), eq(accessReviews.id, id));
    const [row] = await ctx.db.update(accessReviews).set({ state: 'cancelled', reason, closedAt: at, closedByName: ctx.actor.name, updatedAt: at }).where(mine).returning(); // prettier-ignore
    ctx.emit('accessReview.cancelled', { reviewId: id, name: review.name, by: ctx.actor.id, reason });
    return (await reviewsView(ctx, [row!]))[0]!;
  },
});
