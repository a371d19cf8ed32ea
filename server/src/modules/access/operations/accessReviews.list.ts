import { z } from 'zod';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { afterId } from '../grant-lists.ts';
import { AccessReview } from '../reviews/schemas.ts';
import { reviewsView, visibleReviews } from '../reviews/store.ts';
import { accessReviews } from '../reviews/tables.ts';

export const accessReviewsList = defineOperation({
  name: 'accessReviews.list',
  summary: 'List access reviews',
  description: 'The newest first: all of them for those who may read reviews, else those in which you are asked.',
  permission: 'accessReviews:read',
  access: 'self',
  risk: 'read',
  input: z.object({ state: z.enum(['open', 'closed', 'cancelled']).optional().meta({ title: 'State' }), ...pageInput }),
  output: pageOf(AccessReview),
  targets: 'none',
  async run(ctx, { state, cursor, limit }) {
    const before = afterId(cursor);
    const wanted = and(await visibleReviews(ctx), state && eq(accessReviews.state, state), before === undefined ? undefined : lt(accessReviews.id, before)); // prettier-ignore
    const rows = await ctx.db.select().from(accessReviews).where(wanted).orderBy(desc(accessReviews.id)).limit(limit + 1); // prettier-ignore
    return toPage(await reviewsView(ctx, rows), limit, ({ id }) => [id], (view) => view); // prettier-ignore
  },
});
