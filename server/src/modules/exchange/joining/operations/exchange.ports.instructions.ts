import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { memberOfConnection, networkOf } from '../../controllers/store.ts';
import { routeServers } from '../../tables.ts';
import { configFor, PLATFORMS } from '../instructions.ts';
import { STATUSES } from '../rules.ts';
import { portId } from '../schemas.ts';
import { oneOwn, ownRequestOf, type Asked } from '../store.ts';

const serversOf = ({ db, tenantId }: ReadContext, fabricId: string) =>
  db
    .select({ name: routeServers.handle, addressV6: routeServers.addressV6, addressV4: routeServers.addressV4 })
    .from(routeServers)
    .where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabricId)))
    .orderBy(asc(routeServers.handle));

const withLength = (address: string, prefix: string | null): string => `${address}/${prefix?.split('/')[1] ?? '32'}`;

/** Whoever has no port yet learns where to join and nothing of the LAN; who was stopped gets no configuration. */
async function shown(ctx: ReadContext, { request, fabric }: Asked) {
  const { addressV6, addressV4, status, connectionId } = request;
  const hasPort = status === 'active' && addressV6 !== null;
  const member = connectionId === null ? undefined : await memberOfConnection(ctx, connectionId);
  return {
    hasPort,
    values: hasPort ? { asn: request.asn, rsAsn: fabric.rsAsn, addressV6, addressV4, overV6: fabric.ipv4Mode === 'rfc8950', routeServers: await serversOf(ctx, fabric.id) } : null,
    authorized: member?.authorized ?? false,
  };
} // prettier-ignore

export const exchangePortsInstructions = defineOperation({
  name: 'exchange.ports.instructions',
  summary: 'Show how to set up your side of a port',
  description: 'Network, addresses and route servers, and a configuration for your router with these values. Before the port is set up only where to join.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/ports/{id}/instructions' },
  input: z.object({ id: portId, platform: z.enum(PLATFORMS).default('bird').meta({ title: 'Router' }) }),
  output: z.object({
    status: z.enum(STATUSES),
    networkId: z.string().nullable().meta({ help: 'Of the ZeroTier network to join; null when the fabric is on none' }),
    nodeId: z.string().nullable(),
    authorized: z.boolean().meta({ help: 'The controller has let the node on' }),
    mtu: z.int().nullable(),
    addresses: z.array(z.string()).meta({ help: 'Of your interface, with their length' }),
    rsAsn: z.int().nullable(),
    routeServers: z.array(z.object({ name: z.string(), addressV6: z.string(), addressV4: z.string().nullable() })),
    config: z.string().nullable(),
  }),
  targets: oneOwn,
  async run(ctx, { id, platform }) {
    const found = await ownRequestOf(ctx, id);
    const { request, fabric } = found;
    const { hasPort, values, authorized } = await shown(ctx, found);
    return {
      status: request.status,
      networkId: (await networkOf(ctx, fabric.id))?.networkId ?? null,
      nodeId: request.nodeId,
      authorized,
      mtu: hasPort ? fabric.mtu : null,
      addresses: values === null ? [] : [withLength(values.addressV6, fabric.ipv6Prefix), ...(values.addressV4 === null ? [] : [withLength(values.addressV4, fabric.ipv4Prefix)])],
      rsAsn: hasPort ? fabric.rsAsn : null,
      routeServers: values?.routeServers ?? [],
      config: values === null ? null : configFor(platform, values),
    };
  },
}); // prettier-ignore
