import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { afterwards } from '../approvals/answer.ts';
import { takeStep } from '../approvals/clock.ts';
import { isOpenRequest, type ClockStep } from '../approvals/rules.ts';
import { Approval, ApprovalId } from '../approvals/schemas.ts';
import { requestOf } from '../approvals/store.ts';
import { loadRequest, visibleRequest } from '../approvals/target.ts';
import { isOwn, numberText } from '../rules.ts';
import { findChange } from '../store.ts';
import { reachOf } from '../view.ts';

export const approvalsEscalate = defineOperation({
  name: 'approvals.escalate',
  summary: 'Turn to the next ones now',
  description: 'To the backups that the rule names, then to the administrators, without waiting for the time in which it should be decided to pass.',
  permission: 'approvals:read',
  risk: 'write',
  change: 'none',
  route: { method: 'POST', path: '/approvals/{id}/escalate' },
  input: z.object({ id: ApprovalId }),
  output: Approval,
  targets: visibleRequest,
  async run(ctx, { id }) {
    const change = await findChange(ctx.db, ctx.tenantId, (await loadRequest(ctx, id)).change.id, true);
    ctx.changeId = change.id;
    if (!isOwn(change.requester, ctx.actor) && (await reachOf(ctx, 'approvals:cancel', 'write')).length === 0)
      throw new Problem('permission-denied', 'Whoever asked for it may turn to others, or who holds approvals:cancel.');
    const request = await requestOf(ctx, change.id);
    if (!request || !isOpenRequest(request.status)) throw new Problem('approval-closed', `The request for ${numberText(change.number)} is closed.`);
    if (request.clockStep >= 3) throw new Problem('invalid-transition', 'The administrators know of it already; there is nobody further to turn to.');
    await takeStep(ctx, change, request, Math.max(2, request.clockStep + 1) as ClockStep, ctx);
    return afterwards(ctx, change);
  },
});
