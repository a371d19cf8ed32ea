import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { afterwards } from '../approvals/answer.ts';
import { decide } from '../approvals/decide.ts';
import { Approval, ApprovalId, Comment, PlanHash } from '../approvals/schemas.ts';
import { visibleRequest } from '../approvals/target.ts';

export const approvalsReject = defineOperation({
  name: 'approvals.reject',
  summary: 'Reject a request',
  description: 'One rejection ends the request and its Change. It says why.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/approvals/{id}/reject' },
  input: z.object({
    id: ApprovalId,
    comment: Comment.optional().meta({ title: 'Reason', help: 'At least five characters', widget: 'textarea' }),
    planHash: PlanHash.optional(),
    onBehalfOf: z.string().max(64).optional().meta({ title: 'In the place of', help: 'Somebody who has delegated to you', widget: 'member' }),
  }),
  output: Approval,
  targets: visibleRequest,
  run: async (ctx, { comment, ...said }) =>
    afterwards(ctx, await decide(ctx, { ...said, planHash: said.planHash, verdict: 'rejected', comment: comment ?? ctx.comment })),
});
