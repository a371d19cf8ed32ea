import { z } from 'zod';
import { FRESH_SECONDS, type Resource } from '#kernel/resource-cache.ts';
import type { Route } from './routes.ts';
import type { Daemon, Session } from './sessions.ts';

/**
 * The answers of birdwatcher, as far as Alice-LG reads them: its names, its nesting, its numbers. Times of BIRD are told as BIRD tells
 * them (`2006-01-02 15:04:05`), our own in RFC 3339.
 */
const VERSION = '2.2.5';

const cachedAt = z.object({ date: z.string(), timezone_type: z.string(), timezone: z.string() });
const envelope = {
  api: z.object({
    Version: z.string(),
    result_from_cache: z.boolean(),
    cache_status: z.object({ cached_at: cachedAt, orig_ttl: z.int() }),
  }),
  cached_at: z.string(),
  ttl: z.string(),
};

export const WatchedStatus = z.object({
  ...envelope,
  status: z.object({
    current_server: z.string(),
    last_reboot: z.string(),
    last_reconfig: z.string(),
    message: z.string(),
    router_id: z.string(),
    version: z.string(),
  }),
});

const counts = { imported: z.int(), filtered: z.int(), exported: z.int(), preferred: z.int() };
const watchedProtocol = z.object({
  protocol: z.string(),
  bird_protocol: z.literal('BGP'),
  state: z.string(),
  connection: z.string(),
  state_changed: z.string(),
  since: z.string(),
  description: z.string(),
  neighbor_address: z.string(),
  neighbor_as: z.int(),
  neighbor_id: z.string(),
  last_error: z.string(),
  table: z.string(),
  routes: z.object(counts),
  channels: z.record(z.string(), z.object({ state: z.string(), table: z.string(), routes: z.object(counts) })),
});
export const WatchedProtocols = z.object({ ...envelope, protocols: z.record(z.string(), watchedProtocol) });

const numbers = z.array(z.array(z.int()));
const watchedRoute = z.object({
  network: z.string(),
  from_protocol: z.string(),
  gateway: z.string(),
  learnt_from: z.string(),
  interface: z.string(),
  metric: z.int(),
  primary: z.boolean(),
  age: z.string(),
  type: z.array(z.string()),
  bgp: z.object({
    origin: z.string(),
    as_path: z.array(z.string()),
    next_hop: z.string(),
    local_pref: z.string(),
    med: z.string(),
    communities: numbers,
    large_communities: numbers,
    ext_communities: z.array(z.array(z.string())),
  }),
});
export const WatchedRoutes = z.object({ ...envelope, routes: z.array(watchedRoute) });

const enveloped = ({ readAt }: Pick<Resource<unknown>, 'readAt'>) => ({
  api: {
    Version: VERSION,
    result_from_cache: Date.now() - readAt.getTime() > 1_000,
    cache_status: { cached_at: { date: readAt.toISOString(), timezone_type: 'UTC', timezone: 'UTC' }, orig_ttl: FRESH_SECONDS.routes },
  },
  cached_at: readAt.toISOString(),
  ttl: new Date(readAt.getTime() + FRESH_SECONDS.routes * 1_000).toISOString(),
});

/** While the transaction is open nobody is asked yet. */
export const nothingYet = (now: Date) => enveloped({ readAt: now });

/** Without the fractions that BIRD adds. */
const time = (text: string | null): string => (text ?? '').replace(/\.\d+$/, '');

export const statusOf = (read: Resource<Daemon>): z.input<typeof WatchedStatus> => ({
  ...enveloped(read),
  status: {
    current_server: time(read.value.serverTime),
    last_reboot: time(read.value.lastReboot),
    last_reconfig: time(read.value.lastReconfiguration),
    message: read.value.message,
    router_id: read.value.routerId ?? '',
    version: read.value.version,
  },
});

type Counts = Record<keyof typeof counts, number>;
const sum = (channels: readonly Counts[]): Counts => ({
  imported: channels.reduce((total, { imported }) => total + imported, 0),
  filtered: channels.reduce((total, { filtered }) => total + filtered, 0),
  exported: channels.reduce((total, { exported }) => total + exported, 0),
  preferred: channels.reduce((total, { preferred }) => total + preferred, 0),
});
const countsOf = ({ imported, filtered, exported, preferred }: Counts): Counts => ({ imported, filtered, exported, preferred });
const tableOf = (family: string): string => `master${family.slice(-1)}`;

const protocolOf = (session: Session): z.input<typeof watchedProtocol> => ({
  protocol: session.protocol,
  bird_protocol: 'BGP',
  state: session.state,
  connection: session.bgpState,
  state_changed: time(session.since),
  since: time(session.since),
  description: session.description ?? '',
  neighbor_address: session.neighborAddress ?? '',
  neighbor_as: session.neighborAs ?? 0,
  neighbor_id: session.neighborId ?? '',
  last_error: session.lastError ?? '',
  table: tableOf(session.channels[0]?.family ?? 'ipv6'),
  routes: sum(session.channels),
  channels: Object.fromEntries(
    session.channels.map((channel) => [channel.family, { state: channel.state, table: tableOf(channel.family), routes: countsOf(channel) }]),
  ),
});
export const protocolsOf = (read: Resource<Session[]>): z.input<typeof WatchedProtocols> => ({
  ...enveloped(read),
  protocols: Object.fromEntries(read.value.map((session) => [session.protocol, protocolOf(session)])),
});

const split = (communities: readonly string[]): string[][] => communities.map((one) => one.split(':'));
const numeric = (communities: readonly string[]): number[][] =>
  split(communities).map((parts) => parts.map(Number)).filter((parts) => parts.every(Number.isInteger)); // prettier-ignore

const routeOf = (route: Route): z.input<typeof watchedRoute> => ({
  network: route.prefix,
  from_protocol: route.protocol,
  gateway: route.gateway ?? '',
  learnt_from: route.gateway ?? '',
  interface: route.interface ?? '',
  metric: route.preference,
  primary: route.primary,
  age: time(route.since),
  type: ['BGP', 'univ'],
  bgp: {
    origin: route.origin ?? '',
    as_path: route.asPath === '' ? [] : route.asPath.split(/\s+/),
    next_hop: route.nextHop ?? '',
    local_pref: String(route.localPref ?? ''),
    med: String(route.med ?? ''),
    communities: numeric(route.communities),
    large_communities: numeric(route.largeCommunities),
    ext_communities: split(route.extCommunities),
  },
});
export const watchedRoutesOf = (read: Resource<{ routes: Route[] }>): z.input<typeof WatchedRoutes> => ({
  ...enveloped(read),
  routes: read.value.routes.map(routeOf),
});
