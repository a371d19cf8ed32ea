import type { Database } from '#kernel/database.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { demands } from './demand.ts';
import type { FactorDeps } from './deps.ts';
import { forgetDevices } from './device-store.ts';
import { heldBy } from './held.ts';
import { offered, type Held } from './rules.ts';
import { backupCodes, mfaFactors, passkeys } from './tables.ts';

/** What changes the factors of one person, or opens a session with them, goes one at a time: the person's row is taken first, everywhere. */
export const inTurn = async (db: Database, userId: string): Promise<void> =>
  void (await db.execute(sql`select 1 from auth.users where id = ${userId} for no key update`));

/** Throws `last-factor` when a tenant demands one and `left` is none. */
async function requireLeft(deps: Pick<FactorDeps, 'memberships' | 'roleDemands'>, db: Database, userId: string, left: Held, at: Date): Promise<void> {
  if (offered(left).length > 0 || (await demands(deps, db, userId, at)).length === 0) return;
  throw new Problem('last-factor', 'A tenant of yours demands a second factor, and this is your last. Set up another one first.');
}

/**
 * Takes a factor away: `remove` does it and answers undefined when there is none such. What only stood in for a factor goes with the
 * last. Throws `last-factor`.
 */
export async function withdraw<T>(
  deps: Pick<FactorDeps, 'memberships' | 'roleDemands'>,
  db: Database,
  userId: string,
  remove: () => Promise<T | undefined>,
  at: Date,
): Promise<T | undefined> {
  await inTurn(db, userId);
  const removed = await remove();
  if (removed === undefined) return undefined;
  const left = await heldBy(db, userId);
  await requireLeft(deps, db, userId, left, at);
  if (offered(left).length === 0) {
    await db.delete(backupCodes).where(eq(backupCodes.userId, userId));
    await forgetDevices(db, userId, at);
  }
  return removed;
}

/** Takes everything that proves a person besides their password, and what was proven with it. */
export async function takeAll(db: Database, userId: string, at: Date): Promise<void> {
  for (const table of [mfaFactors, passkeys, backupCodes]) await db.delete(table).where(eq(table.userId, userId));
  await forgetDevices(db, userId, at);
}
