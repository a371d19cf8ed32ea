import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { everything } from '#features/access/api.ts';
import { SECRET_LISTS } from '#features/secrets/api.ts';
import { make, type Call } from '#features/review/call.ts';
import type { Outcome } from '#lib/api.ts';
import { toProblem } from '#lib/problem.ts';
import type { Variable } from './types.ts';

export const variablesQuery = queryOptions({
  queryKey: ['/env-vars', 'all'],
  queryFn: ({ signal }) => everything<Variable>('/env-vars', {}, signal),
});

/** One call made from a line of the page; it is asked for when it is sent, so that its value is in no cache. */
export function useLine(build: () => Call | null, onOutcome: (outcome: Outcome<Variable>) => void) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const { mutate, isPending, error, reset } = useMutation<Outcome<Variable>, Error, void>({
    mutationFn: () => make<Variable>(build()!, { idempotencyKey: key.current }),
    onSuccess: (outcome) => {
      key.current = crypto.randomUUID();
      onOutcome(outcome);
      const keys = new Set(['/changes', ...SECRET_LISTS]);
      return client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
    },
    onError: (failure) => {
      if (toProblem(failure).status !== 0) key.current = crypto.randomUUID();
    },
    gcTime: 0,
  });
  return { send: () => !isPending && build() !== null && mutate(), isPending, error, reset };
}
