import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { everything } from '#features/access/api.ts';
import { useSettled } from '#features/review/settled.ts';
import { request } from '#lib/api.ts';
import type { Explanation, Lint, PolicySetDetail, PolicySetSummary, Version, VersionDetail, VersionDiff } from './types.ts';

/** First parts of the query keys that a saved or activated version makes old. */
export const POLICY_LISTS = ['/policies'];

export const policySetQuery = (id: string) =>
  queryOptions({
    queryKey: ['/policies', 'one', id],
    queryFn: ({ signal }) => request<PolicySetDetail>('GET', `/policies/${id}`, { signal }),
  });
export const policySetsQuery = queryOptions({
  queryKey: ['/policies', 'all'],
  queryFn: ({ signal }) => everything<PolicySetSummary>('/policies', {}, signal),
});
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['/policies', 'versions', id],
    queryFn: ({ signal }) => request<{ items: Version[] }>('GET', `/policies/${id}/versions`, { signal }).then(({ items }) => items),
  });
/** What was saved stays as it is. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['policy-version', id, number],
    queryFn: ({ signal }) => request<VersionDetail>('GET', `/policies/${id}/versions/${number}`, { signal }),
    staleTime: Infinity,
  });
export const diffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['policy-diff', id, from, to],
    queryFn: ({ signal }) => request<VersionDiff>('GET', `/policies/${id}/diff`, { query: { from, to }, signal }),
    staleTime: Infinity,
  });
export const explanationQuery = (decisionId: string) =>
  queryOptions({
    queryKey: ['policy-explanation', decisionId],
    queryFn: ({ signal }) => request<Explanation>('GET', `/policies/decisions/${encodeURIComponent(decisionId)}`, { signal }),
    staleTime: Infinity,
    // Facts are kept beside the call, and are there a moment later.
    retry: 2,
    retryDelay: 700,
  });

/** Faults and tests of a text as it is typed; those of the text before stay in sight until the next are there. */
export function useLint(document: string) {
  const settled = useSettled(document, 500);
  const query = useQuery({
    queryKey: ['policy-lint', settled],
    queryFn: ({ signal }) => request<Lint>('POST', '/policies/lint', { body: { document: settled }, signal }),
    enabled: settled.trim() !== '',
    staleTime: Infinity,
    gcTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const isCurrent = settled === document && !query.isFetching && !query.isPlaceholderData;
  return { lint: document.trim() === '' ? undefined : query.data, error: query.error, isCurrent, again: () => void query.refetch() };
}
