import type { Database } from '#kernel/database.ts';
import { rootCause } from '#kernel/sql-errors.ts';
import { inArray, lt } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import { LIMITS, TALLY_KEPT_SECONDS, type LimitName, type Lock } from './limits.ts';
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
 * Counts as `counted` does, in one statement, and answers the rows that were not locked. Always in the order of their keys, so that two
 * tries that share rows wait for each other in one direction only; never deleted but by the sweep, so that nobody finds a row gone.
 * By hand and by name, like what follows: every sign-in pays for it.
 */
const COUNT = {
  name: 'tries_count',
  text: `with wanted as materialized (
      select * from unnest($1::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[]) as w (key, span, first, first_for, last, last_for)
    )
    insert into auth.login_attempts as a (key, tries, window_started_at, locked_until, updated_at)
    select key, 1, $2::timestamptz, $2 + make_interval(secs => case 1 when first then first_for when last then last_for end), $2 from wanted
    on conflict (key) do update set (tries, window_started_at, locked_until, updated_at) = (
      select n.tries, n.began, $2 + make_interval(secs => case when n.tries = w.first then w.first_for when n.tries >= w.last then w.last_for end), $2
      from wanted w, lateral (
        select case when o.is_over then 1 else a.tries + 1 end as tries, case when o.is_over then $2 else a.window_started_at end as began
        from (select a.window_started_at + make_interval(secs => w.span) <= $2 as is_over) o
      ) n
      where w.key = excluded.key
    )
    where a.locked_until is null or a.locked_until <= $2
    returning key, locked_until as "lockedUntil"`,
};
const LOCKED = {
  name: 'tries_locked',
  text: `select key, locked_until as "lockedUntil" from auth.login_attempts where key = any ($1) and locked_until > $2 order by locked_until desc`,
};

/** Takes the rows in the same order, and reads what stands in each of them once it is ours. */
const SETTLE = {
  name: 'tries_settle',
  text: `with taken as materialized (
      select key from auth.login_attempts where key = any ($1::text[] || $2::text[]) order by key collate "C" for update
    )
    update auth.login_attempts a set
      tries = case when a.key = any ($1) then 0 else greatest(a.tries - 1, 0) end,
      window_started_at = case when a.key = any ($1) then $4::timestamptz else a.window_started_at end,
      locked_until = case when a.key = any ($1) then null
        else nullif(a.locked_until, (select mine.until from unnest($2, $3::timestamptz[]) as mine (key, until) where mine.key = a.key)) end,
      updated_at = $4
    from taken where a.key = taken.key`,
};

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
  // Neither is waited for: should one fail, so does all that follows it in the transaction.
  db.$client.query('savepoint tries').catch(() => undefined);
  try {
    const result = await work();
    db.$client.query('release savepoint tries').catch(() => undefined);
    return result;
  } catch (error) {
    await db.$client.query('rollback to savepoint tries');
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

const triesOf = ({ tries }: Lock): number => tries;
const secondsOf = ({ seconds }: Lock): number => seconds;

async function takeShared(db: Database, counters: readonly Counter[], at: Date): Promise<Taken> {
  const byKey = new Map(counters.map((counter) => [keyOf(counter), counter.limit]));
  const keys = [...byKey.keys()].sort();
  const limits = keys.map((key) => LIMITS[byKey.get(key)!]);
  const [first, last] = [limits.map(({ locks }) => locks[0]), limits.map(({ locks }) => locks.at(-1)!)];
  const spans = limits.map(({ window }) => window);
  const values = [keys, at, spans, first.map(triesOf), first.map(secondsOf), last.map(triesOf), last.map(secondsOf)];
  const { rows } = await db.$client.query<{ key: string; lockedUntil: Date | null }>({ ...COUNT, values });
  if (rows.length === keys.length)
    return { lock: null, locksLeft: new Map(rows.flatMap(({ key, lockedUntil }) => (lockedUntil ? [[key, lockedUntil] as const] : []))) };
  // A locked row is ours by now, though it was left as it is; the others have to be.
  const { rows: locked } = await db.$client.query<{ key: string; lockedUntil: Date }>({ ...LOCKED, values: [keys, at] });
  await db.$client.query('rollback to savepoint tries');
  const { key, lockedUntil } = locked[0]!;
  return { lock: { limit: byKey.get(key)!, until: lockedUntil } };
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
  const back = giveBack.map(keyOf);
  await db.$client.query({ ...SETTLE, values: [forget.map(keyOf), back, back.map((key) => locksLeft.get(key) ?? null), at] });
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
