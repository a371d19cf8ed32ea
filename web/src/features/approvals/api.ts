import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toast } from '#ui/toast.tsx';
import type { ApprovalAct, ApprovalRequest, Delegation } from './types.ts';

/** By its id, or by id or number of its Change. */
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['/approvals', 'one', id],
    queryFn: ({ signal }) => request<ApprovalRequest>('GET', `/approvals/${encodeURIComponent(id)}`, { signal }),
  });

export const delegationsQuery = queryOptions({
  queryKey: ['/delegations'],
  queryFn: ({ signal }) => request<{ items: Delegation[] }>('GET', '/delegations', { query: { limit: 200 }, signal }).then(({ items }) => items),
});

const LISTS = new Set(['/approvals', '/changes', '/delegations']);
/** What an act on a request makes old. */
export const useForget = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ predicate: ({ queryKey }) => LISTS.has(String(queryKey[0])) });
};

/** Decide on a request or move it on. Rejects with the Problem, for the dialog to show. */
export function useApprovalAct({ id, number, planHash }: Pick<ApprovalRequest, 'id' | 'number' | 'planHash'>) {
  const forget = useForget();
  return useMutation({
    mutationFn: ({ act, body }: { act: ApprovalAct; body: Record<string, string> }) =>
      // The hash says which plan was seen; a verdict on another plan is refused.
      run<unknown>('POST', `/approvals/${id}/${act}`, { body: act === 'approve' || act === 'reject' ? { ...body, planHash } : body }),
    onSuccess: (_outcome, { act }) => {
      toast.done(t(`approvals.did.${act}`, { number }));
      return forget();
    },
  });
}
