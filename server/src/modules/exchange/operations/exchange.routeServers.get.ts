import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf, routeServerView } from '../route-server-rows.ts';
import { RouteServer, routeServerId } from '../schemas.ts';

export const exchangeRouteServersGet = defineOperation({
  name: 'exchange.routeServers.get',
  summary: 'Show a route server',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: routeServerId }),
  output: RouteServer,
  targets: oneRouteServer,
  run: async (ctx, { id }) => routeServerView(await routeServerOf(ctx, id)),
});
