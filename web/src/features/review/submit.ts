import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { Outcome } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
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

export interface Submission {
  call: Call;
  comment: string;
}

/**
 * Make a call once: a second press while the first is under way does nothing, and after a lost answer the next press carries the same
 * idempotency key, so it cannot act twice. A refusal is an answer, so what comes after it is another attempt.
 */
export function useSubmit<T>(touched: readonly string[]) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  // State is one render late: two presses in one moment would both see "not busy".
  const busy = useRef(false);
  const { mutate, isPending, error, reset } = useMutation<Outcome<T>, Error, Submission>({
    mutationFn: ({ call, comment }) =>
      make<T>(call, { ...(comment.trim() ? { comment: comment.trim() } : {}), ...(call.method === 'POST' ? { idempotencyKey: key.current } : {}) }),
    onSuccess: () => {
      const keys = new Set(['/changes', ...touched]);
      return client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
    },
    onError: (failure) => {
      if (toProblem(failure).status !== 0) key.current = crypto.randomUUID();
    },
    onSettled: () => {
      busy.current = false;
    },
    gcTime: 0,
  });
  const submit = (submission: Submission, onOutcome: (outcome: Outcome<T>) => void) => {
    if (busy.current) return;
    busy.current = true;
    mutate(submission, { onSuccess: onOutcome });
  };
  return { submit, isPending, error, reset };
}
