import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { afterwards } from '../approvals/answer.ts';
import { Approval, ApprovalId } from '../approvals/schemas.ts';
import { loadRequest, visibleRequest } from '../approvals/target.ts';
import { cancelRequest } from '../approvals/withdraw.ts';
import { isOwn } from '../rules.ts';
import { reachOf } from '../view.ts';

export const approvalsCancel = defineOperation({
  name: 'approvals.cancel',
  summary: 'Give an approval request up',
  description: 'Your own, or any with approvals:cancel. Its Change ends as cancelled.',
  permission: 'approvals:read',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/approvals/{id}/cancel' },
  input: z.object({ id: ApprovalId }),
  output: Approval,
  targets: visibleRequest,
  async run(ctx, { id }) {
    const { change } = await loadRequest(ctx, id);
    if (!isOwn(change.requester, ctx.actor) && (await reachOf(ctx, 'approvals:cancel', 'write')).length === 0)
      throw new Problem(
        'permission-denied',
        'You may give up your own requests; those of others need approvals:cancel (roles admin and owner hold it).',
      );
    return afterwards(ctx, await cancelRequest(ctx, id));
  },
});
