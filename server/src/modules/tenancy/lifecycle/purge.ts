import { and, eq, lte, sql } from 'drizzle-orm';
import type { Clock } from '#kernel/clock.ts';
import type { LegalHolds } from '#kernel/holds.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Credentials } from '../providers/port.ts';
import { memberships, tenants, tenantSlugs } from '../tables.ts';

/** Rows that go at once; a longer transaction would hold up everybody else. */
const BATCH = 1_000;
/** The tenant's own mark, and its names: nobody takes them over for half a year. */
const KEPT = ['tenants', 'tenant_slugs'];

/** Tables of tenants from which the app may delete, children before their parents. Evidence (append-only) is not among them. */
async function tablesInOrder(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ name: string; parents: string[] }>(sql`
    select c.relname as name, coalesce(array_agg(distinct p.relname::text) filter (where p.relname is not null and p.oid <> c.oid), '{}') as parents
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
    left join pg_class p on p.oid = k.confrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'DELETE')
    group by c.oid, c.relname order by c.relname`);
  const left = new Map(rows.filter(({ name }) => !KEPT.includes(name)).map(({ name, parents }) => [name, parents]));
  const ordered: string[] = [];
  while (left.size > 0) {
    const free = [...left.keys()].filter((name) => ![...left.values()].some((parents) => parents.includes(name)));
    // Tables that refer to each other go in any order: what one still holds is left for the next round.
    const next = free.length > 0 ? free : [...left.keys()];
    for (const name of next) left.delete(name);
    ordered.push(...next);
  }
  return ordered;
}

async function empty(databases: Databases, tenantId: string, table: string): Promise<void> {
  for (;;) {
    const { rowCount } = await databases.tenant({ tenantId }, (db) =>
      db.execute(sql`delete from ${sql.identifier(table)} where ctid = any(array(select ctid from ${sql.identifier(table)} limit ${BATCH}))`),
    );
    if ((rowCount ?? 0) < BATCH) return;
  }
}

/**
 * Deletes everything of a tenant but its audit trail and its mark. Whatever interrupts it, the next run goes on where it stopped. Nothing
 * at a provider is touched: what runs there goes on without us. With the data keys, what is left in backups can no longer be opened.
 */
export async function purgeTenant(databases: Databases, tenantId: string, at: Date): Promise<void> {
  const tables = await databases.tenant({ tenantId }, tablesInOrder);
  for (const table of tables) await empty(databases, tenantId, table);
  await databases.platform('the end of a tenant', async (db) => {
    await db.delete(memberships).where(eq(memberships.tenantId, tenantId));
    await db.update(tenantSlugs).set({ givenUpAt: at, updatedAt: at }).where(eq(tenantSlugs.tenantId, tenantId));
    await db
      .update(tenants)
      .set({ status: 'deleted', previousStatus: null, slug: `deleted-${tenantId.replaceAll('-', '')}`, name: 'Deleted', company: {}, ownerId: null, suspendedReason: null, updatedAt: at })
      .where(eq(tenants.tenantId, tenantId));
    await appendEvents(db, tenantId, [{ type: 'tenant.deleted', data: { tenantId } }], null);
  });
} // prettier-ignore

interface PurgeDeps {
  databases: Databases;
  now: Clock;
  credentials: Credentials;
  holds: LegalHolds;
}

/** Tenants whose time to be restored is over. Answers how many are gone now. */
export async function purge({ databases, now, credentials, holds }: PurgeDeps): Promise<number> {
  const due = await databases.platform('tenants to delete for good', (db) =>
    db
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(eq(tenants.status, 'deleting'), lte(tenants.restorableUntil, now()))),
  );
  let gone = 0;
  for (const { id } of due) {
    // A legal hold keeps everything until it is lifted; the mark stays, so that nobody works in it meanwhile.
    if (await databases.platform('look for a legal hold', (db) => holds.isHeld(db, id))) continue;
    // First, while there are still rows that say what was its own.
    await credentials.forgetTenant(id);
    await purgeTenant(databases, id, now());
    gone += 1;
  }
  return gone;
}
