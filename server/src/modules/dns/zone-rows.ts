import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import type { Target } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { unicodeName } from './names.ts';
import './problems.ts';
import type { Record, Zone, ZoneState } from './schemas.ts';
import { records, zones, type RecordRow, type ZoneRow } from './tables.ts';

export type Place = Pick<ReadContext, 'db' | 'tenantId' | 'now'>;

const notFound = (id: string): Problem =>
  new Problem('dns-zone-not-found', `There is no zone "${id.slice(0, 64)}" in this tenant. See dns.listZones.`);

export const thisZone = (tenantId: string, id: string) => and(eq(zones.tenantId, tenantId), eq(zones.id, id));

/** The zone; `lock` holds it until the transaction ends. Deleted ones only when they are asked for. */
export async function findZone({ db, tenantId }: Place, id: string, { lock = false, deleted = false } = {}): Promise<ZoneRow> {
  if (!isUuid(id)) throw notFound(id);
  const query = db
    .select()
    .from(zones)
    .where(and(thisZone(tenantId, id), deleted ? undefined : isNull(zones.deletedAt)));
  const [row] = await (lock ? query.for('no key update') : query);
  if (!row) throw notFound(id);
  return row;
}

/** Read once per call: the target resolver, the plan and the handler look at the same row. */
export const zoneOf = (ctx: ReadContext, id: string): Promise<ZoneRow> => ctx.once(`dns-zone:${id}`, () => findZone(ctx, id));

export async function findRecord({ db, tenantId }: Place, id: string): Promise<RecordRow> {
  const [row] = isUuid(id)
    ? await db
        .select()
        .from(records)
        .where(and(eq(records.tenantId, tenantId), eq(records.id, id)))
    : [];
  if (!row) throw new Problem('dns-record-not-found', `There is no record "${id.slice(0, 64)}" in this tenant. See dns.listRecords.`);
  return row;
}
export const recordOf = (ctx: ReadContext, id: string): Promise<RecordRow> => ctx.once(`dns-record:${id}`, () => findRecord(ctx, id));

export const zoneTarget = ({ id, name, environment, labels }: Pick<ZoneRow, 'id' | 'name' | 'environment' | 'labels'>): Target => ({
  type: 'dnsZone',
  id,
  name,
  environment,
  labels,
});

/** Target resolver of operations on one zone, and of those on one record. */
export const oneZone = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [zoneTarget(await zoneOf(ctx, id))];
export const zoneOfRecord = async (ctx: ReadContext, { id }: { id: string }): Promise<Target[]> => [
  zoneTarget(await zoneOf(ctx, (await recordOf(ctx, id)).zoneId)),
];

export const zoneView = (row: ZoneRow): Zone => ({
  id: row.id,
  name: row.name,
  unicodeName: unicodeName(row.name),
  connectionId: row.connectionId,
  provider: row.provider,
  environment: row.environment,
  labels: row.labels,
  state: row.state,
  stateReason: row.stateReason,
  serial: row.serial,
  defaultTtl: row.defaultTtl,
  protection: { delete: row.protected },
  nameservers: row.nameservers,
  recordCount: row.recordCount,
  revision: row.revision,
  openChange: row.changeId === null ? null : { id: row.changeId, number: row.changeNumber },
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  deletedAt: row.deletedAt?.toISOString() ?? null,
});

export const recordView = (row: RecordRow): Record => ({
  id: row.id,
  zoneId: row.zoneId,
  name: row.name,
  unicodeName: unicodeName(row.name),
  type: row.type,
  ttl: row.ttl,
  value: row.value,
  comment: row.comment,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** If-Match, when it was sent, names the version of the zone that the caller has seen. */
export function requireSeen(row: Pick<ZoneRow, 'name' | 'version'>, ctx: ReadContext): void {
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen === undefined || seen === '*' || seen === String(row.version)) return;
  throw new Problem('version-conflict', `${row.name} is at version ${row.version} and you have seen ${seen}. Read it again and repeat your edit.`, {
    version: row.version,
  });
}

/** One Change at a time works on a zone. It holds it from here until it ends, however it ends (see index.ts). */
export async function holdZone(place: Place, id: string, changeId: string, state: ZoneState, deleted = false): Promise<ZoneRow> {
  const row = await findZone(place, id, { lock: true, deleted });
  if (row.changeId === changeId) return row;
  if (row.changeId !== null)
    throw new Problem('operation-in-progress', `${row.changeNumber ?? 'Another Change'} is at work on ${row.name}. Wait for it, or cancel it.`, {
      changeId: row.changeId,
    });
  return setZone(place, id, { changeId, changeNumber: null, state, sent: false });
}

export async function setZone({ db, tenantId, now }: Place, id: string, patch: Partial<ZoneRow>): Promise<ZoneRow> {
  const [row] = await db
    .update(zones)
    .set({ ...patch, updatedAt: now() })
    .where(thisZone(tenantId, id))
    .returning();
  return row!;
}

/** What a zone's row says when it is gone: its name and its connection are free again. */
export const gone = (now: Date, version: number): Partial<ZoneRow> => ({
  state: 'deleted',
  stateReason: null,
  deletedAt: now,
  heldConnectionId: null,
  changeId: null,
  changeNumber: null,
  sent: false,
  version: version + 1,
});
