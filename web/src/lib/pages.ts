import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request, type Query } from './api.ts';
import type { Page } from './types.ts';

/** What a table reads; `usePages()` makes it, and any other source can. */
export interface Rows<Row> {
  rows: readonly Row[];
  loading: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** A cursor-paged list below /api/v1. The key starts with the path, so events can invalidate every list of one resource. */
export const pagesQuery = <T>(path: string, query: Query = {}) =>
  infiniteQueryOptions({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) => request<Page<T>>('GET', path, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** All pages read so far as one list, in the form that DataTable takes. */
export function usePages<T>(path: string, query: Query = {}): Rows<T> {
  const result = useInfiniteQuery(pagesQuery<T>(path, query));
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? [], [result.data]);
  return {
    rows,
    loading: result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  };
}
