import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { noRoutes, pageOfRoutes, requireSearched, routeView, saidBy } from '../answers.ts';
import { counted, glassOf, routesUnder } from '../ask.ts';
import { LookedRoutes, prefix, server } from '../schemas.ts';

const NAME = 'exchange.lookingglass.search';

export const exchangeLookingglassSearch = defineOperation({
  name: NAME,
  summary: 'Search the accepted routes of a route server for a prefix or an address',
  description: 'Of a prefix it and all that lie in it, of an address the longest that leads there; from all sessions.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/looking-glass/{id}/search' },
  input: z.object({ id: server, prefix, ...pageInput }),
  output: LookedRoutes,
  targets: oneRouteServer,
  async run({ now }, { prefix: text }) {
    requireSearched(NAME, text);
    return noRoutes(now());
  },
  async finish(after, { id, prefix: text, ...paging }) {
    await counted(after);
    const glass = await glassOf(after, id);
    const told = await routesUnder(after, glass, requireSearched(NAME, text));
    const page = pageOfRoutes(told.value, paging, (route) => routeView(route, glass.fabric.rsAsn, 'accepted'));
    return { ...saidBy(glass.server.handle, told), ...page };
  },
});
