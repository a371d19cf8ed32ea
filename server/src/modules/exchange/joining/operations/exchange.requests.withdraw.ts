import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { memberOfConnection } from '../../controllers/store.ts';
import { JoinRequest, requestId } from '../schemas.ts';
import { release } from '../releasing.ts';
import { findConnection } from '../../find.ts';
import { findRequest, move, nameOf, notFrom, oneOwn, ownRequestOf, requestView, requireMove, type Asked } from '../store.ts';
import type { ReadContext } from '#kernel/context.ts';

/** What came to a node or to route servers goes by leaving, which tells them. */
async function requireNotThere(ctx: Pick<ReadContext, 'db' | 'tenantId'>, { request: { connectionId, status } }: Asked): Promise<void> {
  if (connectionId !== null && (await memberOfConnection(ctx, connectionId)))
    throw notFrom(status, 'withdrawn, for its node is at the controller; leave instead');
  if (connectionId !== null && (await findConnection(ctx, connectionId)).connection.state === 'active')
    throw notFrom(status, 'withdrawn, for route servers have it; leave instead');
}

export const exchangeRequestsWithdraw = defineOperation({
  name: 'exchange.requests.withdraw',
  summary: 'Take back a join request of yours',
  description: 'Before it is set up, or when that failed before anything was done at a controller.',
  permission: 'exchangeRequests:create',
  risk: 'write',
  route: { method: 'POST', path: '/exchange/requests/{id}/withdraw' },
  input: z.object({ id: requestId }),
  output: JoinRequest,
  targets: oneOwn,
  async plan(ctx, { id }) {
    const found = await ownRequestOf(ctx, id);
    requireMove(found, 'withdrawn');
    await requireNotThere(ctx, found);
    return {
      summary: `Take back the request for ${nameOf(found)}`,
      changes: [{ action: 'update', type: 'exchangeJoinRequest', id, name: nameOf(found), fields: [{ path: 'status', before: found.request.status, after: 'withdrawn' }] }],
      reversible: 'Ask again.',
    };
  },
  async run(ctx, { id }) {
    await ownRequestOf(ctx, id);
    const found = await findRequest(ctx, id, true);
    requireMove(found, 'withdrawn');
    await requireNotThere(ctx, found);
    const request = await move(ctx, found, 'withdrawn', { connectionId: null });
    if (found.request.connectionId !== null) await release(ctx, await findConnection(ctx, found.request.connectionId));
    return requestView({ request, fabric: found.fabric });
  },
}); // prettier-ignore
