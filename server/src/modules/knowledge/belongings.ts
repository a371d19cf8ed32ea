import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { collections } from './tables.ts';

/** Names of members of a tenant, by their id. */
type Named = (db: Database, tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

const owned = (tenantId: string, ownerId: string) => and(eq(collections.tenantId, tenantId), eq(collections.ownerId, ownerId));

/** For who leaves a tenant: the collections that they answer for, and how another takes them over. */
export const collectionBelongings = (named: Named) => ({
  async of(db: Database, tenantId: string, memberId: string): Promise<string[]> {
    const rows = await db.select({ name: collections.name }).from(collections).where(owned(tenantId, memberId)).orderBy(collections.name);
    return rows.map(({ name }) => `the collection "${name}"`);
  },
  async hand(db: Database, tenantId: string, fromId: string, toId: string): Promise<void> {
    const ownerName = (await named(db, tenantId, [toId])).get(toId)?.name ?? toId;
    await db.update(collections).set({ ownerId: toId, ownerName }).where(owned(tenantId, fromId));
  },
});
