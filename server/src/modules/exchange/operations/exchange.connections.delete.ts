import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { letRest } from '../controllers/pool.ts';
import { requireNoNode } from '../controllers/store.ts';
import { connectionOf, findConnection, oneConnection, requireSeen } from '../find.ts';
import { requireNoRequest } from '../joining/store.ts';
import { connectionId } from '../schemas.ts';
import { connections } from '../tables.ts';

export const exchangeConnectionsDelete = defineOperation({
  name: 'exchange.connections.delete',
  summary: 'Take a network off a peering LAN',
  description: 'Route servers end its sessions when their configuration is applied.',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: connectionId }),
  output: z.object({ id: z.uuid() }),
  targets: oneConnection,
  async plan(ctx, { id }) {
    const { connection, fabric, participant } = await connectionOf(ctx, id);
    const name = `AS${participant.asn} at ${fabric.slug}`;
    requireSeen(name, connection, ctx);
    await requireNoNode(ctx, connection.id);
    await requireNoRequest(ctx, connection.id);
    return {
      summary: `Take AS${participant.asn} off the fabric "${fabric.slug}"`,
      changes: [{ action: 'delete', type: 'exchangeConnection', id: connection.id, name }],
      warnings: ['Its sessions with the route servers end with the next configuration.'],
      reversible: 'Connect it again.',
      observed: { [`connection ${connection.id}`]: String(connection.version) },
    };
  },
  async run(ctx, { id }) {
    const { connection, fabric, participant } = await findConnection(ctx, id);
    requireSeen(`AS${participant.asn} at ${fabric.slug}`, connection, ctx);
    await requireNoNode(ctx, connection.id);
    await requireNoRequest(ctx, connection.id);
    await ctx.db.delete(connections).where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, id)));
    await letRest(ctx, fabric.id, connection.addressV4);
    ctx.emit('exchange.connection.deleted', { id, fabricId: fabric.id, asn: participant.asn });
    return { id };
  },
});
