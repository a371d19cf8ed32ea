import { useQuery } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { useCan } from '#lib/session.ts';
import type { ChangeSummary, Page } from '#lib/types.ts';

/** How many Changes wait for this person's decision; at most a page of them is counted. */
export function useWaiting(): number {
  const enabled = useCan('changes:read');
  const query = { waitingForMe: true, limit: 100 };
  const { data } = useQuery({
    queryKey: ['/changes', 'waiting'],
    queryFn: ({ signal }) => request<Page<ChangeSummary>>('GET', '/changes', { query, signal }),
    enabled,
  });
  return data?.items.length ?? 0;
}
