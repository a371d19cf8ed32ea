import { and, eq } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { letRest } from '../controllers/pool.ts';
import { findFabric, type Joined } from '../find.ts';
import { connections } from '../tables.ts';

/** Gives the connection back. Its IPv6 address is never made again, and its IPv4 address rests. */
export async function release(
  ctx: Pick<WorkContext, 'db' | 'tenantId' | 'now' | 'emit'>,
  { connection, fabric, participant }: Joined,
): Promise<void> {
  await findFabric(ctx, fabric.id, true);
  await letRest(ctx, fabric.id, connection.addressV4);
  await ctx.db.delete(connections).where(and(eq(connections.tenantId, ctx.tenantId), eq(connections.id, connection.id)));
  ctx.emit('exchange.connection.deleted', { id: connection.id, fabricId: fabric.id, asn: participant.asn });
}
