import type { Actor, Afterwards } from '#kernel/context.ts';
import { Problem } from '#kernel/problem.ts';
import { Resources, tagOf, type Resource } from '#kernel/resource-cache.ts';
import { taint } from '#kernel/taint.ts';
import { TokenSealing } from '../controllers/talk.ts';
import { SshLines, type SshLine } from '../providers/ssh/port.ts';
import { findRouteServer, routeServerTarget, type Placed } from '../route-server-rows.ts';
import { keyPlace, requireAccess } from '../ssh/talk.ts';
import { verbsOf, type Verbs } from '../ssh/verbs.ts';
import type { AccessRow } from '../ssh/tables.ts';
import type { Searched } from './prefix.ts';
import { GlassLimits } from './port.ts';
import './problems.ts';
import { countedIn, routeReader, type Route } from './routes.ts';
import type { View } from './schemas.ts';
import { daemonIn, sessionsIn, type Daemon, type Session } from './sessions.ts';

/** A person looks, or what acts for them: counted (exchange.md 19). */
export const counted = ({
  actor,
  tenantId,
  provider,
}: Pick<Afterwards, 'tenantId' | 'provider'> & { actor: Pick<Actor, 'id' | 'ownerId'> }): Promise<void> =>
  provider(GlassLimits).person(tenantId, actor.ownerId ?? actor.id);

/** What looking needs: the tenant's rows, and the way to the servers. No transaction is open. */
export type Looker = Pick<Afterwards, 'tenantId' | 'provider' | 'read'>;
/** A route server that can be asked. */
type Glass = Placed & { access: AccessRow };

/** So long a question may take, with the connection (exchange.md 13.1). */
const BUDGET_MS = 5_000;
/** What is kept of an answer; of more the first are shown, and how many there are. */
const MOST_ROUTES = 10_000;
/** Of the program that a question is put to. */
const VERBS = { accepted: 'routes', refused: 'filtered', exported: 'exported', notExported: 'noexport' } as const satisfies Record<View, string>;

export const glassOf = ({ tenantId, read }: Looker, id: string): Promise<Glass> =>
  read(async (db) => {
    const found = await findRouteServer({ db, tenantId }, id);
    return { ...found, access: await requireAccess({ db, tenantId }, found.server) };
  });

const tooSlow = (): Problem => new Problem('lookingglass-timeout', 'The route server did not answer within 5 s.');
/** What the program says when others are at work on the server, or it is slow itself. */
const SLOW: ReadonlySet<string> = new Set(['ssh-timeout', 'lock-busy']);

/** A connection that is made too late is closed as soon as it is there. */
async function opened(opening: Promise<SshLine>, ms: number): Promise<SshLine> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      opening.then((line) => line.close()).catch(() => undefined);
      reject(tooSlow());
    }, ms);
  });
  return Promise.race([opening, late]).finally(() => clearTimeout(timer));
}

async function asked<T>({ tenantId, provider, read }: Looker, access: AccessRow, use: (verbs: Verbs, left: () => number) => Promise<T>): Promise<T> {
  const until = Date.now() + BUDGET_MS;
  const left = (): number => Math.max(1, until - Date.now());
  const privateKey = await read((db) => provider(TokenSealing).open(db, keyPlace(access), access.privateKey));
  taint(privateKey, 'key of a route server', tenantId);
  const line = await opened(provider(SshLines).open(tenantId, { ...access, privateKey }), left());
  try {
    return await use(verbsOf(line), left);
  } catch (error) {
    throw error instanceof Problem && SLOW.has(error.slug) ? tooSlow() : error;
  } finally {
    line.close();
  }
}

/** One question at a time for all who ask the same, kept for 30 s in all processes; what was said before where the server does not answer now. */
const kept = <T>(looker: Looker, { server, access }: Glass, part: string, use: (verbs: Verbs, left: () => number) => Promise<T>): Promise<Resource<T>> =>
  looker.provider(Resources).read({ tenantId: looker.tenantId, kind: 'routes', tag: tagOf(routeServerTarget(server)), part }, () => asked(looker, access, use)); // prettier-ignore

export const daemonOf = (looker: Looker, glass: Glass): Promise<Resource<Daemon>> =>
  kept(looker, glass, 'daemon', async (verbs, left) => daemonIn(await verbs.show('daemon', left())));

export const sessionsOf = (looker: Looker, glass: Glass): Promise<Resource<Session[]>> =>
  kept(looker, glass, 'sessions', async (verbs, left) => sessionsIn(await verbs.show('protocols', left())));

export interface Told {
  routes: Route[];
  total: number;
}
async function told(verbs: Verbs, query: string, left: () => number, count: string | null): Promise<Told> {
  const reader = routeReader(MOST_ROUTES);
  await verbs.show(query, left(), (part) => reader.push(part));
  const { routes, isCut } = reader.end();
  const total = isCut && count !== null ? countedIn(await verbs.show(count, left())) : routes.length;
  return { routes, total: Math.max(total, routes.length) };
}

/** Routes of one session. */
export const routesOf = (looker: Looker, glass: Glass, protocol: string, view: View): Promise<Resource<Told>> =>
  kept(looker, glass, `${view} ${protocol}`, (verbs, left) => told(verbs, `${VERBS[view]} ${protocol}`, left, `count ${protocol} ${VERBS[view]}`));

/** Accepted routes for a prefix and for all that lie in it, of every session. */
export const routesUnder = (looker: Looker, glass: Glass, { prefix, words }: Searched): Promise<Resource<Told>> =>
  kept(looker, glass, `under ${prefix}`, (verbs, left) => told(verbs, `under ${words}`, left, null));
