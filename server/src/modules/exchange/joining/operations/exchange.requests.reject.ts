import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { JoinRequest, reason, requestId } from '../schemas.ts';
import { findRequest, move, nameOf, oneRequest, requestOf, requestView, requireMove, requireOther } from '../store.ts';

export const exchangeRequestsReject = defineOperation({
  name: 'exchange.requests.reject',
  summary: 'Refuse a join request',
  permission: 'exchangeRequests:decide',
  risk: 'write',
  route: { method: 'POST', path: '/exchange/requests/{id}/reject' },
  input: z.object({ id: requestId, reason }),
  output: JoinRequest,
  targets: oneRequest,
  async plan(ctx, { id, reason: why }) {
    const found = await requestOf(ctx, id);
    requireMove(found, 'rejected');
    requireOther(found, ctx);
    const fields = [{ path: 'status', before: found.request.status, after: 'rejected' }, { path: 'reason', after: why }];
    return {
      summary: `Refuse the request for ${nameOf(found)}`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields }],
      reversible: 'The network may ask again.',
    };
  },
  async run(ctx, { id, reason: why }) {
    const found = await findRequest(ctx, id, true);
    requireOther(found, ctx);
    const request = await move(ctx, found, 'rejected', { reason: why, decidedBy: ctx.actor.name, decidedAt: ctx.now(), decisionSource: 'person' });
    return requestView({ request, fabric: found.fabric });
  },
}); // prettier-ignore
