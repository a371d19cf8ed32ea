import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { invalid, requireAddress } from './addresses.ts';
import { nextAddress, takeAddress } from './controllers/addressing.ts';
import { nextHost } from './controllers/pool.ts';
import { findFabric, taken } from './find.ts';
import { tagOf } from './rules.ts';
import type { ConnectionState } from './schemas.ts';
import { connections, type ConnectionRow, type FabricRow, type ParticipantRow } from './tables.ts';

/** Of a fabric, and of a network on one fabric (exchange.md 19). */
export const MOST_ON_FABRIC = 2_000;
export const MOST_OF_NETWORK = 4;

interface Addresses {
  addressV6: string;
  addressV4?: string | null | undefined;
}

/** The addresses of a connection as they are stored, checked against the LAN. */
export function placedIn(
  operation: string,
  { ipv6Prefix, ipv4Prefix, ipv4Mode }: FabricRow,
  wish: Addresses,
): { addressV6: string; addressV4: string | null } {
  const addressV6 = requireAddress(operation, '/addressV6', wish.addressV6, 6, ipv6Prefix);
  const v4 = wish.addressV4 ?? null;
  if (v4 === null && ipv4Mode === 'native') throw invalid(operation, '/addressV4', 'is needed: IPv4 has sessions of its own on this fabric');
  if (v4 !== null && ipv4Prefix === null) throw invalid(operation, '/addressV4', 'has no place: this fabric has no IPv4 prefix');
  return { addressV6, addressV4: v4 === null ? null : requireAddress(operation, '/addressV4', v4, 4, ipv4Prefix!) };
}

/** The route servers speak to clients of other ASNs alone: with one of their own on it, nothing could be made for the fabric. */
function requireOther(operation: string, fabric: FabricRow, asn: number): void {
  if (asn !== fabric.rsAsn) return;
  const field = operation.startsWith('exchange.requests.') ? '/asn' : '/participantId';
  throw invalid(operation, field, `is AS${asn}, which the route servers of "${fabric.slug}" have themselves`);
}

type Place = Pick<WorkContext, 'db' | 'tenantId' | 'now'>;
interface Wish {
  addressV6?: string | undefined;
  addressV4?: string | null | undefined;
}

/** The addresses that a connection would get: those that are given, and the next ones for the rest. Nothing is taken. */
export async function foreseen(place: Place, operation: string, fabric: FabricRow, asn: number, wish: Wish) {
  requireOther(operation, fabric, asn);
  return placedIn(operation, fabric, {
    addressV6: wish.addressV6 ?? (await nextAddress(place, fabric, asn)),
    addressV4: wish.addressV4 ?? (await nextHost(place, fabric)),
  });
}

/** Those of a fabric; refused when one more would be too many. */
async function requireRoom({ db, tenantId }: Place, fabric: FabricRow, participant: ParticipantRow) {
  const there = await db
    .select({ tag: connections.tag, participantId: connections.participantId })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabric.id)));
  if (there.length >= MOST_ON_FABRIC) throw new Problem('exchange-full', `The fabric "${fabric.slug}" has ${MOST_ON_FABRIC} connections.`);
  if (there.filter((one) => one.participantId === participant.id).length >= MOST_OF_NETWORK)
    throw new Problem('exchange-full', `AS${participant.asn} has ${MOST_OF_NETWORK} connections to the fabric "${fabric.slug}".`);
  return there;
}

/** Puts a network on a fabric, with the addresses that were given or with the next ones. */
export async function connect(
  ctx: Place & Pick<WorkContext, 'emit'>,
  operation: string,
  ends: { fabricId: string; participant: ParticipantRow },
  wish: Wish & { roleStrict: boolean; state: ConnectionState },
): Promise<{ connection: ConnectionRow; fabric: FabricRow; participant: ParticipantRow }> {
  const { db, tenantId, now } = ctx;
  const { participant } = ends;
  // One at a time on a fabric, so that limits hold and no two get one tag or one address.
  const fabric = await findFabric(ctx, ends.fabricId, true);
  requireOther(operation, fabric, participant.asn);
  const there = await requireRoom(ctx, fabric, participant);
  const addressV6 = wish.addressV6 ?? (await takeAddress(ctx, fabric, participant.asn));
  const addressV4 = wish.addressV4 ?? (await nextHost(ctx, fabric));
  const id = newId();
  const [connection] = await db
    .insert(connections)
    .values({
      tenantId,
      id,
      fabricId: fabric.id,
      participantId: participant.id,
      tag: tagOf(id, new Set(there.map(({ tag }) => tag))),
      ...placedIn(operation, fabric, { addressV6, addressV4 }),
      roleStrict: wish.roleStrict,
      state: wish.state,
      createdAt: now(),
      updatedAt: now(),
    })
    .returning()
    .catch(taken(`The address ${addressV6} or ${addressV4 ?? 'its IPv4 address'}`));
  ctx.emit('exchange.connection.created', { id, fabricId: fabric.id, asn: participant.asn });
  return { connection: connection!, fabric, participant };
}
