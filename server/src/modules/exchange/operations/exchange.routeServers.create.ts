import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fabricOf, fabricTarget, findFabric, taken } from '../find.ts';
import { creation } from '../plans.ts';
import { checkedServer, routeServerTarget, routeServerView } from '../route-server-rows.ts';
import { fabricId, RouteServer, routeServerFields } from '../schemas.ts';
import { routeServers } from '../tables.ts';

/** Of a fabric (exchange.md 19). */
const MOST = 16;
const NAME = 'exchange.routeServers.create';

export const exchangeRouteServersCreate = defineOperation({
  name: NAME,
  summary: 'Add a route server to a peering LAN',
  description:
    'Its configuration for BIRD 2 is made from the connections of the fabric: see `exchange.routeServers.config`. Nothing is sent to it before it is recorded how it is reached.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({
    fabricId,
    handle: routeServerFields.handle,
    name: routeServerFields.name,
    addressV6: routeServerFields.addressV6,
    addressV4: routeServerFields.addressV4.optional(),
    routerId: routeServerFields.routerId,
    rtrServers: routeServerFields.rtrServers.default([]),
  }),
  output: RouteServer,
  targets: async (ctx, wish) => [routeServerTarget({ id: 'new', handle: wish.handle }), fabricTarget(await fabricOf(ctx, wish.fabricId))],
  async plan(ctx, { fabricId: wanted, handle, name, addressV4 = null, ...wish }) {
    const fabric = await fabricOf(ctx, wanted);
    return {
      summary: `Add the route server "${handle}" to the fabric "${fabric.slug}"`,
      changes: creation('exchangeRouteServer', handle, { name, ...checkedServer(NAME, fabric, { ...wish, addressV4 }) }),
      warnings: fabric.rpkiMode === 'enforce' && wish.rtrServers.length === 0 ? ['It gets no configuration before it has an RPKI validator.'] : [],
      reversible: 'Remove the route server.',
    };
  },
  async run(ctx, { fabricId: wanted, handle, name, addressV4 = null, ...wish }) {
    const { db, tenantId } = ctx;
    const fabric = await findFabric(ctx, wanted, true);
    if ((await db.$count(routeServers, and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabric.id)))) >= MOST)
      throw new Problem('exchange-full', `The fabric "${fabric.slug}" has ${MOST} route servers.`);
    const fields = checkedServer(NAME, fabric, { ...wish, addressV4 });
    const [server] = await db
      .insert(routeServers)
      .values({ tenantId, id: newId(), fabricId: fabric.id, handle, name, ...fields, createdAt: ctx.now(), updatedAt: ctx.now() })
      .returning()
      .catch(taken(`The short name "${handle}", the address ${fields.addressV6} or the router id ${fields.routerId}`));
    ctx.emit('exchange.routeServer.created', { id: server!.id, handle });
    return routeServerView({ server: server!, fabric });
  },
});
