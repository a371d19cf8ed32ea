import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '#lib/api.ts';

export const VERDICTS = ['in_sync', 'old_serial', 'stale_cache', 'negative_cache', 'mismatch', 'lame', 'unreachable', 'timeout', 'servfail'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What one server answered. */
export interface CheckRow {
  role: 'authoritative' | 'resolver';
  host: string;
  address: string;
  verdict: Verdict;
  serial: number | null;
  values: string[];
  /** Seconds left when it was asked. */
  ttl: number | null;
  until: string | null;
  /** The resolver has checked the zone's signatures. */
  authenticated: boolean;
  tcp: boolean;
  ms: number | null;
  reason: string | null;
}
export interface CheckReport {
  name: string;
  type: string;
  serial: number;
  percent: { authoritative: number | null; resolvers: number | null };
  expectedBy: string | null;
  rows: CheckRow[];
}
export interface CheckWish {
  name: string;
  type: string;
  expected: string;
  resolvers: string;
}

/** All that were asked have the new data. */
export const isSettled = ({ percent }: CheckReport): boolean => (percent.authoritative ?? 100) === 100 && (percent.resolvers ?? 100) === 100;

/** Of all servers that were asked, how many have the new data, in percent. */
export const overall = ({ rows }: Pick<CheckReport, 'rows'>): number =>
  rows.length === 0 ? 0 : Math.floor((100 * rows.filter(({ verdict }) => verdict === 'in_sync').length) / rows.length);

/** The tenant may ask 30 times a minute; one page asks six times. */
const EVERY_MS = 10_000;

export const checkQuery = (zoneId: string, { name, type, expected, resolvers }: CheckWish, watch: boolean) =>
  queryOptions({
    queryKey: ['propagation', zoneId, name, type, expected, resolvers],
    queryFn: async ({ signal }) => {
      const query = { name, type, expected: expected.trim() || undefined, resolvers: resolvers.trim() || undefined };
      const report = await request<CheckReport>('GET', `/dns/zones/${zoneId}/check`, { query, signal });
      return { ...report, at: Date.now() };
    },
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (watch && !(data && isSettled(data)) ? EVERY_MS : false),
  });
