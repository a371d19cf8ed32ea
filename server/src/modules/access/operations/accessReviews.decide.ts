import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Scope } from '#kernel/scope.ts';
import { decide } from '../reviews/decide.ts';
import { MOST, VERDICTS } from '../reviews/rules.ts';
import { ReviewId, ReviewItem } from '../reviews/schemas.ts';
import { itemsView } from '../reviews/store.ts';

export const accessReviewsDecide = defineOperation({
  name: 'accessReviews.decide',
  summary: 'Keep, change or take what somebody holds',
  description:
    'By those who are asked, or who may decide on all reviews; never on one’s own. What is not kept is carried out within a minute by the same operation as by hand, in your name, and waits for an approval where that does; if it is refused, the holding is open again and says why.',
  permission: 'accessReviews:decide',
  access: 'self',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp', 'workflow'],
  route: { method: 'POST', path: '/access-reviews/{id}/decide' },
  input: z.object({
    id: ReviewId,
    itemIds: z.array(z.uuid()).min(1).max(MOST.atOnce).meta({ title: 'Holdings' }),
    verdict: z.enum(VERDICTS).meta({ title: 'Verdict' }),
    comment: z.string().trim().min(1).max(500).optional().meta({ title: 'Comment', widget: 'textarea' }),
    to: z
      .strictObject({ roleId: z.uuid(), scope: Scope, validUntil: z.iso.datetime({ offset: true }).nullable().default(null) })
      .optional()
      .meta({ title: 'What the grant becomes', help: 'With the verdict change' }),
  }),
  output: z.object({ items: z.array(ReviewItem) }),
  targets: 'none',
  async run(ctx, said) {
    const { review, items } = await decide(ctx, said);
    return { items: await itemsView(ctx, review, items) };
  },
});
