import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneFile } from '../render/render.ts';
import { bundleOf, oneRouteServer, routeServerOf } from '../route-server-rows.ts';
import { routeServerId } from '../schemas.ts';

export const exchangeRouteServersExport = defineOperation({
  name: 'exchange.routeServers.export',
  summary: 'Download the configuration of a route server as one file',
  description: 'For `bird -p -c` to look at and `birdc configure` to load; the same text as of `exchange.routeServers.config`.',
  permission: 'exchange:read',
  risk: 'read',
  download: true,
  input: z.object({ id: routeServerId }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string() }),
  targets: oneRouteServer,
  async run(ctx, { id }) {
    const found = await routeServerOf(ctx, id);
    return { filename: `${found.server.handle}.bird.conf`, mediaType: 'text/plain', content: oneFile(await bundleOf(ctx, found)) };
  },
});
