import type { z } from 'zod';
import { and, eq, inArray, ne } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Place } from '../find.ts';
import { effective } from '../facts/facts.ts';
import type { IrrSets } from '../render/irr.ts';
import { connections, fabrics, participants, type FabricRow, type ParticipantRow } from '../tables.ts';
import './problems.ts';
import { sourceOf } from './rules.ts';
import type { IrrList } from './schemas.ts';
import { irrLists, type IrrRow } from './tables.ts';

/** What is asked for of a network. */
export const sourceOfNetwork = (row: ParticipantRow): string => sourceOf({ asn: row.asn, asSet: effective(row).asSet });

/** The sets that are in use; undefined while no answer was taken. */
export const setsOf = (row: IrrRow | undefined): IrrSets | undefined =>
  row && row.fetchedAt !== null ? { origins: row.origins, v4: row.prefixesV4, v6: row.prefixesV6 } : undefined;

export async function listOf({ db, tenantId }: Place, participantId: string): Promise<IrrRow | undefined> {
  const [row] = await db
    .select()
    .from(irrLists)
    .where(and(eq(irrLists.tenantId, tenantId), eq(irrLists.participantId, participantId)));
  return row;
}

/** The lists of networks, by network. */
export async function setsOn({ db, tenantId }: Place, participantIds: readonly string[]): Promise<Map<string, IrrSets>> {
  if (participantIds.length === 0) return new Map();
  const rows = await db.select().from(irrLists).where(and(eq(irrLists.tenantId, tenantId), inArray(irrLists.participantId, [...new Set(participantIds)]))); // prettier-ignore
  return new Map(rows.flatMap((row) => { const sets = setsOf(row); return sets ? [[row.participantId, sets] as const] : []; })); // prettier-ignore
}

export interface Listed {
  participant: ParticipantRow;
  list: IrrRow | null;
}
export const listed = ({ db }: Pick<Place, 'db'>) =>
  db
    .select({ participant: participants, list: irrLists })
    .from(participants)
    .leftJoin(irrLists, and(eq(irrLists.tenantId, participants.tenantId), eq(irrLists.participantId, participants.id)));

/** Networks on fabrics where registries are looked at. */
export async function watchedNetworks(place: Place): Promise<Listed[]> {
  const { db, tenantId } = place;
  const ids = await db
    .selectDistinct({ id: connections.participantId })
    .from(connections)
    .innerJoin(fabrics, and(eq(fabrics.tenantId, connections.tenantId), eq(fabrics.id, connections.fabricId)))
    .where(and(eq(connections.tenantId, tenantId), ne(fabrics.irrMode, 'off')));
  if (ids.length === 0) return [];
  return listed(place).where(and(eq(participants.tenantId, tenantId), inArray(participants.id, ids.map(({ id }) => id)))); // prettier-ignore
}

/** Networks with a connection to a fabric, with their lists. */
export async function listedOn(place: Place, fabricId: string): Promise<Listed[]> {
  const { db, tenantId } = place;
  const ids = await db
    .selectDistinct({ id: connections.participantId })
    .from(connections)
    .where(and(eq(connections.tenantId, tenantId), eq(connections.fabricId, fabricId)));
  if (ids.length === 0) return [];
  return listed(place).where(and(eq(participants.tenantId, tenantId), inArray(participants.id, ids.map(({ id }) => id)))); // prettier-ignore
}

/** Throws where refusing what no registry has would refuse all of somebody's routes. */
export async function requireLists(place: Place, { id, slug }: Pick<FabricRow, 'id' | 'slug'>): Promise<void> {
  const missing = (await listedOn(place, id)).filter(({ list }) => setsOf(list ?? undefined) === undefined).map(({ participant }) => participant.asn);
  if (missing.length > 0)
    throw new Problem('exchange-irr-missing', `Nothing is known of ${missing.slice(0, 10).map((asn) => `AS${asn}`).join(', ')}${missing.length > 10 ? ` and ${missing.length - 10} more` : ''} on "${slug}".`, { asns: missing.slice(0, 100) });
} // prettier-ignore

const NONE = { origins: [], prefixesV4: [], prefixesV6: [], fetchedAt: null, triedAt: null, problemCode: null, detail: null };
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function irrView({ participant, list }: Listed, now: Date): z.input<typeof IrrList> {
  const { origins, prefixesV4, prefixesV6, fetchedAt, triedAt, problemCode, detail } = list ?? NONE;
  const taken = problemCode === null ? 'fresh' : 'kept';
  return {
    participantId: participant.id,
    asn: participant.asn,
    name: participant.name,
    source: list?.source ?? sourceOfNetwork(participant),
    state: fetchedAt === null ? 'missing' : taken,
    origins: origins.length,
    prefixesV4: prefixesV4.length,
    prefixesV6: prefixesV6.length,
    fetchedAt: iso(fetchedAt),
    ageSeconds: fetchedAt && Math.max(0, Math.floor((now.getTime() - fetchedAt.getTime()) / 1_000)),
    triedAt: iso(triedAt),
    problemCode,
    detail,
  };
}
