import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { requireSeen } from '../find.ts';
import { findRouteServer, oneRouteServer, routeServerOf } from '../route-server-rows.ts';
import { routeServerId } from '../schemas.ts';
import { routeServers } from '../tables.ts';

export const exchangeRouteServersDelete = defineOperation({
  name: 'exchange.routeServers.delete',
  summary: 'Remove a route server',
  description: 'The server itself goes on with the configuration that it has.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: routeServerId }),
  output: z.object({ id: z.uuid() }),
  targets: oneRouteServer,
  async plan(ctx, { id }) {
    const { server, fabric } = await routeServerOf(ctx, id);
    requireSeen(server.handle, server, ctx);
    return {
      summary: `Remove the route server "${server.handle}" from the fabric "${fabric.slug}"`,
      changes: [{ action: 'delete', type: 'exchangeRouteServer', id: server.id, name: server.handle }],
      warnings: ['The server goes on with the configuration that it has; stop it there.'],
      reversible: 'Add it again.',
      observed: { [`route server ${server.id}`]: String(server.version) },
    };
  },
  async run(ctx, { id }) {
    const { server } = await findRouteServer(ctx, id);
    requireSeen(server.handle, server, ctx);
    await ctx.db.delete(routeServers).where(and(eq(routeServers.tenantId, ctx.tenantId), eq(routeServers.id, server.id)));
    ctx.emit('exchange.routeServer.deleted', { id: server.id, handle: server.handle });
    return { id: server.id };
  },
});
