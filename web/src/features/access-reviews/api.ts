import { queryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { pagesQuery } from '#lib/pages.ts';
import { toast } from '#ui/toast.tsx';
import type { AccessReviewsSearch } from './search.ts';
import type { AccessReview, ReviewItem, ReviewPlan, Verdict } from './types.ts';

export const LIST = '/access-reviews';
/** What is not kept is carried out within a minute. */
const WATCH_MS = 5_000;

export const reviewQuery = (id: string) =>
  queryOptions({ queryKey: [LIST, id], queryFn: ({ signal }) => request<AccessReview>('GET', `${LIST}/${id}`, { signal }) });
export const planQuery = queryOptions({
  queryKey: [LIST, 'plan'],
  queryFn: ({ signal }) => request<ReviewPlan>('GET', '/access-review-plan', { signal }),
});

/** The holdings of a review, page by page; read again while one of them is being carried out. */
export function useItems(id: string, { state, mine, unused }: AccessReviewsSearch) {
  const query = { limit: 100, state, mine, unused };
  const source = pagesQuery<ReviewItem>(`${LIST}/${id}/items`, query);
  const result = useInfiniteQuery({
    ...source,
    queryKey: [LIST, id, 'items', query],
    refetchInterval: ({ state: { data } }) => (data?.pages.some(({ items }) => items.some((item) => item.state === 'asked')) ? WATCH_MS : false),
  });
  const rows = useMemo(() => result.data?.pages.flatMap(({ items }) => items) ?? [], [result.data]);
  return { ...result, rows };
}

/** Says what becomes of some holdings. Rejects with the Problem, for the dialog to show. */
export function useDecide(reviewId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { itemIds: readonly string[]; verdict: Verdict; comment?: string; to?: Record<string, unknown> }) => run<unknown>('POST', `${LIST}/${reviewId}/decide`, { body }),
    onSuccess: (_outcome, { itemIds, verdict }) => {
      toast.done(t(`accessReview.did.${verdict}`, { count: itemIds.length }));
      return client.invalidateQueries({ queryKey: [LIST] });
    },
  });
} // prettier-ignore
