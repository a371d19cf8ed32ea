import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../controllers/store.ts';
import { connectedTo, fabricOf, findFabric, oneFabric, requireSeen } from '../find.ts';
import { openRequestsOn } from '../joining/store.ts';
import { fabricId } from '../schemas.ts';
import { fabrics, routeServers, type FabricRow } from '../tables.ts';

async function requireUnused(ctx: ReadContext, { id, slug }: FabricRow): Promise<void> {
  const servers = await ctx.db.$count(routeServers, and(eq(routeServers.tenantId, ctx.tenantId), eq(routeServers.fabricId, id)));
  if (servers > 0) throw new Problem('exchange-in-use', `${servers} route servers are on the fabric "${slug}". Remove them first.`);
  const connected = (await connectedTo(ctx, [id]))(id);
  if (connected > 0) throw new Problem('exchange-in-use', `${connected} connections are on the fabric "${slug}". Remove them first.`);
  const open = await openRequestsOn(ctx, id);
  if (open > 0) throw new Problem('exchange-in-use', `${open} join requests are open on the fabric "${slug}". Decide on them first.`);
  const bound = await networkOf(ctx, id);
  if (bound) throw new Problem('exchange-in-use', `The fabric "${slug}" is on ZeroTier network ${bound.networkId}. Take it off first.`);
}

export const exchangeFabricsDelete = defineOperation({
  name: 'exchange.fabrics.delete',
  summary: 'Remove a peering LAN',
  permission: 'exchange:manage',
  risk: 'write',
  input: z.object({ id: fabricId }),
  output: z.object({ id: z.uuid() }),
  targets: oneFabric,
  async plan(ctx, { id }) {
    const row = await fabricOf(ctx, id);
    requireSeen(row.slug, row, ctx);
    await requireUnused(ctx, row);
    return {
      summary: `Remove the fabric "${row.slug}"`,
      changes: [{ action: 'delete', type: 'exchangeFabric', id: row.id, name: row.slug }],
      reversible: 'Add it again.',
      observed: { [`fabric ${row.id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findFabric(ctx, id, true);
    requireSeen(row.slug, row, ctx);
    await requireUnused(ctx, row);
    await ctx.db.delete(fabrics).where(and(eq(fabrics.tenantId, ctx.tenantId), eq(fabrics.id, row.id)));
    ctx.emit('exchange.fabric.deleted', { id: row.id, slug: row.slug });
    return { id: row.id };
  },
});
