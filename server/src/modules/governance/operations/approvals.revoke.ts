import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { afterwards } from '../approvals/answer.ts';
import { Approval, ApprovalId, Comment } from '../approvals/schemas.ts';
import { visibleRequest } from '../approvals/target.ts';
import { withdraw } from '../approvals/withdraw.ts';

export const approvalsRevoke = defineOperation({
  name: 'approvals.revoke',
  summary: 'Take one’s own approval back',
  description: 'Until the Change has been started. What had been approved waits again, and everybody decides afresh.',
  permission: 'approvals:decide',
  risk: 'write',
  change: 'none',
  hiddenFrom: ['mcp'],
  route: { method: 'POST', path: '/approvals/{id}/revoke' },
  input: z.object({ id: ApprovalId, comment: Comment.optional().meta({ title: 'Reason', widget: 'textarea' }) }),
  output: Approval,
  targets: visibleRequest,
  run: async (ctx, { id, comment }) => afterwards(ctx, await withdraw(ctx, { id, comment: comment ?? ctx.comment })),
});
