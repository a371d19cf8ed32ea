import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { afterwards } from '../approvals/answer.ts';
import { decide } from '../approvals/decide.ts';
import { Approval, ApprovalId, Comment, PlanHash } from '../approvals/schemas.ts';
import { visibleRequest } from '../approvals/target.ts';

export const approvalsApprove = defineOperation({
  name: 'approvals.approve',
  summary: 'Approve a request',
  description: 'Agrees to exactly the plan you have seen. When all that the rules ask for is agreed, the Change is carried out.',
  permission: 'approvals:decide',
  risk: 'high',
  change: 'none',
  route: { method: 'POST', path: '/approvals/{id}/approve' },
  input: z.object({
    id: ApprovalId,
    comment: Comment.optional().meta({ title: 'Comment', widget: 'textarea' }),
    planHash: PlanHash.optional(),
    onBehalfOf: z.string().max(64).optional().meta({ title: 'In the place of', help: 'Somebody who has delegated to you', widget: 'member' }),
  }),
  output: Approval,
  targets: visibleRequest,
  run: async (ctx, { comment, ...said }) =>
    afterwards(ctx, await decide(ctx, { ...said, planHash: said.planHash, verdict: 'approved', comment: comment ?? ctx.comment })),
});
