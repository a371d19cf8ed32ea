import type { Databases } from '#kernel/database.ts';
import { count, desc, eq, min } from '#kernel/drizzle.ts';
import { dataKeys } from '#kernel/seal-keys.ts';
import { reencryptions, type Reencryption } from './tables.ts';

/** What a tenant's values are sealed under, and how the last move to a new key went. */
export interface TenantKeys {
  /** How many data keys each master key wraps; those without an id were made before master keys had one. */
  wrappedBy: ReadonlyMap<string | null, number>;
  oldest: Date | null;
  last: Reencryption | undefined;
}

export const keysOf = (databases: Databases, tenantId: string): Promise<TenantKeys> =>
  databases.tenant({ tenantId, readOnly: true }, async (db) => {
    const rows = await db
      .select({ by: dataKeys.wrappedBy, n: count(), oldest: min(dataKeys.createdAt) })
      .from(dataKeys)
      .where(eq(dataKeys.tenantId, tenantId))
      .groupBy(dataKeys.wrappedBy);
    const [last] = await db.select().from(reencryptions).where(eq(reencryptions.tenantId, tenantId)).orderBy(desc(reencryptions.id)).limit(1);
    const times = rows.flatMap(({ oldest }) => (oldest ? [oldest.getTime()] : []));
    return {
      wrappedBy: new Map(rows.map(({ by, n }) => [by, n])),
      oldest: times.length > 0 ? new Date(Math.min(...times)) : null,
      last,
    };
  });
