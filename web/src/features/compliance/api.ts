import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import type { Metrics, Report, ReportKind, Run, Schedule } from './types.ts';

/** Begins with the list of Changes, so that whatever happens to a Change or its approval elsewhere has it read again. */
export const metricsQuery = (days: string) =>
  queryOptions({
    queryKey: ['/changes', 'compliance', days],
    queryFn: ({ signal }) => request<Metrics>('GET', '/compliance/metrics', { query: { days }, signal }),
  });

export const kindsQuery = queryOptions({
  queryKey: ['/report-kinds'],
  queryFn: ({ signal }) => request<{ items: ReportKind[] }>('GET', '/report-kinds', { signal }).then(({ items }) => items),
  staleTime: Infinity,
});

const isOpen = ({ state }: Report): boolean => state === 'waiting' || state === 'running';
/** The newest reports; read again while one of them is being written. */
export const reportsQuery = queryOptions({
  queryKey: ['/reports'],
  queryFn: ({ signal }) => request<{ items: Report[] }>('GET', '/reports', { query: { limit: 50 }, signal }).then(({ items }) => items),
  refetchInterval: ({ state: { data } }) => (data?.some(isOpen) ? 1_000 : false),
});

export const SCHEDULES = '/report-schedules';
export const schedulesQuery = queryOptions({
  queryKey: [SCHEDULES],
  queryFn: ({ signal }) => request<{ items: Schedule[] }>('GET', SCHEDULES, { query: { limit: 50 }, signal }).then(({ items }) => items),
});
/** How one went each time, the newest first. */
export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: [SCHEDULES, id, 'runs'],
    queryFn: ({ signal }) => request<{ items: Run[] }>('GET', `${SCHEDULES}/${id}/runs`, { query: { limit: 50 }, signal }).then(({ items }) => items),
  });
