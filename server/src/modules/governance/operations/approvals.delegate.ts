import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { afterwards } from '../approvals/answer.ts';
import { delegateRequest } from '../approvals/delegate.ts';
import { Approval, ApprovalId } from '../approvals/schemas.ts';
import { visibleRequest } from '../approvals/target.ts';

export const approvalsDelegate = defineOperation({
  name: 'approvals.delegate',
  summary: 'Hand a decision to somebody else',
  description: 'They decide in your place on this one request. They must be able to decide on it, and the two of you count once.',
  permission: 'approvals:delegate',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/approvals/{id}/delegate' },
  input: z.object({
    id: ApprovalId,
    to: z.uuid().meta({ title: 'To', widget: 'member' }),
    reason: z.string().trim().max(500).default('').meta({ title: 'Reason' }),
  }),
  output: Approval,
  targets: visibleRequest,
  run: async (ctx, { id, to, reason }) => afterwards(ctx, await delegateRequest(ctx, { id, to, reason })),
});
