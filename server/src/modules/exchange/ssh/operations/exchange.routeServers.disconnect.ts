import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findRouteServer, oneRouteServer, routeServerOf } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { accesses } from '../tables.ts';
import { requireAccess } from '../talk.ts';

export const exchangeRouteServersDisconnect = defineOperation({
  name: 'exchange.routeServers.disconnect',
  summary: 'Forget how a route server is reached, and the key that was made for it',
  description: 'The server goes on with the configuration that it has.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: routeServerId }),
  output: z.object({ id: z.uuid() }),
  targets: oneRouteServer,
  async plan(ctx, { id }) {
    const { server } = await routeServerOf(ctx, id);
    const { version } = await requireAccess(ctx, server);
    return {
      summary: `Forget the SSH access to the route server "${server.handle}"`,
      changes: [{ action: 'delete', type: 'exchangeRouteServerAccess', id: server.id, name: server.handle }],
      warnings: ['Nothing is applied to it any more. Take the key out of its authorized_keys there.'],
      reversible: 'Record it again, and run the setup with the new key.',
      observed: { [`access of ${server.id}`]: String(version) },
    };
  },
  async run(ctx, { id }) {
    const { server } = await findRouteServer(ctx, id);
    const { id: accessId } = await requireAccess(ctx, server);
    await ctx.db.delete(accesses).where(and(eq(accesses.tenantId, ctx.tenantId), eq(accesses.id, accessId)));
    ctx.emit('exchange.routeServer.disconnected', { id: server.id, handle: server.handle });
    return { id: server.id };
  },
});
