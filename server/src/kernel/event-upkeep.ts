import type { Database } from './database.ts';
import { idAt } from './ids.ts';

/** Who reads announcements by polling has so long to come back. */
const KEPT_DAYS = 90;
/** Rows of one tenant that go in one transaction. */
const BATCH = 5_000;

/** Tenants that have events, each found by one look into the index. */
const TENANTS = `
with recursive t (id) as (
  (select tenant_id from events order by tenant_id limit 1)
  union all
  select (select e.tenant_id from events e where e.tenant_id > t.id order by e.tenant_id limit 1) from t where t.id is not null)
select id from t where id is not null`;

const tenantsIn = async ({ $client }: Database): Promise<string[]> => (await $client.query<{ id: string }>(TENANTS)).rows.map(({ id }) => id);

/** Lets go of announcements that were handed on ninety days ago and longer, and of the record of who had them. As the platform. */
export async function sweepEvents(db: Database, now = new Date()): Promise<number> {
  const before = idAt(new Date(now.getTime() - KEPT_DAYS * 86_400_000));
  let gone = 0;
  for (const tenantId of await tenantsIn(db)) {
    const old = `select id from events where tenant_id = $1 and id < $2 and dispatched_at is not null order by id limit ${BATCH}`;
    const { rows } = await db.$client.query<{ id: string }>(old, [tenantId, before]);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) continue;
    await db.$client.query('delete from event_deliveries where tenant_id = $1 and id = any ($2::uuid[])', [tenantId, ids]);
    gone += (await db.$client.query('delete from events where tenant_id = $1 and id = any ($2::uuid[])', [tenantId, ids])).rowCount ?? 0;
  }
  return gone;
}

/**
 * Events of a dump that was restored on another server bear numbers of transactions that are still to come there; from now on they are
 * of one that everybody sees. Asks the index for the newest of each tenant, so it costs next to nothing where there are none.
 */
export async function adoptRestored(db: Database): Promise<number> {
  const found = await db.$client.query<{ id: string }>(
    `select t.id from (${TENANTS}) as t
     where (select e.xid from events e where e.tenant_id = t.id order by e.xid desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot())`,
  );
  let adopted = 0;
  for (const { id } of found.rows) {
    const future = `update events set xid = '3' where tenant_id = $1 and xid >= pg_snapshot_xmax(pg_current_snapshot())`;
    adopted += (await db.$client.query(future, [id])).rowCount ?? 0;
  }
  return adopted;
}
