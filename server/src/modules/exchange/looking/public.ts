import type { z } from 'zod';
import type { Database } from '#kernel/database.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { peerOf } from '../applying/seen.ts';
import type { Place } from '../find.ts';
import { peersOn } from '../observing/sessions.ts';
import { placed } from '../route-server-rows.ts';
import { fabrics, routeServers } from '../tables.ts';
import { pageOfRoutes, requireSearched, saidBy } from './answers.ts';
import { glassOf, routesOf, routesUnder, sessionsOf, type Looker } from './ask.ts';
import { rpkiOf } from './reasons.ts';
import type { Route } from './routes.ts';
import type { PublicRoute, PublicServers, PublicSessions } from './schemas.ts';
import type { Session } from './sessions.ts';

/** The same whatever is not there or not shown: nobody learns which. */
export const nothingShown = (): Problem => new Problem('not-found', 'There is no looking glass here that is shown to the world.');

const shown = ({ tenantId }: Pick<Place, 'tenantId'>) =>
  and(eq(routeServers.tenantId, tenantId), eq(fabrics.published, true), eq(fabrics.lookingglassPublic, true));

/** Route servers of fabrics that are published, with their looking glass. */
export async function shownServers(place: Place): Promise<z.input<typeof PublicServers>['items']> {
  const rows = await placed(place).where(shown(place)).orderBy(asc(fabrics.slug), asc(routeServers.handle));
  return rows.map(({ server, fabric }) => ({ handle: server.handle, name: server.name, fabric: fabric.slug, fabricName: fabric.name }));
}

/** A server that is shown, with the sessions of members that are: those of active connections, which the list of members has too. */
async function shownGlass(looker: Looker, handle: string) {
  const { tenantId } = looker;
  const found = await looker.read(async (db: Database) => {
    const place = { db, tenantId };
    const [row] = await placed(place).where(and(shown(place), eq(routeServers.handle, handle)));
    return row && { id: row.server.id, peers: await peersOn(place, row.fabric.id) };
  });
  if (!found) throw nothingShown();
  const isShown = (protocol: string): boolean => found.peers.get(peerOf({ name: protocol }))?.connection.state === 'active';
  return { id: found.id, isShown };
}

/** What went wrong on the way to a server is for those who look after it. */
const HARMLESS: ReadonlySet<string> = new Set(['not-found', 'lookingglass-timeout', 'cursor-invalid', 'validation-failed']);
async function discreetly<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof Problem) || HARMLESS.has(error.slug)) throw error;
    throw new Problem('dependency-unavailable', 'The route server cannot be asked now. Try again in a minute.', { retryAfterSeconds: 60 });
  }
}

const sessionView = ({ protocol, bgpState, since, neighborAddress, neighborAs, channels }: Session): z.input<typeof PublicSessions>['items'][number] => ({
  protocol, bgpState, since, neighborAddress, neighborAs,
  channels: channels.map(({ family, imported, exported }) => ({ family, imported, exported })),
}); // prettier-ignore

export const shownSessions = (looker: Looker, handle: string): Promise<z.input<typeof PublicSessions>> =>
  discreetly(async () => {
    const { id, isShown } = await shownGlass(looker, handle);
    const told = await sessionsOf(looker, await glassOf(looker, id));
    return { ...saidBy(handle, told), items: told.value.filter(({ protocol }) => isShown(protocol)).map(sessionView) };
  });

/** Of accepted routes alone; where the server has them from inside, and how it ranks them, is nobody's business. */
const publicRoute = (route: Route, rsAsn: number): z.input<typeof PublicRoute> => {
  const { gateway: _gateway, interface: _interface, preference: _preference, localPref: _localPref, ...rest } = route;
  return { ...rest, rpki: rpkiOf(route, rsAsn), reason: null };
};

interface Wanted {
  server: string;
  session?: string | undefined;
  prefix?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}
/** Accepted routes of a session, or of all that are shown for a prefix. */
export const shownRoutes = (looker: Looker, operation: string, { server, session, prefix, cursor, limit }: Wanted) =>
  discreetly(async () => {
    const { id, isShown } = await shownGlass(looker, server);
    if (session !== undefined && !isShown(session)) throw nothingShown();
    const searched = session === undefined || prefix !== undefined ? requireSearched(operation, prefix ?? '') : undefined;
    const glass = await glassOf(looker, id);
    const told = session === undefined ? await routesUnder(looker, glass, searched!) : await routesOf(looker, glass, session, 'accepted');
    const routes = told.value.routes.filter(({ protocol }) => isShown(protocol));
    const total = session === undefined ? routes.length : told.value.total;
    const page = pageOfRoutes({ routes, total }, { cursor, limit, searched }, (route) => publicRoute(route, glass.fabric.rsAsn));
    return { ...saidBy(server, told), ...page };
  });
