import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { readableChange } from '../approvals/target.ts';
import { review } from '../emergency/review.ts';
import { REVIEW_VERDICTS } from '../emergency/rules.ts';
import { Change, ChangeId } from '../schemas.ts';
import { detailOf } from '../view.ts';

export const changesReview = defineOperation({
  name: 'changes.review',
  summary: 'Review an emergency',
  description: 'Closes the review of a Change that skipped approvals, as justified or not. For an approver who had no hand in it.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  hiddenFrom: ['mcp'],
  route: { method: 'POST', path: '/changes/{id}/review' },
  input: z.object({
    id: ChangeId,
    verdict: z.enum(REVIEW_VERDICTS).meta({ title: 'Verdict' }),
    comment: z.string().max(4000).meta({ title: 'Why', widget: 'textarea' }),
  }),
  output: Change,
  targets: readableChange,
  run: async (ctx, said) => detailOf(ctx, await review(ctx, said)),
});
