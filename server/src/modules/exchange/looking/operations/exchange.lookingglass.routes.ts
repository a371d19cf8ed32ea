import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { noRoutes, requireSearched } from '../answers.ts';
import { counted } from '../ask.ts';
import { sessionPage } from '../pages.ts';
import { LookedRoutes, prefix, server, session } from '../schemas.ts';

const NAME = 'exchange.lookingglass.routes';

export const exchangeLookingglassRoutes = defineOperation({
  name: NAME,
  summary: 'List the routes of a session of a route server',
  description: '`accepted` came from the network of the session and is passed on; `exported` is what it is told. What is refused: exchange.lookingglass.refused.',
  permission: 'exchange:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/looking-glass/{id}/routes' },
  input: z.object({
    id: server,
    session,
    view: z.enum(['accepted', 'exported']).default('accepted').meta({ title: 'Which' }),
    prefix: prefix.optional(),
    ...pageInput,
  }),
  output: LookedRoutes,
  targets: oneRouteServer,
  async run({ now }, { prefix: text }) {
    if (text !== undefined) requireSearched(NAME, text);
    return noRoutes(now());
  },
  async finish(after, input) {
    await counted(after);
    return sessionPage(after, NAME, input);
  },
}); // prettier-ignore
