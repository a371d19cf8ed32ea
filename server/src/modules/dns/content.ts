import { and, eq, gte, inArray } from '#kernel/drizzle.ts';
import type { WorkContext } from '#kernel/work.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { sortKey } from './names.ts';
import { applyChanges, invert, setKey, toSets, typeRank, type Entry, type SetChange, type Sets } from './sets.ts';
import type { ZoneRecord } from './records.ts';
import { records, versions, type ZoneRow } from './tables.ts';
import { setZone, type Place } from './zone-rows.ts';

export const MAX_ZONE_RECORDS = 10_000;

/** All records of a zone as we have them. */
export async function loadSets({ db, tenantId }: Place, zoneId: string): Promise<Sets> {
  const { id, name, type, ttl, value, comment } = records;
  return toSets(
    await db
      .select({ id, name, type, ttl, value, comment })
      .from(records)
      .where(and(eq(records.tenantId, tenantId), eq(records.zoneId, zoneId))),
  );
}

/** What a server holds, with the ids and remarks of the records that we know already. */
export function adopt(found: readonly ZoneRecord[], known: Sets): Sets {
  if (found.length > MAX_ZONE_RECORDS) throw new Problem('zone-too-large', `There are ${found.length} records; ${MAX_ZONE_RECORDS} are possible.`);
  const mine = new Map([...known.values()].flatMap((set) => set.entries.map((entry): [string, Entry] => [`${setKey(set)} ${entry.value}`, entry])));
  return toSets(
    found.map((record) => {
      const entry = mine.get(`${setKey(record)} ${record.value}`);
      return { ...record, id: entry?.id ?? newId(), comment: entry?.comment ?? null };
    }),
  );
}

const BATCH = 1_000;
async function inBatches<T>(items: readonly T[], act: (batch: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += BATCH) await act(items.slice(at, at + BATCH));
}

/** Writes changed sets: rows that stay keep their ids. Deletes go first, since a value may move from one record to another. */
async function writeRows(place: Place, zoneId: string, changes: readonly SetChange[]): Promise<void> {
  const { db, tenantId, now } = place;
  const before = changes.flatMap((change) => (change.before?.entries ?? []).map(({ id }) => id));
  const kept = new Map<string, Date>();
  await inBatches(before, async (ids) => {
    const gone = await db
      .delete(records)
      .where(and(eq(records.tenantId, tenantId), inArray(records.id, ids)))
      .returning({ id: records.id, createdAt: records.createdAt });
    for (const { id, createdAt } of gone) kept.set(id, createdAt);
  });
  const at = now();
  const rows = changes.flatMap(({ name, type, after }) =>
    (after?.entries ?? []).map((entry) => ({
      tenantId,
      zoneId,
      name,
      type,
      ttl: after!.ttl,
      sortKey: sortKey(name),
      typeRank: typeRank(type),
      createdAt: kept.get(entry.id) ?? at,
      updatedAt: at,
      ...entry,
    })),
  );
  await inBatches(rows, (batch) => db.insert(records).values(batch));
}

/** SOA data with another serial. */
const withSerial = (soa: string, serial: number): string => soa.replace(/^(\S+ \S+) \d+/, `$1 ${serial}`);

export interface Storing {
  zone: ZoneRow;
  operation: string;
  changes: readonly SetChange[];
  serial: number;
  soa?: { ttl: number; value: string };
}

/** Whether this Change has recorded its version already; its undoing has one of its own. */
export async function isStored({ db, tenantId, changeId }: WorkContext, zoneId: string, operation: string): Promise<boolean> {
  const [stored] = await db
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.tenantId, tenantId), eq(versions.changeId, changeId!), eq(versions.zoneId, zoneId), eq(versions.operation, operation)));
  return stored !== undefined;
}

/** Makes a change ours: rows, counters, a version in the history, an announcement; and lets go of the zone. Once per Change, however often it is called. */
export async function storeChange(ctx: WorkContext, { zone, operation, changes, serial, soa }: Storing): Promise<ZoneRow> {
  const { db, tenantId } = ctx;
  const changeId = ctx.changeId!;
  if (await isStored(ctx, zone.id, operation)) return zone;
  await writeRows(ctx, zone.id, changes);
  const sets = await loadSets(ctx, zone.id);
  const { kind, id, name } = ctx.actor;
  const revision = zone.revision + 1;
  await db
    .insert(versions)
    .values({ tenantId, id: newId(), zoneId: zone.id, revision, changeId, operation, actor: { kind, id, name }, serial, changes: [...changes] });
  const after = await setZone(ctx, zone.id, {
    revision,
    serial,
    version: zone.version + 1,
    recordCount: [...sets.values()].reduce((sum, { entries }) => sum + entries.length, 0),
    nameservers: (sets.get(`${zone.name} NS`)?.entries ?? []).map(({ value }) => value.slice(0, -1)).sort(), // prettier-ignore
    ...(soa ? { soa: withSerial(soa.value, serial), soaTtl: soa.ttl } : zone.soa ? { soa: withSerial(zone.soa, serial) } : {}),
    state: 'active',
    stateReason: null,
    changeId: null,
    changeNumber: null,
    sent: false,
  });
  if (changes.length > 0) {
    const shown = changes
      .slice(0, 50)
      .map((change) => ({ name: change.name, type: change.type, before: shortly(change.before), after: shortly(change.after) }));
    ctx.emit('dns.rrset.changed', { zoneId: zone.id, zone: zone.name, version: revision, serial, count: changes.length, sets: shown });
  }
  return after;
}

const shortly = (state: SetChange['before']) =>
  state && { ttl: state.ttl, values: state.entries.slice(0, 20).map(({ value }) => value.slice(0, 500)) };

/** The zone's sets as they were at a version: today's, with everything since turned back. */
export async function setsAt(place: Place, zone: ZoneRow, now: Sets, revision: number): Promise<Sets> {
  const later = await place.db
    .select({ revision: versions.revision, changes: versions.changes })
    .from(versions)
    .where(and(eq(versions.tenantId, place.tenantId), eq(versions.zoneId, zone.id), gte(versions.revision, revision)));
  const known = new Map(later.map((version) => [version.revision, version.changes]));
  if (!known.has(revision)) throw new Problem('dns-version-not-found', `${zone.name} has no version ${revision}; the newest is ${zone.revision}.`);
  let sets = now;
  for (let at = zone.revision; at > revision; at--) {
    const changes = known.get(at);
    if (!changes)
      throw new Problem('dns-version-not-found', `Version ${at} of ${zone.name} is not kept any more, so version ${revision} cannot be made of it.`);
    sets = applyChanges(sets, invert(changes));
  }
  return sets;
}

/** Created, updated and deleted sets. */
export const counts = (changes: readonly SetChange[]): { created: number; updated: number; deleted: number } => ({
  created: changes.filter(({ before }) => !before).length,
  updated: changes.filter(({ before, after }) => before && after).length,
  deleted: changes.filter(({ after }) => !after).length,
});
