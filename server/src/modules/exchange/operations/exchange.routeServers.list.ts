import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId, findFabric } from '../find.ts';
import { placed, routeServerView } from '../route-server-rows.ts';
import { fabricId, RouteServer } from '../schemas.ts';
import { fabrics, routeServers } from '../tables.ts';

export const exchangeRouteServersList = defineOperation({
  name: 'exchange.routeServers.list',
  summary: 'List route servers',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ fabricId: fabricId.optional(), ...pageInput }),
  output: pageOf(RouteServer),
  targets: 'filter',
  async run(ctx, { fabricId: fabric, cursor, limit }) {
    const after = afterId(cursor);
    const rows = await placed(ctx)
      .where(
        and(
          eq(routeServers.tenantId, ctx.tenantId),
          fabric === undefined ? undefined : eq(routeServers.fabricId, (await findFabric(ctx, fabric)).id),
          // As with one of them: both have to be within reach.
          withinReach(ctx.reach, { type: 'exchangeRouteServer', id: routeServers.id }),
          withinReach(ctx.reach, { type: 'exchangeFabric', id: fabrics.id }),
          after === undefined ? undefined : gt(routeServers.id, after),
        ),
      )
      .orderBy(asc(routeServers.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ server }) => [server.id], routeServerView);
  },
});
