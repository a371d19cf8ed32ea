import { Resolver, getServers } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { definePort } from '#kernel/port.ts';
import type { Name } from '../names.ts';
import { isLoopback, isPrivateAddress } from '../rdata/addresses.ts';
import type { Sets } from '../sets.ts';
import type { Endpoint } from '../wire/exchange.ts';
import type { Asked } from './run.ts';

/** The outside that the propagation check looks at. */
export interface Lookups {
  /** Asked in every check. */
  resolvers: readonly Endpoint[];
  /** Addresses of a host outside our zones; empty when it has none. */
  addresses: (host: string) => Promise<string[]>;
}
export const Lookups = definePort<Lookups>('dns.lookups');

const MOST = 26;

/** May a zone's own data send us to this address? Private ones only when the zone's connection is private itself. */
export function mayAsk(address: string, connection: string): boolean {
  const range = ipaddr.process(address).range();
  if (range === 'unicast') return true;
  return ['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'].includes(range) && isPrivateAddress(connection);
}

/** The zone's connection and every address of every name server of the zone. */
export async function authorities(zone: Name, sets: Sets, connection: Endpoint, { addresses }: Pick<Lookups, 'addresses'>): Promise<Asked[]> {
  const hosts = (sets.get(`${zone} NS`)?.entries ?? []).map(({ value }) => value.slice(0, -1));
  const found = await Promise.all(
    hosts.slice(0, 13).map(async (host) => {
      const own = ['A', 'AAAA'].flatMap((type) => (sets.get(`${host} ${type}`)?.entries ?? []).map(({ value }) => value));
      return (own.length > 0 ? own : await addresses(host)).map((address) => asked(host, address, connection));
    }),
  );
  const primary: Asked = { role: 'authoritative', host: 'primary', address: connection.address, endpoint: connection };
  const all = new Map<string, Asked>();
  // A name server that is the connection itself keeps its name.
  for (const each of [...found.flat(), primary]) {
    const key = `${each.endpoint?.address ?? each.address}:${each.endpoint?.port ?? ''}`;
    if (!all.has(key)) all.set(key, each);
  }
  const silent = hosts
    .filter((_host, at) => found[at]?.length === 0)
    .map((host): Asked => ({ role: 'authoritative', host, address: '', endpoint: undefined, reason: 'the name has no address' }));
  return [...all.values(), ...silent].slice(0, MOST);
}

function asked(host: string, address: string, connection: Endpoint): Asked {
  const base = { role: 'authoritative' as const, host, address };
  if (!mayAsk(address, connection.address)) return { ...base, endpoint: undefined, reason: 'a private address that this zone may not send us to' };
  // A laboratory on loopback has all its servers on the port of its connection; the rest of the world uses 53.
  return { ...base, endpoint: { address, port: isLoopback(address) ? connection.port : 53 } };
}

/** Resolvers that a caller names: public addresses, or those that are configured. */
export function namedResolvers(text: string | undefined, { resolvers }: Pick<Lookups, 'resolvers'>): { asked: Asked[]; wrong: string[] } {
  const configured = resolvers.map(({ address, port }): Asked => ({ role: 'resolver', host: 'resolver', address, endpoint: { address, port } }));
  if (text === undefined) return { asked: configured, wrong: [] };
  const given = text.split(',').map((each) => each.trim()).filter((each) => each !== ''); // prettier-ignore
  const known = new Map(configured.map((each) => [each.address, each]));
  const wrong = given.filter((address) => !known.has(address) && (isIP(address) === 0 || isPrivateAddress(address)));
  const chosen = given
    .slice(0, 8)
    .map((address) => known.get(address) ?? { role: 'resolver' as const, host: 'resolver', address, endpoint: { address, port: 53 } });
  return { asked: chosen, wrong };
}

/** The machine's own resolvers, unless others are configured. */
export function systemLookups(configured?: readonly Endpoint[]): Lookups {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  const all = (host: string, type: 'A' | 'AAAA'): Promise<string[]> =>
    new Promise((resolve) => resolver.resolve(host, type, (error, found) => resolve(error ? [] : found)));
  return {
    resolvers: configured ?? getServers().flatMap(systemResolver),
    addresses: async (host) => (await Promise.all([all(host, 'A'), all(host, 'AAAA')])).flat(),
  };
}

/** `192.0.2.1`, `[2001:db8::1]:53` or `192.0.2.1:5353`, as Node tells them. */
function systemResolver(text: string): Endpoint[] {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]+?))(?::(\d+))?$/i.exec(text) ?? [];
  const address = isIP(text) === 0 ? (inBrackets ?? plain ?? '') : text;
  return isIP(address) === 0 ? [] : [{ address, port: Number(isIP(text) === 0 ? (port ?? 53) : 53) }];
}
