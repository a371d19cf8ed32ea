import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gt, isNull, notInArray } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { dropChallenges } from './challenge-store.ts';
import { FACTORS } from './rules.ts';
import { trustedDevices } from './tables.ts';

export type TrustedDevice = typeof trustedDevices.$inferSelect;

const isLive = (at: Date) => and(isNull(trustedDevices.revokedAt), gt(trustedDevices.trustedUntil, at));
const ofPerson = (userId: string) => eq(trustedDevices.userId, userId);

/** The token goes into the browser's cookie; only its hash is kept. The oldest beyond twenty are forgotten. */
export async function trustDevice(
  db: Database,
  { userId, ip, agent }: { userId: string; ip: string | null; agent: string | null },
  at: Date,
): Promise<string> {
  const token = randomToken(32);
  const trustedUntil = new Date(at.getTime() + FACTORS.device.trusted);
  await db.insert(trustedDevices).values({ id: newId(), userId, deviceHash: sha256(token), agent: agent?.slice(0, 400) ?? null, ip, createdAt: at, trustedUntil }); // prettier-ignore
  const kept = await db.select({ id: trustedDevices.id }).from(trustedDevices).where(and(ofPerson(userId), isLive(at))).orderBy(desc(trustedDevices.createdAt), desc(trustedDevices.id)).limit(FACTORS.device.perPerson); // prettier-ignore
  await db
    .update(trustedDevices)
    .set({ revokedAt: at })
    .where(and(ofPerson(userId), isLive(at), notInArray(trustedDevices.id, kept.map((row) => row.id)))); // prettier-ignore
  return token;
}

/** Does this person trust the device with this token? That of somebody else counts for nothing. */
export async function isTrustedDevice(db: Database, userId: string, token: string | undefined, at: Date): Promise<boolean> {
  if (token === undefined) return false;
  const found = await db
    .update(trustedDevices)
    .set({ lastUsedAt: at })
    .where(and(ofPerson(userId), eq(trustedDevices.deviceHash, sha256(token)), isLive(at)));
  return found.rowCount === 1;
}

export const devicesOf = (db: Database, userId: string, at: Date): Promise<TrustedDevice[]> =>
  db.select().from(trustedDevices).where(and(ofPerson(userId), isLive(at))).orderBy(desc(trustedDevices.createdAt)); // prettier-ignore

/** False when the person has no such trusted device. */
export async function forgetDevice(db: Database, userId: string, id: string, at: Date): Promise<boolean> {
  const ended = await db
    .update(trustedDevices)
    .set({ revokedAt: at })
    .where(and(ofPerson(userId), eq(trustedDevices.id, id), isLive(at)));
  return ended.rowCount === 1;
}

/**
 * Nothing that was proven before counts any more, after a new password or when factors are reset: no device is trusted, and who is
 * between the two steps of a sign-in begins again.
 */
export async function forgetDevices(db: Database, userId: string, at: Date): Promise<void> {
  await db
    .update(trustedDevices)
    .set({ revokedAt: at })
    .where(and(ofPerson(userId), isNull(trustedDevices.revokedAt)));
  await dropChallenges(db, userId);
}
