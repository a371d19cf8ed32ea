import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { Page } from '#lib/types.ts';
import type { Catalog, Connection, Region, Server } from './types.ts';

export const serverQuery = (id: string) =>
  queryOptions({
    queryKey: ['/servers', 'one', id],
    queryFn: ({ signal }) => request<Server>('GET', `/servers/${encodeURIComponent(id)}`, { signal }),
  });

/** A tenant has a handful of connections, so one page holds them. */
export const connectionsQuery = queryOptions({
  queryKey: ['/cloud-providers', 'all'],
  queryFn: async ({ signal }) => (await request<Page<Connection>>('GET', '/cloud-providers', { query: { limit: 200 }, signal })).items,
});

/** What a connection sells; prices move rarely. */
export const catalogQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalog', id],
    queryFn: ({ signal }) => request<Catalog>('GET', `/cloud-providers/${encodeURIComponent(id)}/catalog`, { signal }),
    staleTime: 300_000,
  });

export const CONNECTIONS_READ = 'clouds:read';
const NONE: readonly Connection[] = [];

/** The connections, for those who may see them. */
export function useConnections(): readonly Connection[] {
  const enabled = useCan(CONNECTIONS_READ);
  return useQuery({ ...connectionsQuery, enabled }).data ?? NONE;
}
/** Kinds of connection that carry servers. */
export const sellsServers = ({ kind }: Pick<Connection, 'kind'>): boolean => kind === 'simulated';

/** The regions of all connections that carry servers, each once. */
export function useRegions(): Region[] {
  const connections = useConnections().filter(sellsServers);
  return useQueries({
    queries: connections.map(({ id }) => catalogQuery(id)),
    combine: (results) => [...new Map(results.flatMap(({ data }) => data?.regions ?? []).map((region) => [region.id, region])).values()],
  });
}
