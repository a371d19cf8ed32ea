import type { Databases } from '#kernel/database.ts';
import { and, eq, isNull, ne, or } from '#kernel/drizzle.ts';
import { MasterKeyError, unwrap, wrap, type MasterKeys } from '#kernel/master-keys.ts';
import { dataKeyAad, dataKeys } from '#kernel/seal-keys.ts';

/** Wraps a tenant's data keys under the current master key, where they are not yet. No value is touched. Answers how many there were. */
export const rewrapTenant = (databases: Databases, keys: MasterKeys, tenantId: string): Promise<number> =>
  databases.tenant({ tenantId }, async (db) => {
    const others = or(isNull(dataKeys.wrappedBy), ne(dataKeys.wrappedBy, keys.current.id));
    const rows = await db
      .select()
      .from(dataKeys)
      .where(and(eq(dataKeys.tenantId, tenantId), others))
      .for('no key update');
    for (const row of rows) {
      const aad = dataKeyAad(tenantId, row.id);
      const key = unwrap(keys, row, aad);
      if (!key)
        throw new MasterKeyError(
          `data key ${row.id} of tenant ${tenantId} is wrapped under ${row.wrappedBy ?? 'an earlier master key'}, which is not set: add it to SWITCHYARD_MASTER_KEY_PREVIOUS`,
        );
      await db
        .update(dataKeys)
        .set(wrap(keys, key, aad))
        .where(and(eq(dataKeys.tenantId, tenantId), eq(dataKeys.id, row.id)));
    }
    return rows.length;
  });
