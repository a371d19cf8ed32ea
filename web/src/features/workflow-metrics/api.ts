import { queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';
import { RANGES, type Range } from './search.ts';
import type { MetricPoints } from './types.ts';

const HOUR = 3_600_000;
/** Milliseconds after which an open series is read again: no event tells of every figure. */
const EVERY_MS = 30_000;

/** Lists that a metric is in. */
export const METRIC_LISTS = ['/workflow-metrics'];

export const pointsQuery = (id: string, range: Range) =>
  queryOptions({
    queryKey: ['/workflow-metrics', 'points', id, range],
    queryFn: ({ signal }) => {
      const to = new Date();
      const query = { from: new Date(to.getTime() - RANGES[range] * HOUR).toISOString(), to: to.toISOString() };
      return request<MetricPoints>('GET', `/workflow-metrics/${encodeURIComponent(id)}/samples`, { query, signal });
    },
    refetchInterval: EVERY_MS,
  });
