import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fabricOf, fabricTarget, findFabric } from '../../find.ts';
import { fabricId } from '../../schemas.ts';
import { fabrics, type FabricRow } from '../../tables.ts';
import { memberCounts, requireNetwork } from '../store.ts';
import { networks } from '../tables.ts';

const input = z.object({
  fabricId,
  orphan: z.boolean().default(false).meta({
    title: 'Also with members',
    help: 'Members, ports, requests and grants stay as they are, and wait until the fabric is on a network again',
  }),
});

/** How many are on it; none, unless they are to be left waiting. */
async function leftWaiting(ctx: Pick<ReadContext, 'db' | 'tenantId'>, { id, slug }: FabricRow, orphan: boolean): Promise<number> {
  const there = (await memberCounts(ctx, [id]))(id);
  if (there > 0 && !orphan)
    throw new Problem(
      'network-in-use',
      `${there} members are on the network of the fabric "${slug}". Take them off first, or leave them waiting with \`orphan\`.`,
    );
  return there;
}

export const exchangeNetworksUnbind = defineOperation({
  name: 'exchange.networks.unbind',
  summary: 'Take a fabric off its ZeroTier network',
  description:
    'The network stays at the controller as it is. With `orphan` it may have members: the fabric is orphaned then, and keeps them, its requests and its grants until it is bound again; nobody is let on meanwhile.',
  permission: 'exchange:manage',
  risk: 'high',
  input,
  output: z.object({ fabricId: z.uuid(), networkId: z.string() }),
  targets: async (ctx, wish) => [fabricTarget(await fabricOf(ctx, wish.fabricId))],
  async plan(ctx, wish) {
    const fabric = await fabricOf(ctx, wish.fabricId);
    const { networkId } = await requireNetwork(ctx, fabric);
    const waiting = await leftWaiting(ctx, fabric, wish.orphan);
    return {
      summary: `Take the fabric "${fabric.slug}" off network ${networkId}`,
      changes: [{ action: 'delete', type: 'zerotierNetwork', id: networkId, name: networkId }],
      ...(waiting > 0 ? { warnings: [`${waiting} members stay on the network at the controller, where nobody here looks after them until the fabric is bound again.`] } : {}),
      reversible: 'Bind it again.',
    };
  },
  async run(ctx, wish) {
    const fabric = await findFabric(ctx, wish.fabricId, true);
    const { id, networkId } = await requireNetwork(ctx, fabric);
    const waiting = await leftWaiting(ctx, fabric, wish.orphan);
    await ctx.db.delete(networks).where(and(eq(networks.tenantId, ctx.tenantId), eq(networks.id, id)));
    if (waiting > 0) await ctx.db.update(fabrics).set({ orphanedFrom: networkId, updatedAt: ctx.now() }).where(and(eq(fabrics.tenantId, ctx.tenantId), eq(fabrics.id, fabric.id)));
    ctx.emit('exchange.network.unbound', { fabricId: fabric.id, fabric: fabric.slug, networkId });
    return { fabricId: fabric.id, networkId };
  },
}); // prettier-ignore
