import type { Database } from '#kernel/database.ts';
import { and, eq, inArray, lt } from '#kernel/drizzle.ts';
import { sweepActivity } from '../profile/activity.ts';
import { sweepPlaces } from '../profile/alerts.ts';
import { users } from '../tables.ts';
import { emailVerificationTokens, mailLinks, passwordResetTokens } from './tables.ts';

const DAY = 86_400_000;
const PENDING_DAYS = 7;
/** Links that are over stay for a while, so that a mail opened late can still be told from a forged one in an investigation. */
const LINK_DAYS = 30;
const BATCH = 1_000;

/** Hourly, by the platform: accounts that nobody verified, links that are long over, and what is older than it is kept. */
export async function sweepAccounts(db: Database, at: Date): Promise<void> {
  const ago = (days: number): Date => new Date(at.getTime() - days * DAY);
  // A sign-up that replaces a pending row gives it a new date, so a row that is old here was left alone for a week.
  const left = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.status, 'pending'), lt(users.createdAt, ago(PENDING_DAYS))))
    .limit(BATCH)
    .for('update', { skipLocked: true });
  await db.delete(users).where(inArray(users.id, left));
  for (const table of [emailVerificationTokens, passwordResetTokens, mailLinks]) {
    const over = db
      .select({ id: table.id })
      .from(table)
      .where(lt(table.expiresAt, ago(LINK_DAYS)))
      .limit(BATCH);
    await db.delete(table).where(inArray(table.id, over));
  }
  await sweepPlaces(db, at);
  await sweepActivity(db, at);
}
