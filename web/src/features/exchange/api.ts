import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { openOperation } from '#features/operations/open.ts';
import { request } from '#lib/api.ts';
import type { Answer, Item } from '#lib/answers.ts';

export type Fabric = Item<'exchange.fabrics.list'>;
export type Network = Item<'exchange.participants.list'>;
export type Connection = Item<'exchange.connections.list'>;
export type RouteServer = Item<'exchange.routeServers.list'>;
export type RouteServerConfig = Answer<'exchange.routeServers.config'>;

export type RouteServerStatus = Answer<'exchange.routeServers.status'>;

export type Generation = Item<'exchange.generations.list'>;
export type Sync = Item<'exchange.sync.list'>;
export type Finding = Item<'exchange.drift.list'>;
export type Maintenance = Item<'exchange.maintenance.list'>;
interface Page<T> {
  items: T[];
}

export const LISTS = {
  fabrics: '/exchange/fabrics',
  networks: '/exchange/participants',
  connections: '/exchange/connections',
  servers: '/exchange/route-servers',
  findings: '/exchange/findings',
  maintenance: '/exchange/maintenance',
} as const;

export const fabricQuery = (id: string) =>
  queryOptions({ queryKey: [LISTS.fabrics, 'one', id], queryFn: ({ signal }) => request<Fabric>('GET', `${LISTS.fabrics}/${id}`, { signal }) });
export const routeServerQuery = (id: string) =>
  queryOptions({ queryKey: [LISTS.servers, 'one', id], queryFn: ({ signal }) => request<RouteServer>('GET', `${LISTS.servers}/${id}`, { signal }) });
/** Hangs on everything of the fabric, so it is asked for anew each time. */
export const configQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.servers, 'config', id],
    queryFn: ({ signal }) => request<RouteServerConfig>('GET', `${LISTS.servers}/${id}/config`, { signal }),
    staleTime: 0,
    retry: false,
  });

export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.servers, 'status', id],
    queryFn: ({ signal }) => request<RouteServerStatus>('GET', `${LISTS.servers}/${id}/status`, { signal }),
    refetchInterval: 10_000,
  });

export const generationsQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.servers, 'generations', id],
    queryFn: ({ signal }) => request<Page<Generation>>('GET', `${LISTS.servers}/${id}/generations?limit=20`, { signal }),
    refetchInterval: 10_000,
  });
export const syncQuery = (id: string) =>
  queryOptions({
    queryKey: [LISTS.servers, 'sync', id],
    queryFn: ({ signal }) => request<Page<Sync>>('GET', `/exchange/sync?limit=200&id=${encodeURIComponent(id)}`, { signal }),
    refetchInterval: 10_000,
  });

/** When somebody or the clock looked last, whatever was found. */
export const checkedQuery = queryOptions({
  queryKey: [LISTS.findings, 'checked'],
  queryFn: ({ signal }) => request<Pick<Answer<'exchange.drift.list'>, 'checkedAt'>>('GET', LISTS.findings, { query: { limit: 1 }, signal }),
  refetchInterval: 30_000,
});

export interface Versioned {
  id: string;
  version: number;
}
/** Opens the form of an act of the exchange; whatever it does, all its lists are read anew. */
export function useActs() {
  const client = useQueryClient();
  const renew = (): void => {
    for (const list of Object.values(LISTS)) void client.invalidateQueries({ queryKey: [list] });
  };
  return {
    open: (name: `exchange.${string}`, input: Record<string, unknown> = {}) => openOperation({ name, input, onSettled: renew }),
    change: (name: `exchange.${string}`, { id, version }: Versioned) => openOperation({ name, input: { id }, ifMatch: version, onSettled: renew }),
  };
}
