import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Page } from '#lib/types.ts';
import type { MemoriesSearch } from './search.ts';
import type { MemoryDetail, MemoryHit, Space } from './types.ts';

/** Lists that an act on a memory makes old; one memory and its versions begin with the same word. */
export const TOUCHED = ['/memories', '/memory-spaces'];

export const memoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['/memories', 'one', id],
    queryFn: ({ signal }) => request<MemoryDetail>('GET', `/memories/${id}`, { signal }),
  });

/** Memories of a space that say what is searched for, with the filters of the list. */
export function contentQuery(space: string, { q = '', type, sensitivity, importance, tag }: MemoriesSearch) {
  const narrowed = {
    ...(type ? { types: [type] } : {}),
    ...(sensitivity ? { sensitivity: [sensitivity] } : {}),
    ...(importance ? { importance: [importance] } : {}),
    ...(tag ? { tags: [tag] } : {}),
  };
  const body = { query: q, space, limit: 5, ...narrowed };
  return queryOptions({
    queryKey: ['/memories', 'find', body],
    queryFn: ({ signal }) => request<{ results: MemoryHit[] }>('POST', '/memories/search', { body, signal }),
    // One letter is in everything.
    enabled: q.length > 1,
    retry: false,
  });
}

const NONE: readonly Space[] = [];
/** Spaces that hold something this person may see; others can be typed. */
export function useSpaces(): readonly Space[] {
  const { data } = useQuery({
    queryKey: ['/memory-spaces'],
    queryFn: ({ signal }) => request<Page<Space>>('GET', '/memory-spaces', { query: { limit: 200 }, signal }).then(({ items }) => items),
    staleTime: 60_000,
  });
  return data ?? NONE;
}
