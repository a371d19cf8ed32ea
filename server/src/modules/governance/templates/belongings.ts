import type { Database } from '#kernel/database.ts';
import { and, eq, ne } from '#kernel/drizzle.ts';
import { changeTemplates } from '../tables.ts';

/** Names of members of a tenant, by their id. */
type Named = (db: Database, tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

const owned = (tenantId: string, ownerId: string) =>
  and(eq(changeTemplates.tenantId, tenantId), eq(changeTemplates.ownerId, ownerId), ne(changeTemplates.status, 'retired'));

/** Somebody answers for a template; who leaves hands it over. */
export const templateBelongings = (named: Named) => ({
  async of(db: Database, tenantId: string, memberId: string): Promise<string[]> {
    const rows = await db.select({ name: changeTemplates.name }).from(changeTemplates).where(owned(tenantId, memberId)).orderBy(changeTemplates.name);
    return rows.map(({ name }) => `the change template "${name}"`);
  },
  async hand(db: Database, tenantId: string, fromId: string, toId: string): Promise<void> {
    const name = (await named(db, tenantId, [toId])).get(toId)?.name ?? toId;
    await db.update(changeTemplates).set({ ownerId: toId, ownerName: name }).where(owned(tenantId, fromId));
  },
});
