import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { memberOfConnection, networkOf } from '../../controllers/store.ts';
import { FAMILIES } from '../../looking/sessions.ts';
import { routeServers, type FabricRow } from '../../tables.ts';
import { communitiesFor, configFor, EFFECTS, PLATFORMS } from '../instructions.ts';
import { STATUSES } from '../rules.ts';
import { portId } from '../schemas.ts';
import { nodeSeen } from '../seen.ts';
import { oneOwn, ownRequestOf, type Asked } from '../store.ts';

const serversOf = ({ db, tenantId }: ReadContext, fabricId: string) =>
  db
    .select({ name: routeServers.handle, addressV6: routeServers.addressV6, addressV4: routeServers.addressV4 })
    .from(routeServers)
    .where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabricId)))
    .orderBy(asc(routeServers.handle));

type Servers = Awaited<ReturnType<typeof serversOf>>;

/** What each server is to have a session for: IPv4 over the IPv6 one, or over one of its own where both ends have an address. */
const withFamilies = (servers: Servers, { ipv4Mode }: FabricRow, own: string | null) =>
  servers.map((server) => {
    const hasIpv4 = ipv4Mode === 'rfc8950' || (ipv4Mode === 'native' && own !== null && server.addressV4 !== null);
    return { ...server, families: hasIpv4 ? [...FAMILIES].reverse() : ['ipv6' as const] };
  });
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
  description:
    'Network, addresses and route servers, communities, and a configuration for your router with these values. Before the port is set up only where to join; of one that is stopped, why.',
  permission: 'exchangeRequests:create',
  risk: 'read',
  route: { method: 'GET', path: '/exchange/ports/{id}/instructions' },
  input: z.object({ id: portId, platform: z.enum(PLATFORMS).default('bird').meta({ title: 'Router' }) }),
  output: z.object({
    status: z.enum(STATUSES),
    reason: z.string().nullable().meta({ help: 'Why it was stopped or refused' }),
    networkId: z.string().nullable().meta({ help: 'Of the ZeroTier network to join; null when the fabric is on none' }),
    nodeId: z.string().nullable(),
    seen: z.boolean().nullable().meta({ help: 'The node has come to the network; null while its controller does not say' }),
    authorized: z.boolean().meta({ help: 'The controller has let the node on' }),
    mtu: z.int().nullable(),
    addresses: z.array(z.string()).meta({ help: 'Of your interface, with their length' }),
    rsAsn: z.int().nullable(),
    routeServers: z.array(
      z.object({
        name: z.string(),
        addressV6: z.string(),
        addressV4: z.string().nullable(),
        families: z.array(z.enum(FAMILIES)).meta({ help: 'That it is to have a session with you for' }),
      }),
    ),
    communities: z
      .array(z.object({ does: z.enum(EFFECTS), community: z.string() }))
      .meta({ help: 'Large communities by which you tell route servers whom your routes are for' }),
    config: z.string().nullable(),
  }),
  targets: oneOwn,
  async run(ctx, { id, platform }) {
    const found = await ownRequestOf(ctx, id);
    const { request, fabric } = found;
    const { hasPort, values, authorized } = await shown(ctx, found);
    return {
      status: request.status,
      reason: request.reason,
      networkId: (await networkOf(ctx, fabric.id))?.networkId ?? null,
      nodeId: request.nodeId,
      seen: null,
      authorized,
      mtu: hasPort ? fabric.mtu : null,
      addresses: values === null ? [] : [withLength(values.addressV6, fabric.ipv6Prefix), ...(values.addressV4 === null ? [] : [withLength(values.addressV4, fabric.ipv4Prefix)])],
      rsAsn: hasPort ? fabric.rsAsn : null,
      routeServers: values === null ? [] : withFamilies(values.routeServers, fabric, values.addressV4),
      communities: hasPort ? communitiesFor(fabric.rsAsn) : [],
      config: values === null ? null : configFor(platform, values),
    };
  },
  // The controller is asked once no transaction is open.
  finish: async (after, { id }, told) => ({ ...told, seen: await nodeSeen(after, id) }),
}); // prettier-ignore
