import { z } from 'zod';
import { and, asc, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, queryFlag, toPage } from '#kernel/page.ts';
import { afterId } from '../grant-lists.ts';
import { ITEM_STATES } from '../reviews/rules.ts';
import { ReviewId, ReviewItem } from '../reviews/schemas.ts';
import { findReview, itemsView, minePending, standingOf, visibleItems } from '../reviews/store.ts';
import { reviewItems } from '../reviews/tables.ts';

export const accessReviewsItems = defineOperation({
  name: 'accessReviews.items',
  summary: 'List the holdings of an access review',
  description: 'Each grant, key and agent with when it was last used, what of it was not, and who is asked about it.',
  permission: 'accessReviews:read',
  access: 'self',
  risk: 'read',
  route: { method: 'GET', path: '/access-reviews/{id}/items' },
  input: z.object({
    id: ReviewId,
    state: z.enum(ITEM_STATES).optional().meta({ title: 'State' }),
    mine: queryFlag.optional().meta({ title: 'Only what waits for me' }),
    unused: queryFlag.optional().meta({ title: 'Only what nothing shows a use of' }),
    subjectId: z.uuid().optional().meta({ title: 'Person' }),
    ...pageInput,
  }),
  output: pageOf(ReviewItem),
  targets: 'none',
  async run(ctx, { id, state, mine, unused, subjectId, cursor, limit }) {
    const after = afterId(cursor);
    const review = await findReview(ctx, id);
    const wanted = and(
      await visibleItems(ctx, id),
      state && eq(reviewItems.state, state),
      mine ? minePending(await standingOf(ctx)) : undefined,
      unused === undefined ? undefined : eq(reviewItems.unused, unused),
      subjectId === undefined ? undefined : eq(reviewItems.subjectId, subjectId),
      after === undefined ? undefined : sql`${reviewItems.id} > ${after}::uuid`,
    );
    const rows = await ctx.db.select().from(reviewItems).where(wanted).orderBy(asc(reviewItems.id)).limit(limit + 1); // prettier-ignore
    return toPage(await itemsView(ctx, review, rows), limit, ({ id: item }) => [item], (view) => view); // prettier-ignore
  },
});
