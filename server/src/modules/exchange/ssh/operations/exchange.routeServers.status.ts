import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { followingView } from '../../applying/following.ts';
import { accessView } from '../rows.ts';
import { RouteServerStatus } from '../schemas.ts';
import { accessOf } from '../talk.ts';

export const exchangeRouteServersStatus = defineOperation({
  name: 'exchange.routeServers.status',
  summary: 'Show how a route server is reached and what it said last',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: routeServerId }),
  output: RouteServerStatus,
  targets: oneRouteServer,
  async run(ctx, { id }) {
    const { server } = await routeServerOf(ctx, id);
    const access = await accessOf(ctx, server.id);
    return { routeServer: server.handle, access: access ? accessView(access) : null, following: access ? followingView(access) : null };
  },
});
