import type { Database, Databases } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { BASELINE, BASELINE_NAME } from './built-in.ts';
import { hashOf } from './documents.ts';
import { policySets, policyVersions } from './tables.ts';

const INSTALLATION = { kind: 'system', id: 'system:policies', name: 'Switchyard' };

/** Gives a tenant the set it starts with, in force from the beginning. Runs as the platform; repeatable. */
export async function seedBaseline(db: Database, tenantId: string, at: Date): Promise<void> {
  const [own] = await db
    .select({ id: policySets.id })
    .from(policySets)
    .where(and(eq(policySets.tenantId, tenantId), eq(policySets.name, BASELINE_NAME)));
  if (own) return;
  const setId = newId();
  const times = { createdAt: at, updatedAt: at };
  const description = 'What holds in this tenant until it writes rules of its own.';
  await db.insert(policySets).values({ tenantId, id: setId, name: BASELINE_NAME, description, version: 1, active: 1, ...times });
  const version = { number: 1, document: BASELINE, hash: hashOf(BASELINE), message: 'Came with the tenant', author: INSTALLATION };
  await db.insert(policyVersions).values({ tenantId, id: newId(), setId, ...version, createdAt: at });
}

/** After a start: tenants from before there were policies get theirs. Answers how many. */
export const ensureBaselines = (databases: Databases, at: Date): Promise<number> =>
  databases.platform('tenants without a baseline', async (db) => {
    const { rows } = await db.execute<{ tenant_id: string }>(
      sql`select tenant_id from tenants t where not exists (select from policy_sets s where s.tenant_id = t.tenant_id and s.name = ${BASELINE_NAME})`,
    );
    for (const { tenant_id: tenantId } of rows) await seedBaseline(db, tenantId, at);
    return rows.length;
  });
