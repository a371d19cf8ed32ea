import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { AccessReview, ReviewId } from '../reviews/schemas.ts';
import { findReview, reviewsView } from '../reviews/store.ts';

export const accessReviewsGet = defineOperation({
  name: 'accessReviews.get',
  summary: 'Show an access review',
  permission: 'accessReviews:read',
  access: 'self',
  risk: 'read',
  input: z.object({ id: ReviewId }),
  output: AccessReview,
  targets: 'none',
  run: async (ctx, { id }) => (await reviewsView(ctx, [await findReview(ctx, id)]))[0]!,
});
