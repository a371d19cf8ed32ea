import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { ChangeSummary, Page } from '#lib/types.ts';

/** Changes that wait for this person's decision; a page of them, which is more than anyone likes to see. */
export const waitingQuery = queryOptions({
  queryKey: ['/changes', 'waiting'],
  queryFn: ({ signal }) => request<Page<ChangeSummary>>('GET', '/changes', { query: { waitingForMe: true, limit: 100 }, signal }),
});

export function useWaiting(): number {
  const enabled = useCan('changes:read');
  return useQuery({ ...waitingQuery, enabled }).data?.items.length ?? 0;
}
