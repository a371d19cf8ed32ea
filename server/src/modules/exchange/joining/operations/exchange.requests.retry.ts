import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { provision, requirePossible } from '../provision.ts';
import { JoinRequest, requestId } from '../schemas.ts';
import { findRequest, move, nameOf, notFrom, oneRequest, requestOf, requestView, type Asked } from '../store.ts';

function requireFailed({ request: { status } }: Asked): void {
  if (status !== 'failed') throw notFrom(status, 'tried again');
}

export const exchangeRequestsRetry = defineOperation({
  name: 'exchange.requests.retry',
  summary: 'Set a port up again whose setting up failed',
  description: 'It keeps the addresses that it had got.',
  permission: 'exchangeRequests:decide',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 600,
  route: { method: 'POST', path: '/exchange/requests/{id}/retry' },
  input: z.object({ id: requestId }),
  output: JoinRequest,
  targets: oneRequest,
  async plan(ctx, { id }) {
    const found = await requestOf(ctx, id);
    requireFailed(found);
    await requirePossible(ctx, found);
    return {
      summary: `Set up ${nameOf(found)} again`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields: [{ path: 'status', before: 'failed', after: 'active' }] }],
      reversible: 'Remove the port.',
    };
  },
  async accept(ctx, { id }) {
    const found = await findRequest(ctx, id, true);
    requireFailed(found);
    await requirePossible(ctx, found);
    await move(ctx, found, 'approved', { changeId: ctx.changeId, retryCount: found.request.retryCount + 1 });
  },
  execute: async (work, { id }) => requestView(await provision(work, id)),
}); // prettier-ignore
