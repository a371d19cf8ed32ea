import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { oneRouteServer } from '../../route-server-rows.ts';
import { noRoutes, requireSearched } from '../answers.ts';
import { counted } from '../ask.ts';
import { sessionPage } from '../pages.ts';
import { LookedRoutes, prefix, server, session } from '../schemas.ts';

const NAME = 'exchange.lookingglass.refused';

export const exchangeLookingglassRefused = defineOperation({
  name: NAME,
  summary: 'List the routes of a session that a route server refused or keeps from it',
  description:
    '`refused` came from the network of the session and is not taken, each with its reason and what to do; `notExported` is what the session is not told. For whoever looks after all networks; a network sees those of its own ports with exchange.ports.routes.',
  permission: 'exchangeRequests:read',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/looking-glass/{id}/refused' },
  input: z.object({
    id: server,
    session,
    view: z.enum(['refused', 'notExported']).default('refused').meta({ title: 'Which' }),
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
});
