import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, count, eq, gte, inArray, lt, lte, notInArray, sql } from '#kernel/drizzle.ts';
import { idAt, newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import type { Upkeep } from '#kernel/upkeep.ts';
import { purgeText, type PurgeClaim, type Signer } from '../chain/signing.ts';
import { monthsThere } from '../partitions.ts';
import { anchors, auditEntries, exports, purges, segments, unsealed, type Kept } from '../tables.ts';
import { heldNow, type Held } from './holds.ts';
import { cutoffsOf, DEFAULT, droppable, type Retention } from './rules.ts';

export interface RetentionDeps {
  databases: Databases;
  upkeep: Upkeep;
  signer: Signer;
  now: Clock;
  log: Log;
  /** Links what waits and signs every chain, so that what goes has been proven to have been. */
  anchor: () => Promise<void>;
  /** By tenant. */
  settings: (db: Database) => Promise<Map<string, Retention>>;
}

/** Deleted at a time; a longer transaction would hold up everybody else. */
const BATCH = 10_000;
const KINDS: readonly Kept[] = ['reads', 'evidence'];

interface Tenant {
  tenantId: string;
  cutoffs: Record<Kept, Date>;
  held: Held | undefined;
}

/** Every tenant that has a chain, with what goes and what is held. */
async function tenantsNow(deps: RetentionDeps): Promise<Tenant[]> {
  const at = deps.now();
  return deps.databases.platform('look what retention is to let go', async (db) => {
    const { rows } = await db.execute<{ id: string }>(sql`select distinct tenant_id as id from ${segments}`);
    const [settings, held] = [await deps.settings(db), await heldNow(db)];
    return rows.map(({ id }) => ({ tenantId: id, cutoffs: cutoffsOf(settings.get(id) ?? DEFAULT, at), held: held.get(id) }));
  });
}

/** The signed record without which a missing entry is a fault; it comes before anything goes. */
async function sign(db: Database, { signer, now }: RetentionDeps, claim: Omit<PurgeClaim, 'at' | 'until'> & { until: Date }): Promise<void> {
  const at = now();
  const { tenantId, kept, until, removed } = claim;
  const signature = signer.sign(purgeText({ tenantId, kept, until: until.toISOString(), removed, at: at.toISOString() }));
  await db.insert(purges).values({ tenantId, id: newId(), at, kept, until, removed, keyId: signer.keyId, signature });
}

const goes = ({ tenantId, cutoffs, held }: Tenant, kept: Kept) =>
  and(
    eq(auditEntries.tenantId, tenantId),
    eq(auditEntries.kept, kept),
    lt(auditEntries.id, idAt(cutoffs[kept])),
    held && held.subjects.length > 0 ? notInArray(auditEntries.actorId, held.subjects) : undefined,
    // What is not in the chain yet has never been proven.
    sql`not exists (select from ${unsealed} u where u.tenant_id = ${auditEntries.tenantId} and u.id = ${auditEntries.id})`,
  );

/** Partitions that nobody needs any more, after what is in them was signed away. Answers their names. */
async function dropPartitions(deps: RetentionDeps, tenants: readonly Tenant[]): Promise<string[]> {
  const anyHold = tenants.some(({ held }) => held !== undefined);
  const dropped: string[] = [];
  for (const { name, month } of await deps.upkeep(monthsThere)) {
    const end = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
    const over = KINDS.filter((kept) => droppable(end, tenants.map(({ cutoffs }) => cutoffs[kept]), anyHold)); // prettier-ignore
    if (over.length === 0) continue;
    const waiting = await signAway(deps, tenants, over, month, end);
    if (waiting) continue;
    const gone = await deps.upkeep(async (query) => {
      const parts = over.length === KINDS.length ? [name] : over.map((kept) => `${name}_${kept}`);
      const { rows } = await query(`select relname as name from pg_class where relname in (${parts.map((part) => `'${part}'`).join(', ')})`);
      for (const row of rows) await query(`drop table ${String(row['name'])}`);
      return rows.map((row) => String(row['name']));
    });
    dropped.push(...gone);
  }
  return dropped;
}

/** Signs for each tenant what the month holds of these kinds. Answers whether something in it is not sealed yet. */
const signAway = (deps: RetentionDeps, tenants: readonly Tenant[], over: readonly Kept[], month: Date, end: Date): Promise<boolean> =>
  deps.databases.platform('sign what retention lets go', async (db) => {
    const within = and(gte(auditEntries.id, idAt(month)), lt(auditEntries.id, idAt(end)), inArray(auditEntries.kept, [...over]));
    const late = await db.$count(unsealed, and(gte(unsealed.id, idAt(month)), lt(unsealed.id, idAt(end))));
    if (late > 0) return true;
    const { tenantId, kept } = auditEntries;
    const rows = await db.select({ tenantId, kept, removed: count() }).from(auditEntries).where(within).groupBy(tenantId, kept);
    const cutoffs = new Map(tenants.map((tenant) => [tenant.tenantId, tenant.cutoffs]));
    for (const row of rows) await sign(db, deps, { ...row, until: cutoffs.get(row.tenantId)?.[row.kept] ?? end });
    return false;
  });

/** Deletes within partitions that others still need. Answers how many entries went. */
async function deleteWithin(deps: RetentionDeps, tenant: Tenant, kept: Kept): Promise<number> {
  const { databases } = deps;
  const { tenantId } = tenant;
  const removed = await databases.platform('sign what retention lets go', async (db) => {
    const due = await db.$count(auditEntries, goes(tenant, kept));
    if (due > 0) await sign(db, deps, { tenantId, kept, until: tenant.cutoffs[kept], removed: due });
    return due;
  });
  for (let left = removed; left > 0; left -= BATCH) {
    await databases.platform('let old audit entries go', async (db) => {
      const batch = db.select({ id: auditEntries.id }).from(auditEntries).where(goes(tenant, kept)).limit(BATCH);
      await db.delete(auditEntries).where(and(goes(tenant, kept), inArray(auditEntries.id, batch)));
    });
  }
  return removed;
}

/**
 * Links whose entries are all gone, up to an anchor that stands for them from then on. It is as old as what goes: one that was signed
 * later could be made to stand for links that somebody took away (see `startOf` in verify.ts).
 */
const trimLinks = (deps: RetentionDeps, { tenantId, cutoffs }: Tenant): Promise<void> =>
  deps.databases.platform('let old audit links go', async (db) => {
    const oldest = idAt(cutoffs.evidence);
    const mine = eq(segments.tenantId, tenantId);
    const [young] = await db.select({ seq: segments.firstSeq }).from(segments).where(and(mine, gte(segments.maxId, oldest))).orderBy(segments.firstSeq).limit(1); // prettier-ignore
    const old = and(eq(anchors.tenantId, tenantId), lt(anchors.at, cutoffs.evidence), young ? lt(anchors.seq, young.seq) : undefined);
    const [last] = await db
      .select({ seq: sql<string | null>`max(${anchors.seq})` })
      .from(anchors)
      .where(old);
    if (last?.seq == null) return;
    const gone = await db.delete(segments).where(and(mine, lte(sql`${segments.firstSeq} + ${segments.count} - 1`, Number(last.seq))));
    if ((gone.rowCount ?? 0) > 0) await sign(db, deps, { tenantId, kept: 'evidence', until: cutoffs.evidence, removed: 0 });
  });

/**
 * Lets go what every tenant's settings say, in this order: anchor, sign, drop whole partitions, delete within others. A hold on a tenant
 * or person stops it for them, and is said so in the log.
 */
export async function runRetention(deps: RetentionDeps): Promise<{ dropped: string[]; removed: number }> {
  await deps.anchor();
  const tenants = await tenantsNow(deps);
  const dropped = await dropPartitions(deps, tenants);
  let removed = 0;
  for (const tenant of tenants) {
    const { tenantId, held } = tenant;
    if (held) deps.log.info({ tenantId, whole: held.whole, subjects: held.subjects.length }, 'a legal hold keeps audit entries whose time is over');
    if (held?.whole) continue;
    for (const kept of KINDS) removed += await deleteWithin(deps, tenant, kept);
    if (!held) await trimLinks(deps, tenant);
  }
  await deps.databases.platform('let old exports go', (db) => db.delete(exports).where(lt(exports.expiresAt, deps.now())));
  if (removed > 0 || dropped.length > 0) deps.log.info({ removed, dropped }, 'audit entries whose time is over are gone');
  return { dropped, removed };
}
