import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { decide } from '../decide.ts';
import { Change, ChangeId } from '../schemas.ts';
import { visibleChange } from '../target.ts';
import { detailOf } from '../view.ts';

export const changesReject = defineOperation({
  name: 'changes.reject',
  summary: 'Reject a Change',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/reject' },
  input: z.object({
    id: ChangeId,
    comment: z.string().max(4000).optional().meta({ title: 'Reason', help: 'At least five characters', widget: 'textarea' }),
    planHash: z.string().max(128).optional().meta({ title: 'Plan', widget: 'hidden' }),
  }),
  output: Change,
  targets: visibleChange,
  async run(ctx, { id, comment: given, planHash }) {
    const comment = given ?? ctx.comment;
    if ((comment?.trim().length ?? 0) < 5) {
      throw new Problem('comment-required', 'Say in at least five characters why you reject it.', {
        errors: [{ pointer: '/comment', message: 'At least five characters' }],
      });
    }
    return detailOf(ctx, await decide(ctx, { id, verdict: 'rejected', comment, planHash }));
  },
});
