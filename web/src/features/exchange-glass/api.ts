import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Answer, Item } from '#lib/answers.ts';
import { request } from '#lib/api.ts';

export type Server = Item<'exchange.routeServers.list'>;
type GlassStatus = Answer<'exchange.lookingglass.status'>;
type Sessions = Answer<'exchange.lookingglass.protocols'>;
export type Session = Item<'exchange.lookingglass.protocols'>;
export type RoutesPage = Answer<'exchange.publicGlass.routes'>;
/** What both looking glasses tell of a route: that of the world says less. */
export type Route = Item<'exchange.publicGlass.routes'>;
export type PublicServer = Item<'exchange.publicGlass.servers'>;
type PublicSessions = Answer<'exchange.publicGlass.sessions'>;
export type PortSessions = Answer<'exchange.ports.sessions'>;
export type OnServer = PortSessions['items'][number];

export const VIEWS = ['accepted', 'refused', 'exported', 'notExported'] as const;
export type View = (typeof VIEWS)[number];

const GLASS = '/exchange/looking-glass';
/** As often as route servers are asked at most. */
const EVERY_MS = 30_000;

export const serversQuery = queryOptions({
  queryKey: ['/exchange/route-servers', 'all'],
  queryFn: ({ signal }) => request<{ items: Server[] }>('GET', '/exchange/route-servers?limit=200', { signal }),
});
export const statusQuery = (server: string) =>
  queryOptions({
    queryKey: [GLASS, 'status', server],
    queryFn: ({ signal }) => request<GlassStatus>('GET', `${GLASS}/${encodeURIComponent(server)}`, { signal }),
    refetchInterval: EVERY_MS,
    retry: false,
  });
export const sessionsQuery = (server: string) =>
  queryOptions({
    queryKey: [GLASS, 'sessions', server],
    queryFn: ({ signal }) => request<Sessions>('GET', `${GLASS}/${encodeURIComponent(server)}/protocols`, { signal }),
    refetchInterval: EVERY_MS,
    retry: false,
  });
export const portSessionsQuery = (port: string) =>
  queryOptions({
    queryKey: [GLASS, 'port', port],
    queryFn: ({ signal }) => request<PortSessions>('GET', `/exchange/ports/${port}/sessions`, { signal }),
    refetchInterval: EVERY_MS,
    retry: false,
  });

const publicAt = (tenant: string): string => `/exchange/${encodeURIComponent(tenant)}/looking-glass`;
export const publicServersQuery = (tenant: string) =>
  queryOptions({
    queryKey: [GLASS, 'public', tenant],
    queryFn: ({ signal }) => request<{ items: PublicServer[] }>('GET', publicAt(tenant), { signal }),
    retry: false,
  });
export const publicSessionsQuery = (tenant: string, server: string) =>
  queryOptions({
    queryKey: [GLASS, 'public', tenant, server],
    queryFn: ({ signal }) => request<PublicSessions>('GET', `${publicAt(tenant)}/${encodeURIComponent(server)}/sessions`, { signal }),
    refetchInterval: 2 * EVERY_MS,
    retry: false,
  });

/** Pages of routes, wherever they are asked for. */
const routesAt = (path: string, query: Record<string, string | undefined>) =>
  infiniteQueryOptions({
    queryKey: [GLASS, 'routes', path, query],
    queryFn: ({ pageParam, signal }) => request<RoutesPage>('GET', path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    retry: false,
  });
export type RoutesQuery = ReturnType<typeof routesAt>;

const REFUSED: readonly View[] = ['refused', 'notExported'];
export const sessionRoutesQuery = (server: string, session: string, view: View, prefix: string | undefined): RoutesQuery =>
  routesAt(`${GLASS}/${encodeURIComponent(server)}/${REFUSED.includes(view) ? 'refused' : 'routes'}`, { session, view, prefix });
export const searchQuery = (server: string, prefix: string): RoutesQuery => routesAt(`${GLASS}/${encodeURIComponent(server)}/search`, { prefix });
export const portRoutesQuery = (port: string, routeServer: string, view: View, prefix: string | undefined): RoutesQuery =>
  routesAt(`/exchange/ports/${port}/routes`, { routeServer, view, prefix });
export const publicRoutesQuery = (tenant: string, server: string, wanted: { session?: string; prefix?: string }): RoutesQuery =>
  routesAt(`${publicAt(tenant)}/${encodeURIComponent(server)}/routes`, wanted);
