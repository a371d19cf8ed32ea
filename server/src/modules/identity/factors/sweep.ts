import type { Database } from '#kernel/database.ts';
import { lt } from '#kernel/drizzle.ts';
import { sweepCeremonies } from './ceremony-store.ts';
import { sweepChallenges } from './challenge-store.ts';
import { mfaFactors, otpCodes, trustedDevices } from './tables.ts';

/** Removes what has run out. Runs as the platform, by the clock. */
export async function sweepFactors(db: Database, at: Date): Promise<void> {
  await sweepChallenges(db, at);
  await sweepCeremonies(db, at);
  await db.delete(otpCodes).where(lt(otpCodes.expiresAt, at));
  await db.delete(mfaFactors).where(lt(mfaFactors.expiresAt, at)); // setups that nobody finished
  await db.delete(trustedDevices).where(lt(trustedDevices.trustedUntil, at));
}
