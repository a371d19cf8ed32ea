import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { fabricOf, fabricTarget, findFabric } from '../../find.ts';
import { creation } from '../../plans.ts';
import { fabricId } from '../../schemas.ts';
import { fabrics, type FabricRow } from '../../tables.ts';
import { BoundNetwork, controllerId } from '../schemas.ts';
import { controllerOf, controllerTarget, findController, networkOf, requireNetwork } from '../store.ts';
import { networks, type ControllerRow } from '../tables.ts';
import { openController, requireReady, tokenInUse, wishFor } from '../talk.ts';

const input = z.object({
  fabricId,
  controllerId,
  network: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^([0-9a-f]{6}|[0-9a-f]{16})$/, 'six hexadecimal digits, or the whole id of sixteen')
    .meta({ title: 'Network', help: 'The last six digits of its id; at ZeroTier Central the whole id', examples: ['00a001'] }),
}); // prettier-ignore
type Wish = z.output<typeof input>;

/** The whole id, as the controller makes it. */
export function networkIdOf({ kind, nodeId, name }: Pick<ControllerRow, 'kind' | 'nodeId' | 'name'>, network: string): string {
  if (network.length === 16 && (kind === 'central' || nodeId === null || network.startsWith(nodeId))) return network;
  if (network.length === 16 || kind === 'central')
    throw new Problem('suffix-invalid', kind === 'central' ? 'ZeroTier Central names networks by their whole id.' : `Network ${network} is not one of controller "${name}" (${nodeId}).`); // prettier-ignore
  if (nodeId === null) throw new Problem('controller-blocked', `Nobody knows yet which node controller "${name}" is: run its preflight first.`);
  return nodeId + network;
}

function requirePrefix({ slug, ipv6Prefix }: FabricRow): void {
  if (!ipv6Prefix.endsWith('/64'))
    throw new Problem('prefix-invalid', `The fabric "${slug}" has ${ipv6Prefix}, and members get addresses within a /64.`);
}

async function requireFree({ db, tenantId }: ReadContext, networkId: string): Promise<void> {
  const [other] = await db.select({ id: networks.id }).from(networks).where(and(eq(networks.tenantId, tenantId), eq(networks.networkId, networkId))); // prettier-ignore
  if (other) throw taken(networkId);
}
const taken = (networkId: string): Problem => new Problem('network-bound', `Network ${networkId} carries another fabric.`);

async function both(ctx: ReadContext, wish: Wish) {
  const fabric = await fabricOf(ctx, wish.fabricId);
  const controller = await controllerOf(ctx, wish.controllerId);
  requirePrefix(fabric);
  const bound = await networkOf(ctx, fabric.id);
  if (bound) throw new Problem('network-bound', `The fabric "${fabric.slug}" is on network ${bound.networkId} already.`);
  const networkId = networkIdOf(controller, wish.network);
  await requireFree(ctx, networkId);
  return { fabric, controller, networkId };
}

export const exchangeNetworksBind = defineOperation({
  name: 'exchange.networks.bind',
  summary: 'Put a fabric on a ZeroTier network',
  description:
    'The network is made where it is missing, and set as a peering LAN needs it: private, no addresses of the controller’s choice, a route for the prefix, and rules that let only IPv4, ARP and IPv6 pass, without router advertisements and DHCP. Routes of others stay.',
  permission: 'exchange:manage',
  risk: 'high',
  runs: 'job',
  deadlineSeconds: 300,
  input,
  output: BoundNetwork,
  targets: async (ctx, wish) => [fabricTarget(await fabricOf(ctx, wish.fabricId)), controllerTarget(await controllerOf(ctx, wish.controllerId))],
  async plan(ctx, wish) {
    const { fabric, controller, networkId } = await both(ctx, wish);
    requireReady(controller, ctx.now());
    return {
      summary: `Put the fabric "${fabric.slug}" on ZeroTier network ${networkId}`,
      changes: creation('zerotierNetwork', networkId, { controller: controller.name, ...(await wishFor(ctx.db, fabric)) }),
      warnings: ['Settings of a network that is there already are overwritten; its routes and members stay.'],
      reversible: 'Unbind it. The network stays at the controller.',
    };
  },
  async accept(ctx, wish) {
    const { fabric, controller, networkId } = await both(ctx, wish);
    requireReady(controller, ctx.now());
    const { db, tenantId, now } = ctx;
    await db.insert(networks).values({ tenantId, id: newId(), fabricId: fabric.id, controllerId: controller.id, networkId, createdAt: now(), updatedAt: now() }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? taken(networkId) : error;
    });
    await db.update(fabrics).set({ orphanedFrom: null }).where(and(eq(fabrics.tenantId, tenantId), eq(fabrics.id, fabric.id)));
  },
  async execute(work, wish) {
    const { fabric, controller, network } = await work.tx(async (ctx) => {
      const found = await findFabric(ctx, wish.fabricId);
      return { fabric: found, controller: await findController(ctx, wish.controllerId), network: await requireNetwork(ctx, found) };
    });
    await work.step('network', `Set network ${network.networkId}`, async () => {
      const token = await tokenInUse(work, controller);
      const { created, updated } = await openController(work, controller, token).ensureNetwork(network.networkId, await work.tx(({ db }) => wishFor(db, fabric)));
      return { created, updated };
    });
    await work.tx(async ({ emit }) => emit('exchange.network.bound', { fabricId: fabric.id, fabric: fabric.slug, networkId: network.networkId }));
    return { fabricId: fabric.id, fabric: fabric.slug, networkId: network.networkId, members: 0 };
  },
  // What was made at the controller stays there: whoever binds it again finds it.
  async rollback(work, wish) {
    await work.tx(async (ctx) => {
      const fabric = await findFabric(ctx, wish.fabricId);
      await ctx.db.delete(networks).where(and(eq(networks.tenantId, ctx.tenantId), eq(networks.fabricId, fabric.id)));
    });
  },
}); // prettier-ignore
