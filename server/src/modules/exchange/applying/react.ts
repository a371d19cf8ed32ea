import { and, eq } from '#kernel/drizzle.ts';
import type { DeliveredEvent } from '#kernel/module.ts';
import type { WorkContext } from '#kernel/work.ts';
import { lookAtRequests } from '../joining/deciding.ts';
import { connections, routeServers } from '../tables.ts';
import { markDirty } from './following.ts';

type React = (ctx: WorkContext, event: DeliveredEvent) => Promise<void>;

const onFabric: React = (ctx, { data }) => markDirty(ctx, String(data['fabricId']));

/** A network is on every fabric where it has a connection. */
const onNetwork: React = async (ctx, { data }) => {
  const { db, tenantId } = ctx;
  const found = await db
    .selectDistinct({ fabricId: connections.fabricId })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), eq(connections.participantId, String(data['id']))));
  for (const { fabricId } of found) await markDirty(ctx, fabricId);
};

const onServer: React = async (ctx, { data }) => {
  const { db, tenantId } = ctx;
  const [found] = await db.select({ fabricId: routeServers.fabricId }).from(routeServers).where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.id, String(data['id'])))); // prettier-ignore
  if (found) await markDirty(ctx, found.fabricId);
};

/** Whatever changes what route servers are to have. */
export const reactions: Record<string, React> = {
  'exchange.connection.created': onFabric,
  'exchange.connection.updated': onFabric,
  'exchange.connection.deleted': onFabric,
  'exchange.participant.updated': onNetwork,
  'exchange.irr.changed': onNetwork,
  'exchange.fabric.updated': async (ctx, { data }) => {
    await markDirty(ctx, String(data['id']));
    await lookAtRequests(ctx, String(data['id']));
  },
  'exchange.routeServer.updated': onServer,
};
