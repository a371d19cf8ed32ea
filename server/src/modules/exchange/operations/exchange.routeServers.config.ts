import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { bundleOf, oneRouteServer, routeServerOf } from '../route-server-rows.ts';
import { RouteServerConfig, routeServerId } from '../schemas.ts';

export const exchangeRouteServersConfig = defineOperation({
  name: 'exchange.routeServers.config',
  summary: 'Show the configuration of a route server as it is to be',
  description:
    'For BIRD 2.0.12 and later 2.x, made from the fabric and its connections: one file for each connection, with its own filters and limits. ' +
    'The same knowledge gives the same bytes, so `sha256` tells whether anything has changed.',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: routeServerId }),
  output: RouteServerConfig,
  targets: oneRouteServer,
  async run(ctx, { id }) {
    const found = await routeServerOf(ctx, id);
    return { routeServer: found.server.handle, ...(await bundleOf(ctx, found)) };
  },
});
