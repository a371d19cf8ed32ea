import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { differences } from '../../plans.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { requireAccess } from '../../ssh/talk.ts';
import { followingView, markDirty, setAccess } from '../following.ts';
import { findReached } from '../reading.ts';
import { Following } from '../schemas.ts';
import { accessOf } from '../../ssh/talk.ts';

export const exchangeRouteServersFollow = defineOperation({
  name: 'exchange.routeServers.follow',
  summary: 'Say whether changes of members are applied to a route server by themselves, and in which order',
  description:
    'They are then applied in the name of whoever says so, who is looked at as they are each time: by `exchange.routeServers.converge`, through every rule. The server with the lowest order goes first; what it refuses is not tried on the others.',
  permission: 'exchange:manage',
  risk: 'high',
  input: z.object({
    id: routeServerId,
    follow: z.boolean().meta({ title: 'Apply by itself' }),
    order: z.int().min(0).max(999).optional().meta({ title: 'Order', help: 'The lowest goes first' }),
  }),
  output: Following,
  targets: oneRouteServer,
  async plan(ctx, { id, follow, order }) {
    const { server } = await routeServerOf(ctx, id);
    const access = await requireAccess(ctx, server);
    return {
      summary: follow ? `Apply changes of members to "${server.handle}" by themselves` : `Apply nothing to "${server.handle}" by itself`,
      changes: [{ action: 'update', type: 'exchangeRouteServer', id: server.id, name: server.handle, fields: differences(access, { follow, applyOrder: order }) }],
      reversible: 'Say the opposite.',
      observed: { [`following of ${server.id}`]: `${access.follow} ${access.applyOrder}` },
    };
  },
  async run(ctx, { id, follow, order }) {
    const { server, fabric, access } = await findReached(ctx, id);
    await setAccess(ctx, access.id, {
      follow,
      ...(follow ? { followedBy: ctx.actor.id, followedByName: ctx.actor.name } : { followedBy: null, followedByName: null, dirtySince: null, nextAttemptAt: null }),
      ...(order === undefined ? {} : { applyOrder: order }),
      updatedAt: ctx.now(),
    });
    if (follow) await markDirty(ctx, fabric.id);
    return followingView((await accessOf(ctx, server.id))!);
  },
}); // prettier-ignore
