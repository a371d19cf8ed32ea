import { randomInt } from 'node:crypto';
import type { Database } from '#kernel/database.ts';
import { and, desc, eq, gt, isNull, lt, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { sameHash } from '../tokens.ts';
import { FACTORS } from './rules.ts';
import { otpCodes } from './tables.ts';
import type { Vault } from './vault.ts';

/** What a code was asked for, where, and which number it went to: it is good for nothing else. */
export interface OtpPlace {
  userId: string;
  purpose: 'phone' | 'sms-setup' | 'second-factor' | 'step-up';
  /** Session or challenge. */
  boundTo: string;
  address: string;
}

const waiting = ({ userId, purpose, boundTo }: Omit<OtpPlace, 'address'>) =>
  and(eq(otpCodes.userId, userId), eq(otpCodes.purpose, purpose), eq(otpCodes.boundTo, boundTo), isNull(otpCodes.consumedAt));

/** Six digits in place of those that were waiting. */
export async function issueOtp(db: Database, vault: Vault, place: OtpPlace, at: Date): Promise<string> {
  await db.update(otpCodes).set({ consumedAt: at }).where(waiting(place));
  const id = newId();
  const code = randomInt(1_000_000).toString().padStart(6, '0');
  const expiresAt = new Date(at.getTime() + FACTORS.sms.lives);
  await db.insert(otpCodes).values({ id, ...place, codeHmac: vault.hash('otp', id, code), createdAt: at, expiresAt });
  return code;
}

/** A code that could not be delivered must not be guessed either. */
export const dropOtp = async (db: Database, place: OtpPlace, at: Date): Promise<void> =>
  void (await db.update(otpCodes).set({ consumedAt: at }).where(waiting(place)));

/** Is it the code that is waiting here? Three tries end it, a right one uses it up. Commit in either case. */
export async function spendOtp(db: Database, vault: Vault, place: OtpPlace, code: string, at: Date): Promise<boolean> {
  const newest = db
    .select({ id: otpCodes.id })
    .from(otpCodes)
    .where(and(waiting(place), eq(otpCodes.address, place.address), gt(otpCodes.expiresAt, at)))
    .orderBy(desc(otpCodes.createdAt))
    .limit(1);
  const [row] = await db
    .update(otpCodes)
    .set({ attempts: sql`${otpCodes.attempts} + 1` })
    .where(and(eq(otpCodes.id, newest), lt(otpCodes.attempts, FACTORS.sms.tries), isNull(otpCodes.consumedAt)))
    .returning();
  if (!row || !sameHash(row.codeHmac, vault.hash('otp', row.id, code))) return false;
  await db.update(otpCodes).set({ consumedAt: at }).where(eq(otpCodes.id, row.id));
  return true;
}
