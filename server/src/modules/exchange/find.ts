import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, count, eq, inArray } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { decodeCursor } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';
import { connections, fabrics, participants, type ConnectionRow, type FabricRow, type ParticipantRow } from './tables.ts';

export type Place = Pick<ReadContext, 'db' | 'tenantId'>;

const quoted = (id: string): string => `"${id.slice(0, 64)}"`;

/** By id or short name; `lock` holds it until the transaction ends. */
export async function findFabric({ db, tenantId }: Place, idOrSlug: string, lock = false): Promise<FabricRow> {
  const query = db
    .select()
    .from(fabrics)
    .where(and(eq(fabrics.tenantId, tenantId), isUuid(idOrSlug) ? eq(fabrics.id, idOrSlug) : eq(fabrics.slug, idOrSlug)));
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw new Problem('exchange-fabric-not-found', `There is no fabric ${quoted(idOrSlug)}. See exchange.fabrics.list.`);
  return row;
}

const ASN = /^(?:AS)?(\d{1,10})$/i;

/** By id or ASN. */
export async function findParticipant({ db, tenantId }: Place, idOrAsn: string, lock = false): Promise<ParticipantRow> {
  const number = ASN.exec(idOrAsn)?.[1];
  const wanted = isUuid(idOrAsn) ? eq(participants.id, idOrAsn) : eq(participants.asn, Number(number ?? 0));
  const query = db
    .select()
    .from(participants)
    .where(and(eq(participants.tenantId, tenantId), wanted));
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw new Problem('exchange-participant-not-found', `There is no network ${quoted(idOrAsn)}. See exchange.participants.list.`);
  return row;
}

/** A connection with the fabric and the network that it joins. */
export interface Joined {
  connection: ConnectionRow;
  fabric: FabricRow;
  participant: ParticipantRow;
}
export const joined = ({ db }: Place) =>
  db
    .select({ connection: connections, fabric: fabrics, participant: participants })
    .from(connections)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, connections.tenantId), eq(fabrics.id, connections.fabricId)))
    .innerJoin(participants, and(eq(participants.tenantId, connections.tenantId), eq(participants.id, connections.participantId)));

export async function findConnection(place: Place, id: string): Promise<Joined> {
  const [row] = isUuid(id) ? await joined(place).where(and(eq(connections.tenantId, place.tenantId), eq(connections.id, id))) : [];
  if (!row) throw new Problem('exchange-connection-not-found', `There is no connection ${quoted(id)}. See exchange.connections.list.`);
  return row;
}

export const fabricTarget = ({ id, slug }: Pick<FabricRow, 'id' | 'slug'>): Target => ({ type: 'exchangeFabric', id, name: slug });
export const participantTarget = ({ id, asn }: Pick<ParticipantRow, 'id' | 'asn'>): Target => ({
  type: 'exchangeParticipant',
  id,
  name: `AS${asn}`,
});

/** Read once per call: the target resolver, the plan and the handler look at the same row. */
export const fabricOf = (ctx: ReadContext, id: string): Promise<FabricRow> => ctx.once(`fabric:${id}`, () => findFabric(ctx, id));
export const participantOf = (ctx: ReadContext, id: string): Promise<ParticipantRow> => ctx.once(`participant:${id}`, () => findParticipant(ctx, id));
export const connectionOf = (ctx: ReadContext, id: string): Promise<Joined> => ctx.once(`connection:${id}`, () => findConnection(ctx, id));

export const oneFabric = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [fabricTarget(await fabricOf(ctx, id))];
export const oneParticipant = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  participantTarget(await participantOf(ctx, id)),
];
/** Whoever connects a network to a fabric, or takes it off, does something to both. */
export const bothOf = ({ fabric, participant }: Pick<Joined, 'fabric' | 'participant'>): Target[] => [
  fabricTarget(fabric),
  participantTarget(participant),
];
export const oneConnection = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => bothOf(await connectionOf(ctx, id));

/** How many connections each of the fabrics has. */
export async function connectedTo({ db, tenantId }: Place, ids: readonly string[]): Promise<(id: string) => number> {
  if (ids.length === 0) return () => 0;
  const rows = await db
    .select({ id: connections.fabricId, total: count() })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), inArray(connections.fabricId, [...ids])))
    .groupBy(connections.fabricId);
  const totals = new Map(rows.map(({ id, total }) => [id, total]));
  return (id) => totals.get(id) ?? 0;
}

/** The id after which a list goes on. */
export function afterId(cursor: string | undefined): string | undefined {
  const id = decodeCursor(cursor, 1)?.[0];
  if (id !== undefined && !isUuid(String(id)))
    throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
  return id === undefined ? undefined : String(id);
}

/** If-Match, when it was sent, names the version that the caller has seen. */
export function requireSeen(name: string, { version }: { version: number }, ctx: ReadContext): void {
  const seen = (ctx as Partial<Context>).ifMatch;
  if (seen === undefined || seen === '*' || seen === String(version)) return;
  throw new Problem('version-conflict', `${name} is at version ${version} and you have seen ${seen}. Read it again and repeat your edit.`, {
    version,
  });
}

/** What another one has already is a conflict that names it, not a fault. */
export const taken =
  (what: string) =>
  (error: unknown): never => {
    throw isUniqueViolation(error) ? new Problem('exchange-taken', `${what} is in use already.`) : error;
  };
