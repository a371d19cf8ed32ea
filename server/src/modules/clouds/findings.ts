import { and, eq, getTableColumns, inArray, notInArray, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { Place } from './calls.ts';
import type { Sighting } from './drift.ts';
import type { Finding } from './schemas.ts';
import { findings, type FindingRow } from './tables.ts';

export const findingView = (row: FindingRow): Finding => ({
  id: row.id,
  connectionId: row.connectionId,
  serverId: row.serverId,
  externalId: row.externalId,
  name: row.name,
  kind: row.kind,
  field: row.field,
  before: (row.before ?? null) as Finding['before'],
  after: (row.after ?? null) as Finding['after'],
  costDelta: row.costDelta === null || row.currency === null ? null : { amount: row.costDelta, currency: row.currency },
  environment: row.environment,
  status: row.status,
  since: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});

const about = ({ id, connectionId, serverId, externalId, name, kind, field, before, after }: FindingRow) => ({
  id,
  connectionId,
  serverId,
  externalId,
  name,
  kind,
  field,
  before,
  after,
});

/** Opens what is new, refreshes what stands. What was ignored stays so until it is different from what was ignored. */
async function upsert(
  { db, tenantId, now }: Place,
  connectionId: string,
  sightings: readonly Sighting[],
): Promise<(FindingRow & { fresh: boolean })[]> {
  if (sightings.length === 0) return [];
  const at = now();
  const rows = sightings.map((sighting) => ({
    tenantId,
    id: newId(),
    connectionId,
    ...sighting,
    status: 'open' as const,
    lastSeenAt: at,
    createdAt: at,
    updatedAt: at,
  }));
  const fresh = sql<boolean>`xmax = 0`;
  const stored = await db
    .insert(findings)
    .values(rows)
    .onConflictDoUpdate({
      target: [findings.tenantId, findings.connectionId, findings.externalId, findings.kind, findings.field],
      targetWhere: sql`status in ('open', 'ignored')`,
      set: {
        status: sql`case when drift_findings.after is distinct from excluded.after then 'open' else drift_findings.status end`,
        after: sql`excluded.after`,
        name: sql`excluded.name`,
        serverId: sql`excluded.server_id`,
        costDelta: sql`excluded.cost_delta`,
        lastSeenAt: at,
        updatedAt: at,
      },
    })
    .returning({ ...getTableColumns(findings), fresh });
  return stored;
}

/** After a complete pass: what was not seen again is over, unless the pass had nothing to say about its server. */
async function closeOthers(
  { db, tenantId, now }: Place,
  connectionId: string,
  standing: readonly string[],
  resting: ReadonlySet<string>,
): Promise<FindingRow[]> {
  const at = now();
  const spared = [...resting];
  return db
    .update(findings)
    .set({ status: 'closed', closedAt: at, updatedAt: at })
    .where(
      and(
        eq(findings.tenantId, tenantId),
        eq(findings.connectionId, connectionId),
        inArray(findings.status, ['open', 'ignored']),
        standing.length > 0 ? notInArray(findings.id, [...standing]) : undefined,
        spared.length > 0 ? sql`(${findings.serverId} is null or ${findings.serverId} <> all(${sql.param(spared)}::uuid[]))` : undefined,
      ),
    )
    .returning();
}

/** The counters that server lists show. */
export async function recount({ db, tenantId }: Pick<Place, 'db' | 'tenantId'>, connectionId: string): Promise<void> {
  await db.execute(sql`
    update servers s set open_findings = coalesce(f.n, 0)
    from servers t left join (select server_id, count(*)::int as n from drift_findings
      where tenant_id = ${tenantId} and connection_id = ${connectionId} and status = 'open' group by server_id) f on f.server_id = t.id
    where s.tenant_id = ${tenantId} and t.tenant_id = ${tenantId} and s.id = t.id and t.connection_id = ${connectionId}
      and t.deleted_at is null and s.open_findings <> coalesce(f.n, 0)`);
}

/** Makes the stored findings of a connection those that a complete pass saw. Announces what is new and what is over. */
export async function storeFindings(
  place: Place,
  connectionId: string,
  sightings: readonly Sighting[],
  resting: ReadonlySet<string>,
): Promise<{ opened: number; closed: number }> {
  const stored = await upsert(place, connectionId, sightings);
  const closed = await closeOthers(place, connectionId, stored.map(({ id }) => id), resting); // prettier-ignore
  const opened = stored.filter(({ fresh }) => fresh);
  for (const row of opened) place.emit('drift.opened', about(row));
  for (const row of closed) place.emit('drift.closed', about(row));
  await recount(place, connectionId);
  return { opened: opened.length, closed: closed.length };
}
