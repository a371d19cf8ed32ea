import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { request } from '#lib/api.ts';
import { writtenLanguage } from '#lib/written.ts';
import { useCan } from '#lib/session.ts';

export interface Asking<Body, Answer> {
  ask: (body: Body) => void;
  stop: () => void;
  answer: Answer | undefined;
  busy: boolean;
  error: Error | null;
  reset: () => void;
}
/** Asks for something made from words; nothing is changed by it. A new question ends the one before, and so does leaving the page. */
export function useAsk<Body extends object, Answer>(path: string): Asking<Body, Answer> {
  const given = useRef<AbortController>(null);
  const stop = (): void => given.current?.abort();
  useEffect(() => () => given.current?.abort(), []);
  const asking = useMutation<Answer, Error, Body>({
    mutationFn: (body) => {
      stop();
      given.current = new AbortController();
      return request<Answer>('POST', path, { body: { ...body, language: writtenLanguage() }, signal: given.current.signal });
    },
    gcTime: 0,
  });
  const error = asking.error instanceof DOMException ? null : asking.error;
  return { ask: asking.mutate, stop, answer: asking.data, busy: asking.isPending, error, reset: asking.reset };
}

export interface ModelChoice {
  id: string;
  provider: string;
  kind: 'chat' | 'embedding';
  label: string;
  /** Why it cannot be used now. */
  unavailable: string | null;
}
interface Models {
  items: ModelChoice[];
  defaults: Readonly<Record<string, string | null>>;
  ready: boolean;
}
const modelsQuery = queryOptions({
  queryKey: ['/ai/models', 'choices'],
  queryFn: ({ signal }) => request<Models>('GET', '/ai/models', { signal }),
  staleTime: 30_000,
  retry: false,
});
/** Models of the tenant, for whoever may see them. */
export const useModels = (): Models | undefined => useQuery({ ...modelsQuery, enabled: useCan('ai:read') }).data;
