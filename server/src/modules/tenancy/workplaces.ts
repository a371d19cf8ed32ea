import type { Database } from '#kernel/database.ts';
import { inArray } from '#kernel/drizzle.ts';
import { settingsOf } from './settings/schema.ts';
import { memberships, tenants, tenantSettings } from './tables.ts';

/** Tenants by person, whatever their state. Runs as the platform. */
export async function workplaces(db: Database, userIds: readonly string[]): Promise<Map<string, string[]>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({ userId: memberships.userId, tenantId: memberships.tenantId })
    .from(memberships)
    .where(inArray(memberships.userId, [...userIds]));
  const found = Map.groupBy(rows, ({ userId }) => userId);
  return new Map([...found].map(([userId, places]) => [userId, places.map(({ tenantId }) => tenantId)]));
}

/** For how many days each tenant keeps its trail. Runs as the platform. */
export async function retentions(db: Database): Promise<Map<string, { evidenceDays: number; readDays: number }>> {
  const rows = await db.select({ id: tenants.id }).from(tenants);
  const set = new Map(
    (await db.select({ id: tenantSettings.tenantId, value: tenantSettings.value }).from(tenantSettings)).map((row) => [row.id, row.value]),
  );
  return new Map(
    rows.map(({ id }) => {
      const { data } = settingsOf(set.get(id));
      return [id, { evidenceDays: data.auditRetentionDays, readDays: data.readRetentionDays }];
    }),
  );
}
