import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { planView } from '../reviews/plan-view.ts';
import { ReviewPlan } from '../reviews/schemas.ts';

export const accessReviewPlanGet = defineOperation({
  name: 'accessReviewPlan.get',
  summary: 'Show whether access reviews begin by themselves',
  permission: 'accessReviews:read',
  risk: 'read',
  route: { method: 'GET', path: '/access-review-plan' },
  input: z.object({}),
  output: ReviewPlan,
  targets: 'none',
  run: planView,
});
