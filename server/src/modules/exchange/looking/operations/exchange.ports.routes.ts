import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput } from '#kernel/page.ts';
import { portId } from '../../joining/schemas.ts';
import { oneOwn, ownRequestOf } from '../../joining/store.ts';
import { noRoutes, requireSearched } from '../answers.ts';
import { counted } from '../ask.ts';
import { portRoutes, requireOnFabric } from '../ports.ts';
import { LookedRoutes, prefix, server, VIEWS } from '../schemas.ts';

const NAME = 'exchange.ports.routes';

export const exchangePortsRoutes = defineOperation({
  name: NAME,
  summary: 'List the routes of a port of yours on a route server',
  description:
    '`refused`: what you announce and the route server does not take, each with its reason and what to do; `accepted`, `exported` (what you are told) and `notExported` besides. Of your own ports only.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/ports/{id}/routes' },
  input: z.object({
    id: portId,
    routeServer: server,
    view: z.enum(VIEWS).default('refused').meta({ title: 'Which' }),
    prefix: prefix.optional(),
    ...pageInput,
  }),
  output: LookedRoutes,
  targets: oneOwn,
  async run(ctx, { id, routeServer, prefix: text }) {
    const { fabric } = await ownRequestOf(ctx, id);
    await requireOnFabric(ctx, fabric.id, routeServer);
    if (text !== undefined) requireSearched(NAME, text);
    return noRoutes(ctx.now());
  },
  async finish(after, input) {
    await counted(after);
    return portRoutes(after, NAME, input);
  },
});
