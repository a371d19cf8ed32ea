import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toast } from '#ui/toast.tsx';
import { make, type Call } from './call.ts';

/** Says how a call ended, with the way to its Change. */
export function useTell(): (outcome: Outcome<unknown>, done: string) => void {
  const navigate = useNavigate();
  return (outcome, done) => {
    const number = outcome.status === 'accepted' ? outcome.change.number : outcome.changeNumber;
    const title =
      outcome.status === 'done'
        ? done
        : t(outcome.change.state === 'awaiting_approval' ? 'run.accepted.approval' : 'run.accepted', { number: outcome.change.number });
    toast.done(
      title,
      number
        ? {
            ...(outcome.status === 'done' ? { description: t('run.done.change', { number }) } : {}),
            action: { label: t('run.open', { number }), onClick: () => void navigate({ to: '/changes/$id', params: { id: number } }) },
          }
        : {},
    );
  };
}

/** Make a call once: a second press while the first is under way does nothing, and a retry after a lost answer cannot act twice. */
export function useSubmit<T>(touched: readonly string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ call, comment, key }: { call: Call; comment: string; key: string }) =>
      make<T>(call, { ...(comment.trim() ? { comment: comment.trim() } : {}), ...(call.method === 'POST' ? { idempotencyKey: key } : {}) }),
    onSuccess: () => {
      const keys = new Set(['/changes', ...touched]);
      return client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
    },
  });
}
