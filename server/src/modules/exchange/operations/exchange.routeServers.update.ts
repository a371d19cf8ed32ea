import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findFabric, requireSeen, taken } from '../find.ts';
import { differences, given } from '../plans.ts';
import { checkedServer, findRouteServer, oneRouteServer, routeServerOf, routeServerView, type Placed } from '../route-server-rows.ts';
import { RouteServer, routeServerFields, routeServerId } from '../schemas.ts';
import { routeServers } from '../tables.ts';

const NAME = 'exchange.routeServers.update';
const { name, addressV6, addressV4, routerId, rtrServers } = routeServerFields;
const Edit = z.object({ name, addressV6, addressV4: addressV4.nullable(), routerId, rtrServers }).partial();

/** The edit with addresses as they are stored. */
function edited({ server, fabric }: Placed, edit: z.output<typeof Edit>) {
  const wanted = {
    addressV6: edit.addressV6 ?? server.addressV6,
    addressV4: edit.addressV4 === undefined ? server.addressV4 : edit.addressV4,
    routerId: edit.routerId ?? server.routerId,
    rtrServers: edit.rtrServers ?? server.rtrServers,
  };
  return { ...given(edit), ...checkedServer(NAME, fabric, wanted) };
}

export const exchangeRouteServersUpdate = defineOperation({
  name: NAME,
  summary: 'Change what is known of a route server',
  description: 'Its configuration is made anew, and applied by itself where the server follows.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: routeServerId, ...Edit.shape }),
  output: RouteServer,
  targets: oneRouteServer,
  async plan(ctx, { id, ...edit }) {
    const found = await routeServerOf(ctx, id);
    const { server } = found;
    requireSeen(server.handle, server, ctx);
    const fields = differences(server, edited(found, edit)).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
    return {
      summary: `Change ${fields.map(({ path }) => path).join(', ') || 'nothing'} of the route server "${server.handle}"`,
      changes: [{ action: 'update', type: 'exchangeRouteServer', id: server.id, name: server.handle, fields }],
      reversible: 'Change it back.',
      observed: { [`route server ${server.id}`]: String(server.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    await findFabric(ctx, (await findRouteServer(ctx, id)).fabric.id, true);
    const found = await findRouteServer(ctx, id);
    requireSeen(found.server.handle, found.server, ctx);
    const patch = edited(found, edit);
    const [server] = await ctx.db
      .update(routeServers)
      .set({ ...patch, version: sql`${routeServers.version} + 1`, updatedAt: ctx.now() })
      .where(and(eq(routeServers.tenantId, ctx.tenantId), eq(routeServers.id, found.server.id)))
      .returning()
      .catch(taken(`The address ${patch.addressV6} or the router id ${patch.routerId}`));
    ctx.emit('exchange.routeServer.updated', { id: server!.id, handle: server!.handle });
    return routeServerView({ ...found, server: server! });
  },
});
