import type { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { addressOf, invalid, requireAddress } from './addresses.ts';
import { effective } from './facts/facts.ts';
import { setsOn } from './irr/store.ts';
import { fabricTarget, joined, type Place } from './find.ts';
import { drainOf } from './maintaining/standing.ts';
import { faultsOf, render, type Bundle, type Desired } from './render/render.ts';
import type { RouteServer, RtrServer } from './schemas.ts';
import { connections, fabrics, routeServers, type FabricRow, type RouteServerRow } from './tables.ts';
import { dates } from './view.ts';

export interface Placed {
  server: RouteServerRow;
  fabric: FabricRow;
}
export const placed = ({ db }: Place) =>
  db
    .select({ server: routeServers, fabric: fabrics })
    .from(routeServers)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, routeServers.tenantId), eq(fabrics.id, routeServers.fabricId)));

/** By id or short name. */
export async function findRouteServer(place: Place, idOrHandle: string): Promise<Placed> {
  const wanted = isUuid(idOrHandle) ? eq(routeServers.id, idOrHandle) : eq(routeServers.handle, idOrHandle);
  const [row] = await placed(place).where(and(eq(routeServers.tenantId, place.tenantId), wanted));
  if (!row)
    throw new Problem('exchange-route-server-not-found', `There is no route server "${idOrHandle.slice(0, 64)}". See exchange.routeServers.list.`);
  return row;
}
export const routeServerOf = (ctx: ReadContext, id: string): Promise<Placed> => ctx.once(`route-server:${id}`, () => findRouteServer(ctx, id));

export const routeServerTarget = ({ id, handle }: Pick<RouteServerRow, 'id' | 'handle'>): Target => ({
  type: 'exchangeRouteServer',
  id,
  name: handle,
});
/** Whoever does something to a route server does it to the fabric. */
export const oneRouteServer = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => {
  const { server, fabric } = await routeServerOf(ctx, id);
  return [routeServerTarget(server), fabricTarget(fabric)];
};

export const routeServerView = ({ server, fabric }: Placed): z.input<typeof RouteServer> => ({
  id: server.id,
  fabricId: fabric.id,
  fabric: fabric.slug,
  handle: server.handle,
  name: server.name,
  addressV6: server.addressV6,
  addressV4: server.addressV4,
  routerId: server.routerId,
  rtrServers: server.rtrServers,
  ...dates(server),
});

interface Wish {
  addressV6: string;
  addressV4: string | null;
  routerId: string;
  rtrServers: readonly RtrServer[];
}
/** Addresses as they are stored and as they enter the configuration, or a problem that points at the field. */
export function checkedServer(operation: string, { ipv6Prefix, ipv4Prefix, ipv4Mode }: FabricRow, wish: Wish): Wish & { rtrServers: RtrServer[] } {
  if (wish.addressV4 === null && ipv4Mode === 'native')
    throw invalid(operation, '/addressV4', 'is needed: IPv4 has sessions of its own on this fabric');
  if (wish.addressV4 !== null && ipv4Prefix === null) throw invalid(operation, '/addressV4', 'has no place: this fabric has no IPv4 prefix');
  const routerId = addressOf(wish.routerId, 4);
  if (routerId === undefined || routerId === '0.0.0.0') throw invalid(operation, '/routerId', 'is not written like an IPv4 address');
  return {
    addressV6: requireAddress(operation, '/addressV6', wish.addressV6, 6, ipv6Prefix),
    addressV4: wish.addressV4 === null ? null : requireAddress(operation, '/addressV4', wish.addressV4, 4, ipv4Prefix!),
    routerId,
    rtrServers: wish.rtrServers.map(({ host, port }, at) => {
      const address = addressOf(host, 6) ?? addressOf(host, 4);
      if (address === undefined) throw invalid(operation, `/rtrServers/${at}/host`, 'is not an address; names are not looked up by route servers');
      return { host: address, port };
    }),
  };
}

/** What the route server is to do, from what is known now. */
export async function desiredOf(place: Place, { server, fabric }: Placed): Promise<Desired> {
  const rows = await joined(place).where(and(eq(connections.tenantId, place.tenantId), eq(connections.fabricId, fabric.id)));
  const sets = fabric.irrMode === 'off' ? new Map() : await setsOn(place, rows.map(({ participant }) => participant.id)); // prettier-ignore
  const drain = await drainOf(place, server.id);
  return {
    rsAsn: fabric.rsAsn,
    irrMode: fabric.irrMode,
    routerId: server.routerId,
    addressV6: server.addressV6,
    addressV4: server.addressV4,
    ipv4Mode: fabric.ipv4Mode,
    rpkiMode: fabric.rpkiMode,
    rtrServers: server.rtrServers,
    drains: drain !== null,
    peers: rows.map(({ connection, participant }) => ({
      asn: participant.asn,
      tag: connection.tag,
      addressV6: connection.addressV6,
      addressV4: connection.addressV4,
      suspended: connection.state === 'suspended' || drain === 'stopped',
      roleStrict: connection.roleStrict,
      maxPrefixesV4: effective(participant).maxPrefixesV4,
      maxPrefixesV6: effective(participant).maxPrefixesV6,
      irr: sets.get(participant.id),
    })),
  };
}

export async function bundleOf(place: Place, found: Placed): Promise<Bundle> {
  const desired = await desiredOf(place, found);
  const reasons = faultsOf(desired);
  if (reasons.length > 0)
    throw new Problem('exchange-render-failed', `No configuration can be made for ${found.server.handle}: ${reasons.join('; ')}.`, { reasons });
  return render(desired);
}
