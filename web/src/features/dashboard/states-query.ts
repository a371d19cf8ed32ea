import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Page } from '#lib/types.ts';

const LIMIT = 200;

/** What there is of one kind, and how it is: the first page of its list. */
export const statesQuery = (path: string) =>
  queryOptions({
    queryKey: [path, 'states'],
    queryFn: ({ signal }) => request<Page<{ status?: string; state?: string }>>('GET', path, { query: { limit: LIMIT }, signal }),
  });
