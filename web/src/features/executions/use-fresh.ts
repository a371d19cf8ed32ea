import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isEnded, type ExecutionSummary } from './types.ts';

/** While something in sight still goes, how often to look how it stands; and otherwise, as a net. */
const SOON_MS = 2_000;
const IDLE_MS = 20_000;

/** Reads the lists again while something in them moves. */
export function useFresh(rows: readonly Pick<ExecutionSummary, 'status'>[]): void {
  const client = useQueryClient();
  const every = rows.some(({ status }) => !isEnded(status) && status !== 'paused') ? SOON_MS : IDLE_MS;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden)
        void client.invalidateQueries({ predicate: ({ queryKey: [path, second] }) => path === '/executions' && typeof second === 'object' });
    }, every);
    return () => clearInterval(timer);
  }, [client, every]);
}
