import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fabricOf, fabricTarget, findFabric } from '../../find.ts';
import { fabricId } from '../../schemas.ts';
import type { FabricRow } from '../../tables.ts';
import { memberCounts, requireNetwork } from '../store.ts';
import { networks } from '../tables.ts';

async function requireEmpty(ctx: Pick<ReadContext, 'db' | 'tenantId'>, { id, slug }: FabricRow): Promise<void> {
  const there = (await memberCounts(ctx, [id]))(id);
  if (there > 0) throw new Problem('network-in-use', `${there} members are on the network of the fabric "${slug}". Take them off first.`);
}

export const exchangeNetworksUnbind = defineOperation({
  name: 'exchange.networks.unbind',
  summary: 'Take a fabric off its ZeroTier network',
  description: 'The network stays at the controller as it is.',
  permission: 'exchange:manage',
  risk: 'high',
  input: z.object({ fabricId }),
  output: z.object({ fabricId: z.uuid(), networkId: z.string() }),
  targets: async (ctx, wish) => [fabricTarget(await fabricOf(ctx, wish.fabricId))],
  async plan(ctx, wish) {
    const fabric = await fabricOf(ctx, wish.fabricId);
    const { networkId } = await requireNetwork(ctx, fabric);
    await requireEmpty(ctx, fabric);
    return {
      summary: `Take the fabric "${fabric.slug}" off network ${networkId}`,
      changes: [{ action: 'delete', type: 'zerotierNetwork', id: networkId, name: networkId }],
      reversible: 'Bind it again.',
    };
  },
  async run(ctx, wish) {
    const fabric = await findFabric(ctx, wish.fabricId, true);
    const { id, networkId } = await requireNetwork(ctx, fabric);
    await requireEmpty(ctx, fabric);
    await ctx.db.delete(networks).where(and(eq(networks.tenantId, ctx.tenantId), eq(networks.id, id)));
    ctx.emit('exchange.network.unbound', { fabricId: fabric.id, fabric: fabric.slug, networkId });
    return { fabricId: fabric.id, networkId };
  },
});
