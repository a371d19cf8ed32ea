import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decide } from '../approvals/decide.ts';
import { readableChange } from '../approvals/target.ts';
import { Change, ChangeId } from '../schemas.ts';
import { detailOf } from '../view.ts';

export const changesApprove = defineOperation({
  name: 'changes.approve',
  summary: 'Approve a Change',
  description: 'Agrees to exactly the plan you have seen. When enough people have agreed, the Change is carried out.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/changes/{id}/approve' },
  input: z.object({
    id: ChangeId,
    comment: z.string().max(4000).optional().meta({ title: 'Comment', widget: 'textarea' }),
    planHash: z
      .string()
      .max(128)
      .optional()
      .meta({ title: 'Plan', help: 'planHash of the plan you have seen; another one is refused', widget: 'hidden' }),
  }),
  output: Change,
  targets: readableChange,
  async run(ctx, { id, comment, planHash }) {
    return detailOf(ctx, await decide(ctx, { id, verdict: 'approved', comment: comment ?? ctx.comment, planHash }));
  },
});
