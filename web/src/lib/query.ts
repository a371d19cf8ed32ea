import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

/** A refusal will not change by asking again; a server that is away may come back. */
const passing = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status === 502 || error.status === 503);

export const queryClient = new QueryClient({
  defaultOptions: {
    // Events invalidate what changed, so a page that is shown again need not ask at once.
    queries: { staleTime: 15_000, gcTime: 300_000, retry: (count, error) => passing(error) && count < 2, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
