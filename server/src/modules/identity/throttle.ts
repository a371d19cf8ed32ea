import { eq, inArray, lt, sql } from 'drizzle-orm';
import { rootCause, type Database } from '#kernel/database.ts';
import { sha256 } from '#kernel/ids.ts';
import { counted, isLocked, LIMITS, TALLY_KEPT_SECONDS, type LimitName } from './limits.ts';
import { createLocalTries } from './local-tries.ts';
import { networkOf } from './network.ts';
import { loginAttempts } from './tables.ts';

/** What tries are counted for: a limit and whom it concerns. */
export interface Counter {
  limit: LimitName;
  subject: string;
}
export type Taken = { lock: { limit: LimitName; until: Date } } | { lock: null; locksLeft: Map<string, Date> };

const keyOf = ({ limit, subject }: Counter): string => `${limit}:${sha256(subject)}`;

/**
 * Takes the rows of the counters and makes those that are missing. Always in the order of their keys, so that two tries that share
 * rows wait for each other in one direction only; never deleted but by the sweep, so that nobody finds a row gone.
 */
const lockRows = (db: Database, keys: Iterable<string>, at: Date) =>
  db
    .insert(loginAttempts)
    .values([...keys].sort().map((key) => ({ key, tries: 0, windowStartedAt: at, updatedAt: at })))
    .onConflictDoUpdate({ target: loginAttempts.key, set: { updatedAt: sql`excluded.updated_at` } })
    .returning();

const local = createLocalTries();
const WARN_EVERY_MS = 60_000;
let warnedAt = 0;
function warn(error: unknown): void {
  const cause = rootCause(error);
  if (Date.now() - warnedAt < WARN_EVERY_MS) return;
  warnedAt = Date.now();
  process.emitWarning('the counters of tries cannot be used; this process counts by itself, at half of every quota', {
    code: 'TRIES_LOCAL',
    detail: cause instanceof Error ? cause.message : String(cause),
  });
}

/** Does `work` within the caller's transaction, which goes on when `work` fails. A connection that is gone takes both along. */
async function orLocally<T>(db: Database, work: () => Promise<T>, instead: () => T): Promise<T> {
  await db.execute(sql`savepoint tries`);
  try {
    const result = await work();
    await db.execute(sql`release savepoint tries`);
    return result;
  } catch (error) {
    await db.execute(sql`rollback to savepoint tries`);
    warn(error);
    return instead();
  }
}

/**
 * Counts one try against every counter, or against none when one of them is locked. Commit it before the secret is looked at.
 * Where the shared counters cannot be used this process counts by itself, at half of every quota: it is never open.
 */
export const takeTry = (db: Database, counters: readonly Counter[], at: Date): Promise<Taken> =>
  orLocally(
    db,
    () => takeShared(db, counters, at),
    () =>
      local.take(
        counters.map((counter) => ({ key: keyOf(counter), limit: counter.limit, rule: LIMITS[counter.limit] })),
        at,
      ),
  );

async function takeShared(db: Database, counters: readonly Counter[], at: Date): Promise<Taken> {
  const byKey = new Map(counters.map((counter) => [keyOf(counter), counter]));
  const rows = await lockRows(db, byKey.keys(), at);
  const locked = rows.filter((row) => isLocked(row, at)).sort((a, b) => b.lockedUntil.getTime() - a.lockedUntil.getTime())[0];
  if (locked) return { lock: { limit: byKey.get(locked.key)!.limit, until: locked.lockedUntil } };

  const next = rows.map((row) => ({ key: row.key, ...counted(row, LIMITS[byKey.get(row.key)!.limit], at), updatedAt: at }));
  await db
    .insert(loginAttempts)
    .values(next)
    .onConflictDoUpdate({
      target: loginAttempts.key,
      set: { tries: sql`excluded.tries`, windowStartedAt: sql`excluded.window_started_at`, lockedUntil: sql`excluded.locked_until` },
    });
  return { lock: null, locksLeft: new Map(next.flatMap(({ key, lockedUntil }) => (lockedUntil ? [[key, lockedUntil] as const] : []))) };
}

/** What every try of a password is counted against, whichever way it comes. */
export const passwordCounters = (address: string, ip: string | null): { ofAddress: Counter[]; ofNetwork: Counter[] } => {
  const network = networkOf(ip);
  return {
    ofAddress: [
      { limit: 'pair', subject: `${address} ${network}` },
      { limit: 'address', subject: address },
    ],
    ofNetwork: [
      { limit: 'network', subject: network },
      { limit: 'networkHour', subject: network },
    ],
  };
};

/** The end of the lock that this try left on a counter, if it left one. */
export const lockLeft = (taken: Taken, counter: Counter): Date | undefined => (taken.lock ? undefined : taken.locksLeft.get(keyOf(counter)));

/** The try was good: `forget` starts anew, `giveBack` loses this one try and a lock that this try alone had left. */
export async function settleTry(db: Database, taken: Taken, counters: Settled, at: Date): Promise<void> {
  if (taken.lock) return;
  const { locksLeft } = taken;
  local.forget(counters.forget.map(keyOf));
  local.giveBack(counters.giveBack.map(keyOf), locksLeft);
  await orLocally(
    db,
    () => settleShared(db, locksLeft, counters, at),
    () => undefined,
  );
}

interface Settled {
  forget: readonly Counter[];
  giveBack: readonly Counter[];
}

async function settleShared(db: Database, locksLeft: ReadonlyMap<string, Date>, { forget, giveBack }: Settled, at: Date): Promise<void> {
  await lockRows(db, [...forget, ...giveBack].map(keyOf), at); // prettier-ignore
  await db
    .update(loginAttempts)
    .set({ tries: 0, windowStartedAt: at, lockedUntil: null })
    .where(inArray(loginAttempts.key, forget.map(keyOf)));
  for (const key of giveBack.map(keyOf)) {
    const mine = locksLeft.get(key)?.toISOString() ?? null;
    await db
      .update(loginAttempts)
      .set({ tries: sql`greatest(${loginAttempts.tries} - 1, 0)`, lockedUntil: sql`nullif(${loginAttempts.lockedUntil}, ${mine}::timestamptz)` })
      .where(eq(loginAttempts.key, key));
  }
}

/** Starts counters anew, with whatever locks they had. */
export async function forgetTries(db: Database, counters: readonly Counter[], at: Date): Promise<void> {
  local.forget(counters.map(keyOf));
  await db
    .update(loginAttempts)
    .set({ tries: 0, windowStartedAt: at, lockedUntil: null, updatedAt: at })
    .where(inArray(loginAttempts.key, counters.map(keyOf)));
}

/** Removes counters that say nothing any more; those that somebody is just using are left for the next time. */
export async function sweepTries(db: Database, at: Date): Promise<void> {
  const old = lt(loginAttempts.updatedAt, new Date(at.getTime() - TALLY_KEPT_SECONDS * 1000));
  const free = db.select({ key: loginAttempts.key }).from(loginAttempts).where(old).for('update', { skipLocked: true });
  await db.delete(loginAttempts).where(inArray(loginAttempts.key, free));
}
