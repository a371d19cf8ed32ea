import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { glassOf, routesOf } from '../ask.ts';
import { nothingYet, watchedRoutesOf, WatchedRoutes } from '../birdwatcher.ts';
import { server, session } from '../schemas.ts';

const VIEWS = { protocol: 'accepted', filtered: 'refused', export: 'exported', noexport: 'notExported' } as const;

export const exchangeBirdwatcherRoutes = defineOperation({
  name: 'exchange.birdwatcher.routes',
  summary: 'List the routes of a session of a route server as birdwatcher does',
  description: '`routes/protocol`, `routes/filtered`, `routes/export` and `routes/noexport`, the first ten thousand of each.',
  permission: 'exchangeRequests:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/lg/{server}/routes/{view}/{protocol}' },
  hiddenFrom: ['mcp', 'workflow'],
  input: z.object({ server, view: z.enum(['protocol', 'filtered', 'export', 'noexport']).meta({ title: 'Which' }), protocol: session }),
  output: WatchedRoutes,
  targets: (ctx, { server: id }) => oneRouteServer(ctx, { id }),
  run: async ({ now }) => ({ ...nothingYet(now()), routes: [] }),
  async finish(after, { server: id, view, protocol }) {
    return watchedRoutesOf(await routesOf(after, await glassOf(after, id), protocol, VIEWS[view]));
  },
});
