import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConnections } from '#features/clouds/api.ts';
import type { Connection } from '#features/clouds/types.ts';
import { request, type Query } from '#lib/api.ts';
import { pagesQuery, type Rows } from '#lib/pages.ts';
import type { DnsRecord, Zone } from './types.ts';

export const zoneQuery = (id: string) =>
  queryOptions({
    queryKey: ['/dns/zones', 'one', id],
    queryFn: ({ signal }) => request<Zone>('GET', `/dns/zones/${encodeURIComponent(id)}`, { signal }),
  });
export const useZone = (id: string) => useQuery(zoneQuery(id));

/** Kinds of connection that carry zones. */
export const servesZones = ({ kind }: Pick<Connection, 'kind'>): boolean => kind === 'rfc2136' || kind === 'embedded-dns';
export const useDnsConnections = (): Connection[] => useConnections().filter(servesZones);

/** Lists that a change of records makes old. */
export const TOUCHED = ['/dns/zones', '/dns/records'];

/** Records of a zone, page by page. The key begins with what events make old, not with the zone's own path. */
export function useRecords(zoneId: string, query: Query): Rows<DnsRecord> {
  const pages = useInfiniteQuery({ ...pagesQuery<DnsRecord>(`/dns/zones/${zoneId}/records`, query), queryKey: ['/dns/records', zoneId, query] });
  const rows = useMemo(() => pages.data?.pages.flatMap(({ items }) => items) ?? [], [pages.data]);
  return {
    rows,
    loading: pages.isPending,
    error: pages.error,
    hasMore: pages.hasNextPage,
    loadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
}
