import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { afterId } from '../../find.ts';
import { findRouteServer } from '../../route-server-rows.ts';
import { routeServerId } from '../../schemas.ts';
import { routeServers } from '../../tables.ts';
import { Sync, SYNC_STATES } from '../schemas.ts';
import { syncView } from '../store.ts';
import { syncs } from '../tables.ts';

export const exchangeSyncList = defineOperation({
  name: 'exchange.sync.list',
  summary: 'List of each member on each route server what is wanted there and whether it is there',
  permission: 'exchange:read',
  risk: 'read',
  input: z.object({ id: routeServerId.optional(), connectionId: z.uuid().optional(), state: z.enum(SYNC_STATES).optional(), ...pageInput }),
  output: pageOf(Sync),
  targets: 'filter',
  async run(ctx, { id, connectionId, state, cursor, limit }) {
    const after = afterId(cursor);
    const { db, tenantId, reach } = ctx;
    const serverId = id === undefined ? undefined : (await findRouteServer(ctx, id)).server.id;
    const rows = await db
      .select({ sync: syncs, handle: routeServers.handle })
      .from(syncs)
      .innerJoin(routeServers, and(eq(routeServers.tenantId, syncs.tenantId), eq(routeServers.id, syncs.routeServerId)))
      .where(
        and(
          eq(syncs.tenantId, tenantId),
          serverId === undefined ? undefined : eq(syncs.routeServerId, serverId),
          connectionId === undefined ? undefined : eq(syncs.connectionId, connectionId),
          state === undefined ? undefined : eq(syncs.state, state),
          // As with the server itself: both it and its fabric have to be within reach.
          withinReach(reach, { type: 'exchangeRouteServer', id: routeServers.id }),
          withinReach(reach, { type: 'exchangeFabric', id: routeServers.fabricId }),
          after === undefined ? undefined : gt(syncs.id, after),
        ),
      )
      .orderBy(asc(syncs.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ sync }) => [sync.id], ({ sync, handle }) => syncView(sync, handle));
  },
}); // prettier-ignore
