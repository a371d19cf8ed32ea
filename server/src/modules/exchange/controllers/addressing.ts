import ipaddr from 'ipaddr.js';
import type { Context, ReadContext } from '#kernel/context.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { FabricRow } from '../tables.ts';
import './problems.ts';
import { addressCounters } from './tables.ts';

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

/** The address that would be next; nothing is taken. */
export async function nextAddress({ db, tenantId }: Pick<ReadContext, 'db' | 'tenantId'>, fabric: FabricRow, asn: number): Promise<string> {
  const [row] = await db
    .select()
    .from(addressCounters)
    .where(ofAsn(tenantId, fabric.id, asn));
  return addressOfAsn(fabric.ipv6Prefix, asn, (row?.lastSequence ?? 0) + 1);
}

/** Takes the next address, for good, unless the transaction is undone. */
export async function takeAddress({ db, tenantId, now }: Pick<Context, 'db' | 'tenantId' | 'now'>, fabric: FabricRow, asn: number): Promise<string> {
  const [row] = await db
    .insert(addressCounters)
    .values({ tenantId, id: newId(), fabricId: fabric.id, asn, lastSequence: 1, createdAt: now(), updatedAt: now() })
    .onConflictDoUpdate({
      target: [addressCounters.tenantId, addressCounters.fabricId, addressCounters.asn],
      set: { lastSequence: sql`${addressCounters.lastSequence} + 1`, updatedAt: now() },
      setWhere: sql`${addressCounters.lastSequence} < ${MOST_OF_ASN}`,
    })
    .returning();
  if (!row) throw exhausted(asn);
  return addressOfAsn(fabric.ipv6Prefix, asn, row.lastSequence);
}
