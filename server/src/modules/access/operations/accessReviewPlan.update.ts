import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planView } from '../reviews/plan-view.ts';
import { ReviewFields, ReviewPlan } from '../reviews/schemas.ts';
import { planOf } from '../reviews/start.ts';
import { reviewPlans } from '../reviews/tables.ts';
import { requireSeen } from '../role-writes.ts';
import { requireReviewers } from './accessReviews.start.ts';

export const accessReviewPlanUpdate = defineOperation({
  name: 'accessReviewPlan.update',
  summary: 'Have access reviews begin by themselves each quarter, or not',
  description: 'A quarter that has no review of its own yet gets one at once.',
  permission: 'accessReviews:start',
  risk: 'write',
  route: { method: 'PUT', path: '/access-review-plan' },
  input: z.object({ every: z.enum(['never', 'quarter']).meta({ title: 'How often' }), ...ReviewFields }),
  output: ReviewPlan,
  targets: 'none',
  async plan(ctx, wish) {
    await requireReviewers(ctx, wish);
    const now = await planOf(ctx);
    requireSeen(ctx, 'The plan of access reviews', now.version);
    const paths = ['every', 'reviewers', 'reviewerIds', 'days'] as const;
    const fields = paths.filter((path) => JSON.stringify(now[path]) !== JSON.stringify(wish[path])).map((path) => ({ path, before: now[path], after: wish[path] })); // prettier-ignore
    return {
      summary: wish.every === 'never' ? 'Access reviews begin by hand only' : `An access review begins each quarter, for ${wish.days} days`,
      changes: [{ action: 'update', type: 'accessReviewPlan', name: 'plan of access reviews', fields }],
      reversible: 'Set the earlier plan again.',
      observed: { accessReviewPlan: String(now.version) },
    };
  },
  async run(ctx, { every, reviewers, reviewerIds, days }) {
    await requireReviewers(ctx, { reviewers, reviewerIds });
    const { version } = await planOf(ctx);
    const next = { every, reviewers, reviewerIds, days, version: version + 1, updatedAt: ctx.now() };
    await ctx.db.insert(reviewPlans).values({ tenantId: ctx.tenantId, ...next }).onConflictDoUpdate({ target: reviewPlans.tenantId, set: next }); // prettier-ignore
    ctx.emit('accessReview.planned', { every, days, by: ctx.actor.id });
    return planView(ctx);
  },
});
