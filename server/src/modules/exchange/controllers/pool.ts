import ipaddr from 'ipaddr.js';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq, gt, isNotNull } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { connections, routeServers, type FabricRow } from '../tables.ts';
import './problems.ts';
import { addressRests } from './tables.ts';

type Place = Pick<ReadContext, 'db' | 'tenantId' | 'now'>;

/** The first hosts of a prefix are for route servers and services (exchange.md 8). */
export const KEPT = 10;
const REST_MS = 90 * 86_400_000;

const numberOf = (address: string): number => ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
const addressOf = (number: number): string => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The lowest host of an IPv4 prefix that is nobody's, behind those that are kept; undefined when there is none left. */
export function freeHost(prefix: string, taken: ReadonlySet<string>): string | undefined {
  const last = numberOf(ipaddr.IPv4.broadcastAddressFromCIDR(prefix).toString()) - 1;
  for (let number = numberOf(ipaddr.IPv4.networkAddressFromCIDR(prefix).toString()) + KEPT + 1; number <= last; number += 1) {
    const address = addressOf(number);
    if (!taken.has(address)) return address;
  }
  return undefined;
}

/** Of connections and route servers, and those that rest still. */
async function takenOn({ db, tenantId, now }: Place, fabricId: string): Promise<Set<string>> {
  const rested = new Date(now().getTime() - REST_MS);
  const onConnections = await db
    .select({ address: connections.addressV4 })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabricId), isNotNull(connections.addressV4)));
  const onServers = await db
    .select({ address: routeServers.addressV4 })
    .from(routeServers)
    .where(and(eq(routeServers.tenantId, tenantId), eq(routeServers.fabricId, fabricId), isNotNull(routeServers.addressV4)));
  const resting = await db
    .select({ address: addressRests.address })
    .from(addressRests)
    .where(and(eq(addressRests.tenantId, tenantId), eq(addressRests.fabricId, fabricId), gt(addressRests.releasedAt, rested)));
  return new Set([...onConnections, ...onServers, ...resting].flatMap(({ address }) => address ?? []));
}

/**
 * The IPv4 address that is next on a fabric where IPv4 has sessions of its own; null on others. Whoever goes on to use it holds the fabric,
 * so that nobody else takes the same one meanwhile.
 */
export async function nextHost(place: Place, { id, slug, ipv4Mode, ipv4Prefix }: FabricRow): Promise<string | null> {
  if (ipv4Mode !== 'native' || ipv4Prefix === null) return null;
  const address = freeHost(ipv4Prefix, await takenOn(place, id));
  if (address === undefined)
    throw new Problem('address-space-exhausted', `The fabric "${slug}" has no address left in ${ipv4Prefix}, and those that were given up rest for 90 days.`); // prettier-ignore
  return address;
}

/** From now on the address rests; nothing where there was none. */
export async function letRest({ db, tenantId, now }: Place, fabricId: string, address: string | null): Promise<void> {
  if (address === null) return;
  const at = { releasedAt: now(), updatedAt: now() };
  await db
    .insert(addressRests)
    .values({ tenantId, id: newId(), fabricId, address, ...at, createdAt: now() })
    .onConflictDoUpdate({ target: [addressRests.tenantId, addressRests.fabricId, addressRests.address], set: at });
}
