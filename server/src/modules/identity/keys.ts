import { and, count, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { KeyRecord } from './providers/port.ts';
import { KEY } from './rules.ts';
import { apiKeys } from './tables.ts';
import { mintKey } from './tokens.ts';

export interface Owner {
  userId: string;
  tenantId: string;
}
export interface WantedKey {
  name: string;
  permissions: string[] | null;
  expiresAt: Date;
}

const isLive = (at: Date) => and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, at));
const ownedBy = ({ userId, tenantId }: Owner) => and(eq(apiKeys.userId, userId), eq(apiKeys.tenantId, tenantId));
const recordOf = ({ id, publicId, name, permissions, createdAt, expiresAt, lastUsedAt }: typeof apiKeys.$inferSelect): KeyRecord => ({
  id,
  publicId,
  name,
  permissions,
  createdAt,
  expiresAt,
  lastUsedAt,
});

/** Live keys of a person in a tenant, the newest first. */
export const liveKeys = async (db: Database, owner: Owner, at: Date): Promise<KeyRecord[]> =>
  (
    await db
      .select()
      .from(apiKeys)
      .where(and(ownedBy(owner), isLive(at)))
      .orderBy(desc(apiKeys.createdAt))
  ).map(recordOf);

/** The key itself is in the answer and nowhere else. Throws `key-limit-reached`. */
export async function createKey(
  db: Database,
  owner: Owner,
  { name, permissions, expiresAt }: WantedKey,
  at: Date,
): Promise<KeyRecord & { key: string }> {
  // Makers of keys in one tenant take turns, so that the count holds.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`api-keys:${owner.tenantId}`}, 0))`);
  const [live] = await db
    .select({ count: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, owner.tenantId), isLive(at)));
  if (live!.count >= KEY.perTenant)
    throw new Problem(
      'key-limit-reached',
      `The tenant has ${live!.count} live API keys; ${KEY.perTenant} is the most. Revoke some that are no longer used.`,
    );
  const { key, publicId, hash } = mintKey();
  const row = { id: newId(), publicId, keyHash: hash, ...owner, name, permissions, createdAt: at, expiresAt, lastUsedAt: null, revokedAt: null };
  await db.insert(apiKeys).values(row);
  return { ...recordOf(row), key };
}

export async function revokeKey(db: Database, owner: Owner, id: string, at: Date): Promise<boolean> {
  const ended = await db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(ownedBy(owner), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  return ended.rowCount === 1;
}
