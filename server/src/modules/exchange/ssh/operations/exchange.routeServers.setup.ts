import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { setupScript } from '../helper.ts';
import { requireAccess } from '../talk.ts';

export const exchangeRouteServersSetup = defineOperation({
  name: 'exchange.routeServers.setup',
  summary: 'Download the script that prepares the host of a route server',
  description:
    'For Debian 12 and later, run as root on the host: BIRD, a user with the one key, and the one program that it may run. No secret is in it.',
  permission: 'exchange:manage',
  risk: 'read',
  download: true,
  input: z.object({ id: routeServerId }),
  output: z.object({ filename: z.string(), mediaType: z.string(), content: z.string() }),
  targets: oneRouteServer,
  async run(ctx, { id }) {
    const { server } = await routeServerOf(ctx, id);
    const { publicKey } = await requireAccess(ctx, server);
    return { filename: `${server.handle}.setup.sh`, mediaType: 'text/x-shellscript', content: setupScript({ publicKey, routerId: server.routerId }) };
  },
});
