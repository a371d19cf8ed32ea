import type { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import type { Resource } from '#kernel/resource-cache.ts';
import type { Place } from '../find.ts';
import { findRequest } from '../joining/store.ts';
import { peerName } from '../render/peer.ts';
import { connections, routeServers, type FabricRow, type RouteServerRow } from '../tables.ts';
import { pageOfRoutes, requireSearched, routeView, saidBy } from './answers.ts';
import { glassOf, routesOf, sessionsOf, type Looker, type Told } from './ask.ts';
import type { PortSessions, View } from './schemas.ts';

/** The id of nothing. */
const NONE = '00000000-0000-0000-0000-000000000000';

/** A port, by what it is on route servers; `name` is null until it is set up. */
interface OwnPort {
  fabric: FabricRow;
  name: string | null;
  servers: RouteServerRow[];
}
async function portOf({ tenantId, read }: Looker, id: string): Promise<OwnPort> {
  return read(async (db) => {
    const { request, fabric } = await findRequest({ db, tenantId }, id);
    const servers = await db
      .select()
      .from(routeServers)
      .where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabric.id)))
      .orderBy(asc(routeServers.handle));
    const mine = and(eq(connections.tenantId, tenantId), eq(connections.id, request.connectionId ?? NONE));
    const [connection] = await db.select({ tag: connections.tag }).from(connections).where(mine);
    return { fabric, servers, name: connection ? `sy_${peerName({ asn: request.asn, tag: connection.tag })}` : null };
  });
}

/** As the renderer names them: one session, or one for each family. */
const protocolsOf = ({ fabric, name }: OwnPort): string[] => (name === null ? [] : fabric.ipv4Mode === 'native' ? [name, `${name}_v4`] : [name]);

type OnServer = z.input<typeof PortSessions>['items'][number];

/** What one server says; why it says nothing is said in words, and does not keep the others from being shown. */
async function onServer(looker: Looker, { handle, name }: RouteServerRow, protocols: readonly string[]): Promise<OnServer> {
  try {
    const sessions = await sessionsOf(looker, await glassOf(looker, handle));
    const own = sessions.value.filter(({ protocol }) => protocols.includes(protocol));
    return { ...saidBy(handle, sessions), name, problem: null, sessions: own };
  } catch (error) {
    const { slug, message } = asProblem(error);
    return { routeServer: handle, name, readAt: null, ageSeconds: null, stale: false, problem: { code: slug, detail: message }, sessions: [] };
  }
}

export async function portSessions(looker: Looker, id: string): Promise<OnServer[]> {
  const port = await portOf(looker, id);
  const protocols = protocolsOf(port);
  return Promise.all(port.servers.map((one) => onServer(looker, one, protocols)));
}

/** A route server of this fabric; those of others do not exist for who has a port on it. */
export async function requireOnFabric({ db, tenantId }: Place, fabricId: string, idOrHandle: string): Promise<void> {
  const wanted = isUuid(idOrHandle) ? eq(routeServers.id, idOrHandle) : eq(routeServers.handle, idOrHandle);
  const here = and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabricId), wanted);
  if ((await db.$count(routeServers, here)) === 0) throw new Problem('exchange-route-server-not-found', `There is no route server "${idOrHandle.slice(0, 64)}" on the fabric of this port.`);
} // prettier-ignore

interface Wanted {
  id: string;
  routeServer: string;
  view: View;
  prefix?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}
/** Of one's own port alone: the names of its sessions are made here and never taken from who asks. */
export async function portRoutes(looker: Looker, operation: string, { id, routeServer, view, prefix, cursor, limit }: Wanted) {
  const port = await portOf(looker, id);
  await looker.read((db) => requireOnFabric({ db, tenantId: looker.tenantId }, port.fabric.id, routeServer));
  const glass = await glassOf(looker, routeServer);
  const searched = prefix === undefined ? undefined : requireSearched(operation, prefix);
  const told: Resource<Told>[] = [];
  for (const protocol of protocolsOf(port)) told.push(await routesOf(looker, glass, protocol, view));
  const all = { routes: told.flatMap(({ value }) => value.routes), total: told.reduce((sum, { value }) => sum + value.total, 0) };
  const oldest = told.toSorted((one, other) => one.readAt.getTime() - other.readAt.getTime())[0];
  const said = oldest ? { readAt: oldest.readAt, stale: told.some(({ stale }) => stale) } : { readAt: new Date(), stale: false };
  const page = pageOfRoutes(all, { cursor, limit, searched }, (route) => routeView(route, glass.fabric.rsAsn, view));
  return { ...saidBy(glass.server.handle, said), ...page };
}
