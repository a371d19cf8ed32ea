import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { glassOf, sessionsOf } from '../ask.ts';
import { nothingYet, protocolsOf, WatchedProtocols } from '../birdwatcher.ts';
import { server } from '../schemas.ts';

export const exchangeBirdwatcherProtocols = defineOperation({
  name: 'exchange.birdwatcher.protocols',
  summary: 'List the BGP sessions of a route server as birdwatcher does',
  description: 'Also at `protocols/bgp` and `protocols/short`. All that a route server has are sessions of BGP.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/lg/{server}/protocols' },
  aliases: [
    { method: 'GET', path: '/exchange/lg/{server}/protocols/bgp' },
    { method: 'GET', path: '/exchange/lg/{server}/protocols/short' },
  ],
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ server, uncached: z.string().max(8).optional().meta({ title: 'Uncached', help: 'Taken, and of no effect' }) }),
  output: WatchedProtocols,
  targets: (ctx, { server: id }) => oneRouteServer(ctx, { id }),
  run: async ({ now }) => ({ ...nothingYet(now()), protocols: {} }),
  async finish(after, { server: id }) {
    return protocolsOf(await sessionsOf(after, await glassOf(after, id)));
  },
});
