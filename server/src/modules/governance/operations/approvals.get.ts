import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Approval, ApprovalId } from '../approvals/schemas.ts';
import { loadRequest, visibleRequest } from '../approvals/target.ts';
import { approvalDetail } from '../approvals/view.ts';

export const approvalsGet = defineOperation({
  name: 'approvals.get',
  summary: 'Show an approval request',
  description: 'The plan, the rules that ask, who has agreed and who still may, and what you may do with it.',
  permission: 'approvals:read',
  risk: 'read',
  input: z.object({ id: ApprovalId }),
  output: Approval,
  targets: visibleRequest,
  async run(ctx, { id }) {
    const { request, change } = await loadRequest(ctx, id);
    return approvalDetail(ctx, request, change);
  },
});
