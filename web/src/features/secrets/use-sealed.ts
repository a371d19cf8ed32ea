import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { make, type Call } from '#features/review/call.ts';
import { preview, type Outcome } from '#lib/api.ts';
import { toProblem } from '#lib/problem.ts';
import type { Preview } from '#lib/types.ts';
import { SECRET_LISTS } from './api.ts';

/** A call as it stands now; null while something is missing. */
export type Build = () => Call | null;

const isMade = (call: Call | null): boolean => call?.body !== undefined && 'generate' in call.body;

/**
 * A call that carries values of secrets: planned, and then made. `build` is asked when it is sent, so that no value is a key of the
 * query cache or a variable of a mutation. After a lost answer the next attempt carries the same idempotency key; not where a value was
 * made, which a repeated answer has no longer: that it was done is then said by a refusal, and no mask is taken for the value.
 */
export function useSealed<T>(build: Build) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const plan = useMutation<Preview, Error, void>({
    mutationFn: () => {
      const { method, path, body, ifMatch } = build()!;
      return preview(method, path, body ? { body } : {}, ifMatch === undefined ? {} : { ifMatch });
    },
    gcTime: 0,
  });
  const act = useMutation<Outcome<T>, Error, string>({
    mutationFn: (comment) => {
      const call = build()!;
      return make<T>(call, { ...(comment ? { comment } : {}), ...(call.method === 'POST' ? { idempotencyKey: key.current } : {}) });
    },
    onSuccess: () => {
      key.current = crypto.randomUUID();
      const keys = new Set(['/changes', ...SECRET_LISTS]);
      return client.invalidateQueries({ predicate: ({ queryKey }) => keys.has(String(queryKey[0])) });
    },
    onError: (failure) => {
      if (toProblem(failure).status !== 0 || isMade(build())) key.current = crypto.randomUUID();
    },
    gcTime: 0,
  });
  return { plan, act };
}
