import { asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { sha256 } from '#kernel/ids.ts';
import { counted, isLocked, LIMITS, TALLY_KEPT_SECONDS, type LimitName } from './limits.ts';
import { loginAttempts } from './tables.ts';

/** What tries are counted for: a limit and whom it concerns. */
export interface Counter {
  limit: LimitName;
  subject: string;
}
export type Taken = { lock: { limit: LimitName; until: Date } } | { lock: null; locksLeft: Map<string, Date> };

const keyOf = ({ limit, subject }: Counter): string => `${limit}:${sha256(subject)}`;

/** Counts one try against every counter, or against none when one of them is locked. Commit it before the secret is looked at. */
export async function takeTry(db: Database, counters: readonly Counter[], at: Date): Promise<Taken> {
  const byKey = new Map(counters.map((counter) => [keyOf(counter), counter]));
  // Sorted, so that two tries that share rows take their locks in the same order.
  const keys = [...byKey.keys()].sort();
  await db.insert(loginAttempts).values(keys.map((key) => ({ key, tries: 0, windowStartedAt: at, updatedAt: at }))).onConflictDoNothing(); // prettier-ignore
  const rows = await db.select().from(loginAttempts).where(inArray(loginAttempts.key, keys)).orderBy(asc(loginAttempts.key)).for('update');
  const locked = rows.filter((row) => isLocked(row, at)).sort((a, b) => b.lockedUntil!.getTime() - a.lockedUntil!.getTime())[0];
  if (locked) return { lock: { limit: byKey.get(locked.key)!.limit, until: locked.lockedUntil! } };

  const next = rows.map((row) => ({ key: row.key, ...counted(row, LIMITS[byKey.get(row.key)!.limit], at), updatedAt: at }));
  await db
    .insert(loginAttempts)
    .values(next)
    .onConflictDoUpdate({
      target: loginAttempts.key,
      set: { tries: sql`excluded.tries`, windowStartedAt: sql`excluded.window_started_at`, lockedUntil: sql`excluded.locked_until`, updatedAt: sql`excluded.updated_at` },
    });
  return { lock: null, locksLeft: new Map(next.flatMap(({ key, lockedUntil }) => (lockedUntil ? [[key, lockedUntil] as const] : []))) };
}

/** The try was good: `forget` starts anew, `giveBack` loses this one try and a lock that this try alone had left. */
export async function settleTry(db: Database, taken: Taken, { forget, giveBack }: { forget: readonly Counter[]; giveBack: readonly Counter[] }): Promise<void> {
  if (taken.lock) return;
  for (const counter of [...giveBack].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const mine = taken.locksLeft.get(keyOf(counter)) ?? null;
    await db
      .update(loginAttempts)
      .set({ tries: sql`greatest(${loginAttempts.tries} - 1, 0)`, lockedUntil: sql`nullif(${loginAttempts.lockedUntil}, ${mine?.toISOString() ?? null}::timestamptz)` })
      .where(eq(loginAttempts.key, keyOf(counter)));
  }
  await db.delete(loginAttempts).where(inArray(loginAttempts.key, forget.map(keyOf)));
}

/** Counters that say nothing any more. */
export const sweepTries = async (db: Database, at: Date): Promise<void> =>
  void (await db.delete(loginAttempts).where(lt(loginAttempts.updatedAt, new Date(at.getTime() - TALLY_KEPT_SECONDS * 1000))));
