import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { request, run } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import type { Change, ChangeAction, ChangeState } from '#lib/types.ts';
import { toast } from '#ui/toast.tsx';

/** Acts that say why in their own words: the comment is part of the call. */
const SAYS_WHY: ReadonlySet<ChangeAction> = new Set(['approve', 'reject', 'resume']);

const TERMINAL = new Set<ChangeState>([
  'plan_failed',
  'rejected',
  'expired',
  'cancelled',
  'stale',
  'succeeded',
  'failed',
  'partially_succeeded',
  'rolled_back',
  'rollback_failed',
]);
/** It does not move by itself any more. */
export const isTerminal = (state: ChangeState): boolean => TERMINAL.has(state);

/** By id or by number (`CHG-12`). */
export const changeQuery = (id: string) =>
  queryOptions({
    queryKey: ['/changes', 'one', id],
    queryFn: ({ signal }) => request<Change>('GET', `/changes/${encodeURIComponent(id)}`, { signal }),
  });

export interface Act {
  action: ChangeAction;
  comment?: string;
}
/** Decide on a Change or move it on. Rejects with the Problem, for the dialog to show. */
export function useAct(change: Pick<Change, 'id' | 'number' | 'planHash'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, comment }: Act) =>
      run<unknown>(
        'POST',
        `/changes/${change.id}/${action}`,
        // The hash says which plan was seen; a verdict on another plan is refused.
        {
          body:
            action === 'approve'
              ? { planHash: change.planHash, ...(comment ? { comment } : {}) }
              : action === 'reject' || action === 'resume'
                ? { comment }
                : {},
        },
        SAYS_WHY.has(action) ? {} : { comment },
      ),
    onSuccess: (_outcome, { action }) => {
      toast.done(t(`change.did.${action}`, { number: change.number }));
      return client.invalidateQueries({ queryKey: ['/changes'] });
    },
  });
}
