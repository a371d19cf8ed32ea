import { alias } from '#kernel/columns.ts';
import type { Database } from '#kernel/database.ts';
import { and, count, desc, eq, gt, isNull, sql, type SQL } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { apiKeys, users } from '../tables.ts';
import { mintKey } from '../tokens.ts';
import type { KeyLimits, KeyRecord } from './port.ts';
import { KEYS } from './rules.ts';
import { serviceAccounts } from './tables.ts';

export interface Owner {
  userId: string;
  tenantId: string;
}

const isLive = (at: Date) => and(isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, at));
const owner = alias(users, 'key_owner');

async function records(db: Database, which: SQL | undefined): Promise<KeyRecord[]> {
  const rows = await db
    .select({ key: apiKeys, ownerName: owner.name, kind: owner.kind, answerableId: serviceAccounts.ownerId })
    .from(apiKeys)
    .innerJoin(owner, eq(owner.id, apiKeys.userId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, apiKeys.userId))
    .where(which)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
  return rows.map(({ key: { userId, keyHash: _hash, tenantId: _tenant, revokedAt: _revoked, ...key }, ownerName, kind, answerableId }) => ({
    ...key,
    owner: { id: userId, name: ownerName, kind, answerableId },
  }));
}

/** Live keys of a tenant, the newest first; of one owner when one is named. */
export const liveKeys = (db: Database, tenantId: string, at: Date, ownerId?: string): Promise<KeyRecord[]> =>
  records(db, and(eq(apiKeys.tenantId, tenantId), ownerId === undefined ? undefined : eq(apiKeys.userId, ownerId), isLive(at)));

export const liveKey = async (db: Database, tenantId: string, id: string, at: Date): Promise<KeyRecord | undefined> =>
  (await records(db, and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isLive(at))))[0];

/** Makers of keys in one tenant take turns, so that the count holds. Throws `key-limit-reached`. */
async function takePlace(db: Database, tenantId: string, at: Date): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`api-keys:${tenantId}`}, 0))`);
  const [live] = await db
    .select({ count: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), isLive(at)));
  if (live!.count >= KEYS.perTenant)
    throw new Problem(
      'key-limit-reached',
      `The tenant has ${live!.count} live API keys; ${KEYS.perTenant} is the most. Revoke some that are no longer used.`,
    );
}

export interface NewKey extends Partial<KeyLimits> {
  name: string;
  permissions: string[] | null;
  expiresAt: Date;
  createdBy?: string;
  rotatedFrom?: string;
}

/** The key itself is in the answer and nowhere else. Throws `key-limit-reached`. */
export async function createKey(db: Database, { userId, tenantId }: Owner, wanted: NewKey, at: Date): Promise<KeyRecord & { key: string }> {
  await takePlace(db, tenantId, at);
  const { key, publicId, hash } = mintKey();
  const id = newId();
  const { scope = null, cidrs = [], createdBy = null, rotatedFrom = null, ...given } = wanted;
  await db.insert(apiKeys).values({ id, publicId, keyHash: hash, userId, tenantId, ...given, scope, cidrs, createdBy, rotatedFrom, createdAt: at });
  return { ...(await liveKey(db, tenantId, id, at))!, key };
}

export async function revokeKey(db: Database, tenantId: string, id: string, at: Date): Promise<boolean> {
  const ended = await db
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  return ended.rowCount === 1;
}

export async function updateKey(db: Database, tenantId: string, id: string, version: number, limits: KeyLimits, at: Date): Promise<boolean> {
  const saved = await db
    .update(apiKeys)
    .set({ ...limits, version: version + 1 })
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, id), eq(apiKeys.version, version), isLive(at)));
  return saved.rowCount === 1;
}

/** Lets the key end earlier, and says whether another has taken its place before. */
export async function retireKey(db: Database, id: string, endsAt: Date): Promise<boolean> {
  const [successor] = await db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.rotatedFrom, id));
  if (successor) return false;
  await db.update(apiKeys).set({ expiresAt: endsAt }).where(eq(apiKeys.id, id));
  return true;
}
