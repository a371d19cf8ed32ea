import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { decide } from '../approvals/decide.ts';
import { readableChange } from '../approvals/target.ts';
import { Change, ChangeId } from '../schemas.ts';
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
  targets: readableChange,
  run: async (ctx, { id, comment, planHash }) =>
    detailOf(ctx, await decide(ctx, { id, verdict: 'rejected', comment: comment ?? ctx.comment, planHash })),
});
