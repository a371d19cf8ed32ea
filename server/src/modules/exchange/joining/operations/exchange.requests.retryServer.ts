import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { carry } from '../../applying/carry.ts';
import { planOf } from '../../applying/plans.ts';
import { findReached, prospectOf } from '../../applying/reading.ts';
import { wantedOf } from '../../applying/wanted.ts';
import { routeServerOf, routeServerTarget } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { settlePorts } from '../quieting.ts';
import { JoinRequest, requestId } from '../schemas.ts';
import { findRequest, nameOf, notFrom, oneRequest, requestOf, requestView, type Asked } from '../store.ts';

/** Only what is left to be done on a route server is done on one. */
function requireLeft({ request: { status, failedStage }, fabric }: Asked, server: { fabricId: string; handle: string }): void {
  if (server.fabricId !== fabric.id)
    throw new Problem('exchange-route-server-not-found', `"${server.handle}" is no route server of "${fabric.slug}".`);
  if (status !== 'provisioning' && (status !== 'failed' || failedStage !== 'route_servers'))
    throw notFrom(status, 'brought to one route server again');
}

export const exchangeRequestsRetryServer = defineOperation({
  name: 'exchange.requests.retryServer',
  summary: 'Bring a port to one route server again',
  description:
    'For a port that failed because this route server did not take it. The others are not touched. When it was the last one that lacked it, the port becomes active.',
  permission: 'exchangeRequests:decide',
  risk: 'write',
  runs: 'job',
  deadlineSeconds: 600,
  route: { method: 'POST', path: '/exchange/requests/{id}/servers/{server}/retry' },
  input: z.object({ id: requestId, server: routeServerId }),
  output: JoinRequest,
  targets: async (ctx, { id, server }) => [...(await oneRequest(ctx, { id })), routeServerTarget((await routeServerOf(ctx, server)).server)],
  async plan(ctx, { id, server: wish }) {
    const found = await requestOf(ctx, id);
    const { server } = await routeServerOf(ctx, wish);
    requireLeft(found, server);
    const { wanted, confirmed, impact } = await prospectOf(ctx, wish);
    const plan = planOf(server.handle, server.id, confirmed, wanted, impact);
    return { ...plan, summary: `Bring ${nameOf(found)} to "${server.handle}" again. ${plan.summary}` };
  },
  async execute(work, { id, server }) {
    const reached = await work.tx(async (ctx) => {
      const there = await findReached(ctx, server);
      requireLeft(await findRequest(ctx, id), there.server);
      return there;
    });
    await carry(work, reached, { wanted: (ctx) => wantedOf(ctx, reached), cause: 'manual', mayDisrupt: false });
    return work.tx(async (ctx) => {
      await settlePorts(ctx, reached.fabric.id);
      return requestView(await findRequest(ctx, id));
    });
  },
}); // prettier-ignore
