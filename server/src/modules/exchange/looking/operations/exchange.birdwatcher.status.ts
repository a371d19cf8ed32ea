import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { daemonOf, glassOf } from '../ask.ts';
import { nothingYet, statusOf, WatchedStatus } from '../birdwatcher.ts';
import { server } from '../schemas.ts';

export const exchangeBirdwatcherStatus = defineOperation({
  name: 'exchange.birdwatcher.status',
  summary: 'Show the daemon of a route server as birdwatcher does',
  description: 'For looking glasses that speak to birdwatcher, such as Alice-LG, with the token of an API key.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/lg/{server}/status' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ server }),
  output: WatchedStatus,
  targets: (ctx, { server: id }) => oneRouteServer(ctx, { id }),
  run: async ({ now }) => ({
    ...nothingYet(now()),
    status: { current_server: '', last_reboot: '', last_reconfig: '', message: '', router_id: '', version: '' },
  }),
  async finish(after, { server: id }) {
    return statusOf(await daemonOf(after, await glassOf(after, id)));
  },
});
