import { and, eq, inArray, isNotNull, isNull, lte, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { ask, type Outside, type Place } from './calls.ts';
import { findConnection, storeCatalog, storedCatalog } from './connection-rows.ts';
import { markDeleted } from './deletion.ts';
import { compare, missingSighting, type Comparison, type KnownServer } from './drift.ts';
import { storeFindings } from './findings.ts';
import type { Catalog, ObservedServer, ServerPage } from './providers/port.ts';
import { setStatus } from './reachability.ts';
import { isPowered, statusOf } from './rules.ts';
import type { PassReport } from './schemas.ts';
import { wholeServer } from './server-rows.ts';
import { connections, servers, type ConnectionRow, type ServerRow } from './tables.ts';

const CATALOG_MS = 3_600_000;
const PAGES = 200;

/** The complete list, or a problem: a page that shifted while we read makes the whole list void. */
async function listAll(outside: Outside, connectionId: string): Promise<ObservedServer[]> {
  const found = new Map<string, ObservedServer>();
  let page: string | null = null;
  for (let n = 0; n < PAGES; n += 1) {
    const at: string | null = page;
    const { items, next }: ServerPage = await ask(outside, connectionId, (cloud) => cloud.servers.list(at));
    for (const item of items) {
      if (found.has(item.externalId)) throw new Problem('provider-unavailable', 'The list of servers shifted while it was read; the pass is void.');
      found.set(item.externalId, item);
    }
    if (next === null) return [...found.values()];
    page = next;
  }
  throw new Problem('provider-unavailable', `The list of servers has more than ${PAGES} pages; the pass is void.`);
}

async function freshCatalog(outside: Outside, connection: ConnectionRow): Promise<Catalog> {
  const known = await outside.tx((place) => storedCatalog(place, connection.id));
  if (known && outside.now().getTime() - known.readAt.getTime() < CATALOG_MS) return known.catalog;
  const catalog = await ask(outside, connection.id, (cloud) => cloud.catalog());
  await outside.tx((place) => storeCatalog(place, connection.id, catalog, place.now()));
  return catalog;
}

const livingOn = ({ db, tenantId }: Place, connectionId: string): Promise<ServerRow[]> =>
  db
    .select()
    .from(servers)
    .where(and(eq(servers.tenantId, tenantId), eq(servers.connectionId, connectionId), isNull(servers.deletedAt)));

/** Columns that a row takes over from what was seen. Power is adopted; the rest of what should be stays as it was. */
function adopted(row: KnownServer, observed: ObservedServer, catalog: Catalog): Partial<ServerRow> {
  const size = catalog.sizes.find(({ id }) => id === observed.size);
  return {
    externalId: observed.externalId,
    status: statusOf(observed.status, row.status),
    statusReason: null,
    zone: observed.zone,
    size: observed.size,
    diskGb: observed.diskGb,
    publicIpv4: observed.publicIpv4,
    publicIpv6: observed.publicIpv6,
    observed,
    missedAt: null,
    desired: { ...row.desired, power: isPowered(observed.status) },
    ...(size
      ? { vcpus: size.vcpus, reservedVcpus: size.vcpus, memoryMb: size.memoryMb, monthlyAmount: size.monthly.amount, currency: size.monthly.currency }
      : {}),
  };
}

/** Takes over what is there, unless a Change has taken hold of the server since it was read. */
export async function adopt(place: Place, row: KnownServer, observed: ObservedServer, catalog: Catalog): Promise<void> {
  const { db, tenantId, now, emit } = place;
  const columns = adopted(row, observed, catalog);
  const [after] = await db
    .update(servers)
    .set({ ...columns, observedAt: now(), updatedAt: now(), version: sql`${servers.version} + 1` })
    .where(and(eq(servers.tenantId, tenantId), eq(servers.id, row.id), isNull(servers.changeId), isNull(servers.deletedAt)))
    .returning({ status: servers.status });
  if (after && after.status !== row.status) emit('server.state_changed', { id: row.id, name: row.name, before: row.status, after: after.status });
}

const isNews = ({ row, observed }: Comparison['adopt'][number]): boolean =>
  row.observed?.sequence !== observed.sequence ||
  statusOf(observed.status, row.status) !== row.status ||
  row.missedAt !== null ||
  row.externalId === null;

async function storeSeen(place: Place, { adopt: seen }: Comparison, catalog: Catalog): Promise<void> {
  for (const each of seen.filter(isNews)) await adopt(place, each.row, each.observed, catalog);
  const same = seen.filter((each) => !isNews(each)).map(({ row }) => row.id);
  if (same.length === 0) return;
  await place.db
    .update(servers)
    .set({ observedAt: place.now() })
    .where(and(eq(servers.tenantId, place.tenantId), inArray(servers.id, same)));
}

/** A server that is not in the list is looked for by id before it is called missing. */
async function confirmMissing(outside: Outside, connectionId: string, { missed }: Comparison): Promise<Set<string>> {
  const confirmed = new Set<string>();
  for (const { row, confirm } of missed) {
    if (confirm && !(await ask(outside, connectionId, (cloud) => cloud.servers.get(row.externalId!)))) confirmed.add(row.id);
  }
  return confirmed;
}

/** First absence is noted; a confirmed one makes the server missing. One that was being deleted is simply gone. */
async function storeMissed(place: Place, { missed }: Comparison, confirmed: ReadonlySet<string>): Promise<KnownServer[]> {
  const { db, tenantId, now, emit } = place;
  const found: KnownServer[] = [];
  for (const { row, confirm } of missed) {
    const mine = and(eq(servers.tenantId, tenantId), eq(servers.id, row.id), isNull(servers.changeId));
    if (!confirm) await db.update(servers).set({ missedAt: sql`coalesce(${servers.missedAt}, ${now().toISOString()}::timestamptz)` }).where(mine); // prettier-ignore
    if (!confirmed.has(row.id)) continue;
    if (row.status === 'deleting') {
      await markDeleted(place, await wholeServer(place, row.id, true));
      continue;
    }
    const statusReason = { code: 'not-found', text: 'The provider no longer knows it: it was deleted outside Switchyard.', at: now().toISOString() };
    const hit = await db.update(servers).set({ status: 'missing', statusReason, updatedAt: now(), version: sql`${servers.version} + 1` }).where(mine); // prettier-ignore
    if (hit.rowCount === 0) continue;
    emit('server.missing', { id: row.id, name: row.name, externalId: row.externalId, before: row.status });
    found.push(row);
  }
  return found;
}

async function noteGuard(place: Place, connection: ConnectionRow, guarded: boolean, seen: number): Promise<void> {
  const row = await findConnection(place, connection.id, true);
  if (guarded) {
    const text = `The list shows ${seen} servers, half or less of those that are known. Nothing is marked missing; look at the provider.`;
    return setStatus(place, row, 'degraded', { code: 'mass-disappearance', text });
  }
  if (row.status !== 'paused') await setStatus(place, row, 'active', null);
}

/** Reads everything of a connection and stores what differs. Nothing is created or destroyed at the provider. Throws Problem. */
export async function fullPass(outside: Outside, connection: ConnectionRow): Promise<PassReport> {
  const catalog = await freshCatalog(outside, connection);
  const seen = await listAll(outside, connection.id);
  const rows = await outside.tx((place) => livingOn(place, connection.id));
  const comparison = compare(rows, seen, catalog, outside.now());
  const confirmed = comparison.guarded ? new Set<string>() : await confirmMissing(outside, connection.id, comparison);
  return outside.tx(async (place) => {
    await storeSeen(place, comparison, catalog);
    const missing = await storeMissed(place, comparison, confirmed);
    const sightings = [...comparison.sightings, ...missing.map(missingSighting)];
    const counts = comparison.guarded ? { opened: 0, closed: 0 } : await storeFindings(place, connection.id, sightings, comparison.resting);
    await noteGuard(place, connection, comparison.guarded, seen.length);
    const report: PassReport = {
      at: place.now().toISOString(),
      complete: !comparison.guarded,
      seen: seen.length,
      known: rows.length,
      ...counts,
      problem: comparison.guarded ? 'mass-disappearance' : null,
    };
    await place.db
      .update(connections)
      .set({ lastPass: report, ...(comparison.guarded ? {} : { lastSyncAt: place.now() }) })
      .where(and(eq(connections.tenantId, place.tenantId), eq(connections.id, connection.id)));
    return report;
  });
}

const UNSETTLED: readonly ServerRow['status'][] = ['creating', 'starting', 'stopping', 'rebooting', 'resizing', 'deleting', 'unknown', 'error'];

/** Looks at the servers that are in motion, or of which nothing certain is known, and that no Change is at work on. */
export async function lightPass(outside: Outside, connection: ConnectionRow, limit = 50): Promise<number> {
  const rows = await outside.tx(({ db, tenantId }) =>
    db
      .select()
      .from(servers)
      .where(
        and(
          eq(servers.tenantId, tenantId),
          eq(servers.connectionId, connection.id),
          inArray(servers.status, [...UNSETTLED]),
          isNull(servers.changeId),
          isNull(servers.deletedAt),
          isNotNull(servers.externalId),
          lte(servers.updatedAt, outside.now()),
        ),
      )
      .limit(limit),
  );
  if (rows.length === 0) return 0;
  const catalog = await freshCatalog(outside, connection);
  for (const row of rows) {
    const observed = await ask(outside, connection.id, (cloud) => cloud.servers.get(row.externalId!));
    if (observed) await outside.tx((place) => adopt(place, row, observed, catalog));
    else if (row.status === 'deleting') await outside.tx(async (place) => markDeleted(place, await wholeServer(place, row.id, true)));
  }
  return rows.length;
}
