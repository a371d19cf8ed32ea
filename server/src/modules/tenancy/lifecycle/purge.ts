import type { Clock } from '#kernel/clock.ts';
import { and, eq, lte, sql, type SQL } from '#kernel/drizzle.ts';
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
    // Tables that refer to each other go in any order: their links are cut before.
    const next = free.length > 0 ? free : [...left.keys()];
    for (const name of next) left.delete(name);
    ordered.push(...next);
  }
  return ordered;
}

interface Link extends Record<string, unknown> {
  child: string;
  parent: string;
  field: string;
}

/** Columns that may be empty and refer to a row of the same table, or of one that goes before: they would hold back what is deleted first. */
async function backLinks(db: Database, ordered: readonly string[]): Promise<Link[]> {
  const { rows } = await db.execute<Link>(sql`
    select c.relname as child, p.relname as parent, a.attname as field
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid and c.relnamespace = 'public'::regnamespace and not c.relispartition
    join pg_class p on p.oid = k.confrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey) and not a.attnotnull
    where k.contype = 'f' order by 1, 3`);
  const place = new Map(ordered.map((name, at) => [name, at]));
  return rows.filter(({ child, parent }) => place.has(child) && place.has(parent) && place.get(child)! >= place.get(parent)!);
}

/** Repeats a statement that takes at most a batch of rows, each time in a transaction of its own, until there are no more. */
async function inBatches(databases: Databases, tenantId: string, statement: SQL): Promise<void> {
  for (;;) {
    const { rowCount } = await databases.tenant({ tenantId }, (db) => db.execute(statement));
    if ((rowCount ?? 0) < BATCH) return;
  }
}

const cut = ({ child, field }: Link): SQL => {
  const [table, column] = [sql.identifier(child), sql.identifier(field)];
  return sql`update ${table} set ${column} = null where ctid = any(array(select ctid from ${table} where ${column} is not null limit ${BATCH}))`;
};
const empty = (name: string): SQL => {
  const table = sql.identifier(name);
  return sql`delete from ${table} where ctid = any(array(select ctid from ${table} limit ${BATCH}))`;
};

/**
 * Deletes everything of a tenant but its audit trail and its mark. Whatever interrupts it, the next run goes on where it stopped. Nothing
 * at a provider is touched: what runs there goes on without us. With the data keys, what is left in backups can no longer be opened.
 */
export async function purgeTenant(databases: Databases, tenantId: string, at: Date): Promise<void> {
  const [tables, links] = await databases.tenant({ tenantId }, async (db) => {
    const ordered = await tablesInOrder(db);
    return [ordered, await backLinks(db, ordered)] as const;
  });
  for (const link of links) await inBatches(databases, tenantId, cut(link));
  for (const table of tables) await inBatches(databases, tenantId, empty(table));
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

/** Tenants whose time to be restored is over; one that cannot be emptied does not keep the others. Answers how many are gone now; throws when one is not. */
export async function purge({ databases, now, credentials, holds }: PurgeDeps): Promise<number> {
  const due = await databases.platform('tenants to delete for good', (db) =>
    db
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(eq(tenants.status, 'deleting'), lte(tenants.restorableUntil, now()))),
  );
  const one = async (id: string): Promise<number> => {
    // A legal hold keeps everything until it is lifted; the mark stays, so that nobody works in it meanwhile.
    if (await databases.platform('look for a legal hold', (db) => holds.isHeld(db, id))) return 0;
    // First, while there are still rows that say what was its own.
    await credentials.forgetTenant(id);
    await purgeTenant(databases, id, now());
    return 1;
  };
  let gone = 0;
  const faults: unknown[] = [];
  for (const { id } of due)
    gone += await one(id).catch((fault: unknown) => {
      faults.push(fault);
      return 0;
    });
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} tenant(s) could not be deleted for good`);
  return gone;
}
