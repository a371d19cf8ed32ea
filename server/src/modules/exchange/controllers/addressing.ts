import ipaddr from 'ipaddr.js';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { connections, routeServers, type FabricRow } from '../tables.ts';
import './problems.ts';
import { addressCounters } from './tables.ts';

type Place = Pick<ReadContext, 'db' | 'tenantId'>;

export const MOST_OF_ASN = 9_999;

const exhausted = (asn: number): Problem =>
  new Problem('address-space-exhausted', `AS${asn} has had all ${MOST_OF_ASN} addresses that are made of its number on this fabric.`);

/**
 * The address of a network's n-th node: decimal digits of its ASN, read as hexadecimal ones, so that people recognise it. ASNs of more
 * than six digits are led by `10`, which keeps the two forms apart (exchange.md 8).
 */
export function addressOfAsn(prefix: string, asn: number, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > MOST_OF_ASN) throw exhausted(asn);
  const [network, bits] = ipaddr.parseCIDR(prefix);
  if (network.kind() !== 'ipv6' || bits !== 64)
    throw new Problem('prefix-invalid', `Addresses are made within a /64, and the fabric has ${prefix}. Give the address yourself, or the fabric a /64.`); // prettier-ignore
  const short = asn < 1_000_000;
  const digits = String(asn).padStart(short ? 6 : 10, '0');
  const groups = short
    ? [digits.slice(0, 2), digits.slice(2), '0', String(sequence)]
    : [`10${digits.slice(0, 2)}`, digits.slice(2, 6), digits.slice(6), String(sequence)];
  const parts = [...(network as ipaddr.IPv6).parts.slice(0, 4), ...groups.map((group) => Number.parseInt(group, 16))];
  return new ipaddr.IPv6(parts.flatMap((part) => [part >> 8, part & 0xff])).toString();
}

const ofAsn = (tenantId: string, fabricId: string, asn: number) =>
  and(eq(addressCounters.tenantId, tenantId), eq(addressCounters.fabricId, fabricId), eq(addressCounters.asn, asn));

/** Given out by hand already, perhaps. */
async function isTaken({ db, tenantId }: Place, fabricId: string, address: string): Promise<boolean> {
  for (const table of [connections, routeServers]) {
    const there = and(eq(table.tenantId, tenantId), eq(table.fabricId, fabricId), eq(table.addressV6, address));
    if ((await db.select({ id: table.id }).from(table).where(there)).length > 0) return true;
  }
  return false;
}

async function lastOf({ db, tenantId }: Place, fabricId: string, asn: number): Promise<number> {
  const [row] = await db
    .select()
    .from(addressCounters)
    .where(ofAsn(tenantId, fabricId, asn));
  return row?.lastSequence ?? 0;
}

async function free(place: Place, fabric: FabricRow, asn: number): Promise<{ sequence: number; address: string }> {
  for (let sequence = (await lastOf(place, fabric.id, asn)) + 1; ; sequence++) {
    const address = addressOfAsn(fabric.ipv6Prefix, asn, sequence);
    if (!(await isTaken(place, fabric.id, address))) return { sequence, address };
  }
}

/** The address that would be next; nothing is taken. */
export const nextAddress = async (place: Place, fabric: FabricRow, asn: number): Promise<string> => (await free(place, fabric, asn)).address;

/** Takes the next address, for good. Whoever calls holds the fabric, so that nobody else takes the same one meanwhile. */
export async function takeAddress(place: Place & { now: () => Date }, fabric: FabricRow, asn: number): Promise<string> {
  const { db, tenantId, now } = place;
  const { sequence, address } = await free(place, fabric, asn);
  await db
    .insert(addressCounters)
    .values({ tenantId, id: newId(), fabricId: fabric.id, asn, lastSequence: sequence, createdAt: now(), updatedAt: now() })
    .onConflictDoUpdate({
      target: [addressCounters.tenantId, addressCounters.fabricId, addressCounters.asn],
      set: { lastSequence: sequence, updatedAt: now() },
    });
  return address;
}
