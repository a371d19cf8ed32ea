import type { Database } from '#kernel/database.ts';
import { and, eq, gt, isNull, lt } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import { FACTORS } from './rules.ts';
import { ceremonies } from './tables.ts';

/** What a challenge was given out for. An answer to it counts for nothing else and for nobody else. */
export type Ceremony =
  | { purpose: 'sign-in'; userId: null; boundTo: null }
  | { purpose: 'register' | 'second-factor' | 'step-up'; userId: string; boundTo: string };

export async function openCeremony(db: Database, challenge: string, ceremony: Ceremony, at: Date): Promise<Date> {
  const expiresAt = new Date(at.getTime() + FACTORS.ceremony.lives);
  await db.insert(ceremonies).values({ challengeHash: sha256(challenge), ...ceremony, expiresAt });
  return expiresAt;
}

/** Ends the ceremony of this challenge; false when there is none for this purpose, person and place (any more). */
export async function closeCeremony(db: Database, challenge: string, { purpose, userId, boundTo }: Ceremony, at: Date): Promise<boolean> {
  const ended = await db
    .delete(ceremonies)
    .where(
      and(
        eq(ceremonies.challengeHash, sha256(challenge)),
        eq(ceremonies.purpose, purpose),
        userId === null ? isNull(ceremonies.userId) : eq(ceremonies.userId, userId),
        boundTo === null ? isNull(ceremonies.boundTo) : eq(ceremonies.boundTo, boundTo),
        gt(ceremonies.expiresAt, at),
      ),
    );
  return ended.rowCount === 1;
}

export const sweepCeremonies = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(ceremonies).where(lt(ceremonies.expiresAt, at)));
