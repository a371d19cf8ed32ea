import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Execution, LogLine, NodeRecord } from './types.ts';

/** Lists that an act on an execution makes old. */
export const TOUCHED = ['/executions', '/workflows'];

export const executionQuery = (id: string) =>
  queryOptions({
    queryKey: ['/executions', 'one', id],
    queryFn: ({ signal }) => request<Execution>('GET', `/executions/${id}`, { query: { include: ['graph'] }, signal }),
  });

/** What came in and out of the whole; asked for by whoever may see it. */
export const payloadsQuery = (id: string, ended: boolean) =>
  queryOptions({
    queryKey: ['/executions', 'payloads', id, ended],
    queryFn: ({ signal }) => request<Execution>('GET', `/executions/${id}`, { query: { include: ['payloads'] }, signal }),
    retry: false,
  });

/** Every run of one node, with payloads where the reader may see them. `moved` changes when there is something new. */
export const nodeQuery = (id: string, nodeId: string, moved: string) =>
  queryOptions({
    queryKey: ['/executions', 'node', id, nodeId, moved],
    queryFn: ({ signal }) =>
      request<{ payloads: Execution['payloads']; items: NodeRecord[] }>('GET', `/executions/${id}/nodes/${nodeId}`, { signal }),
    placeholderData: (before) => before,
  });

/** An execution keeps no more lines than this, and one page may hold them all. */
const ALL_LINES = 10_000;
export const linesAfter = (id: string, after: number, signal?: AbortSignal): Promise<LogLine[]> =>
  request<{ items: LogLine[] }>('GET', `/executions/${id}/logs`, { query: { limit: ALL_LINES, after }, signal }).then(({ items }) => items);
/** The log up to now; what comes later is told by the stream. */
export const logsQuery = (id: string) =>
  queryOptions({ queryKey: ['/executions', 'logs', id], queryFn: ({ signal }) => linesAfter(id, 0, signal), staleTime: Infinity });
