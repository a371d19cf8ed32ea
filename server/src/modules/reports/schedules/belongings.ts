import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { reportSchedules } from '../tables.ts';

/** Names of members of a tenant, by their id. */
type Named = (db: Database, tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

const owned = (tenantId: string, ownerId: string) => and(eq(reportSchedules.tenantId, tenantId), eq(reportSchedules.ownerId, ownerId));

/** Reports by the clock are made with their owner's rights; who leaves hands them over. */
export const scheduleBelongings = (named: Named) => ({
  async of(db: Database, tenantId: string, memberId: string): Promise<string[]> {
    const rows = await db.select({ name: reportSchedules.name }).from(reportSchedules).where(owned(tenantId, memberId)).orderBy(reportSchedules.name);
    return rows.map(({ name }) => `the scheduled report "${name}"`);
  },
  async hand(db: Database, tenantId: string, fromId: string, toId: string): Promise<void> {
    const name = (await named(db, tenantId, [toId])).get(toId)?.name ?? toId;
    await db.update(reportSchedules).set({ ownerId: toId, ownerName: name }).where(owned(tenantId, fromId));
  },
});
