import type { Clock } from '#kernel/clock.ts';
import { NO_TENANT } from '#kernel/context.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { SecondFactors } from './factors/port.ts';
import { claimOf, noteLogin, requireUsable, type Claim, type Claimant, type TenantIdOf } from './local/claim.ts';
import type { Passwords } from './passwords.ts';
import type { Membership, Memberships, SignIn } from './providers/port.ts';
import { normalEmail } from './rules.ts';
import { requireAdmitted } from './sessions/conclude.ts';
import { entryOf } from './sessions/entry.ts';
import type { Conclude } from './sessions/port.ts';
import type { Stores } from './sessions/stores.ts';
import type { Arrival, Concluded, FirstFactor, Issued } from './sessions/types.ts';
import { users } from './tables.ts';
import { lockLeft, passwordCounters, settleTry, sweepTries, takeTry, type Taken } from './throttle.ts';
import { createTurns } from './turns.ts';

type OnKnown = (person: Issued['user'], membership: Membership) => void;

export interface SignInDeps {
  databases: Databases;
  now: Clock;
  passwords: Passwords;
  memberships: Memberships;
  stores: Stores;
  conclude: Conclude;
  factors: SecondFactors;
  tenantIdOf: TenantIdOf;
  /** Where this address has to sign in instead, decided by its domain before the password is looked at; undefined: here. */
  elsewhere: (db: Database, address: string) => Promise<Problem | undefined>;
  /** Told of a wrong password, with the lock of the address that this try left, if it did. */
  failed: (db: Database, person: Claimant, arrival: Arrival, lockedUntil: Date | undefined, at: Date) => Promise<void>;
  /** A password that could not be held against the list of leaks when it was set. Throws `password-compromised`. */
  vet: (person: Claimant, password: string, from: Pick<Arrival, 'ip' | 'agent'>, at: Date) => Promise<void>;
}

const wrong = ({ username }: SignIn): Problem =>
  new Problem('invalid-credentials', `The ${username === undefined ? 'address' : 'username'} or the password is wrong.`);
const SWEEP_EVERY_MS = 3_600_000;

function lockedOut(lock: NonNullable<Taken['lock']>, at: Date): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return lock.limit.startsWith('network')
    ? new Problem('network-blocked', `Too many failed sign-ins came from your network. Try again in ${minutes} minutes.`, { retryAfterSeconds })
    : new Problem('locked', `Too many failed sign-ins for this address. Try again in ${minutes} minutes.`, { retryAfterSeconds });
}

/**
 * Nobody has a trail in which the failure could stand. A commit with something to flush takes longer than one with nothing, though, and that
 * would tell who has an account: so something is written all the same, into the log of the database alone.
 */
const noteNobody = async (db: Database): Promise<void> =>
  void (await db.$client.query(`select pg_logical_emit_message(true, 'switchyard', repeat('-', 200))`));

interface Begun extends Claim {
  taken: Taken;
  counters: ReturnType<typeof passwordCounters>;
  tenants: Membership[];
  elsewhere: Problem | undefined;
}

// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createSignIn(deps: SignInDeps) {
  const { databases, now, passwords, memberships, conclude, factors, stores } = deps;
  let sweptAt = 0;
  async function sweep(at: Date): Promise<void> {
    if (at.getTime() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = at.getTime();
    // By themselves: they take rows in no order. Tidiness only, and it comes again in an hour: nobody's sign-in fails of it.
    await databases.platform('sweep sign-ins', (db) => sweepTries(db, at)).catch(() => undefined);
    await databases.platform('sweep sessions', (db) => stores.sweep(db, at)).catch(() => undefined);
  }

  /**
   * Counts the try. The lock of an address is for strangers: a browser that its owner has come to trust has tries of its own, so that
   * nobody can lock the owner out from elsewhere.
   */
  async function count(db: Database, person: Claimant | undefined, counters: ReturnType<typeof passwordCounters>, arrival: Arrival, at: Date) {
    const taken = await takeTry(db, [...counters.ofAddress, ...counters.ofNetwork], at);
    if (!taken.lock || taken.lock.limit.startsWith('network') || !person || !arrival.deviceToken) return taken;
    if (!(await factors.isTrusted(db, person.id, arrival.deviceToken, at))) return taken;
    return takeTry(db, [{ limit: 'pair', subject: `device ${sha256(arrival.deviceToken)}` }, ...counters.ofNetwork], at);
  }

  /** Whose sign-in it is, counted; the same queries for everybody. */
  async function begin(db: Database, wanted: SignIn, at: Date): Promise<Begun> {
    const [claim, elsewhere] = await Promise.all([
      claimOf(db, wanted, deps.tenantIdOf),
      // A local account belongs to its tenant, not to the domain of an address.
      wanted.username === undefined ? deps.elsewhere(db, normalEmail(wanted.email)) : undefined,
    ]);
    const counters = passwordCounters(claim.subject, claim.arrival.ip);
    // The count last: whoever counts the same waits until it is committed.
    const [tenants, taken] = await Promise.all([
      memberships.of(db, claim.person?.id ?? NO_TENANT),
      count(db, claim.person, counters, claim.arrival, at),
    ]);
    return { ...claim, counters, taken, tenants, elsewhere };
  }

  /**
   * Whom a provider is enforced for: the answer leads there, after as much work whoever it is. An owner of the tenant with a second factor
   * may come past it all the same, so that a provider that is down or misconfigured locks nobody out for good.
   */
  async function proveOwner(begun: Begun, wanted: SignIn, elsewhere: Problem, at: Date): Promise<Claimant> {
    const { person, tenants, arrival, taken, subject } = begun;
    const matched = await passwords.verify(person?.passwordHash ?? null, wanted.password);
    const isOwner = await databases.platform('sign in past a provider', async (db) => {
      const { ofTenant } = await entryOf(db, { amr: ['fed'], level: 1, provider: { id: String(elsewhere.extras['provider']) } });
      const owns = tenants.some(({ tenantId, owns: isTheirs }) => isTheirs && tenantId === ofTenant);
      if (person && owns && !matched) await deps.failed(db, person, arrival, longLock(taken, subject, at), at);
      return owns && matched && (await factors.enrolled(db, person!.id)).length > 0;
    });
    if (!person || !isOwner || person.status !== 'active') throw elsewhere;
    await deps.vet(person, wanted.password, { ip: arrival.ip, agent: arrival.agent }, at);
    return person;
  }

  /** The person, once the password is right and nothing else stands against it. */
  async function prove(begun: Begun, wanted: SignIn, at: Date): Promise<Claimant> {
    const { person, taken, tenants, arrival, subject } = begun;
    const matched = await passwords.verify(person?.passwordHash ?? null, wanted.password);
    if (!person || !matched) {
      await databases.platform('sign in failed', (db) =>
        person ? deps.failed(db, person, arrival, longLock(taken, subject, at), at) : noteNobody(db),
      );
      throw wrong(wanted);
    }
    requireAdmitted(person.status);
    requireUsable(begun, wanted, tenants);
    await deps.vet(person, wanted.password, { ip: arrival.ip, agent: arrival.agent }, at);
    return person;
  }

  async function signIn(wanted: SignIn, onKnown: OnKnown): Promise<Concluded> {
    const at = now();
    await sweep(at);
    // The log of the database is written in order: nobody hears whether the password was right before this count is on the disk as well.
    const begun = await databases.platform('sign in', (db) => begin(db, wanted, at), { flush: 'later' });
    const { taken, counters, arrival, tenants, elsewhere } = begun;
    if (taken.lock) throw lockedOut(taken.lock, at);
    const known = knownIn(tenants, arrival.tenant, begun.person?.lastTenantId);
    if (begun.person && known) onKnown(begun.person, known);
    const person = await (elsewhere ? proveOwner(begun, wanted, elsewhere, at) : prove(begun, wanted, at));

    const renewed = await renewedHash(passwords, person, wanted.password);
    return databases.platform('sign in', async (db) => {
      if (renewed !== undefined) await renew(db, person, renewed, at);
      const first: FirstFactor = { userId: person.id, amr: ['pwd'], level: 1, passwordHash: renewed ?? person.passwordHash! };
      const settled = { forget: counters.ofAddress, giveBack: counters.ofNetwork };
      return conclude(db, first, arrival, at, () => Promise.all([noteLogin(db, begun, at), settleTry(db, taken, settled, at)]));
    });
  }

  // Tries for one address take turns in this process, so that a person with many windows does not look like somebody who guesses.
  const inTurn = createTurns();
  return (wanted: SignIn, onKnown: OnKnown): Promise<Concluded> =>
    inTurn(normalEmail(wanted.email ?? wanted.username), () => signIn(wanted, onKnown));
}

/** In whose audit trail the try belongs: the tenant that was asked for, or the one used last, or the oldest. */
const knownIn = (tenants: readonly Membership[], wanted: string | undefined, lastTenantId: string | null | undefined): Membership | undefined =>
  tenants.find((one) => one.slug === wanted || one.tenantId === wanted) ?? tenants.find((one) => one.tenantId === lastTenantId) ?? tenants[0];

const A_DAY_MS = 86_400_000;
/** Of the longest lock of an address its owner is told, with a link that ends it. */
function longLock(taken: Taken, address: string, at: Date): Date | undefined {
  const until = lockLeft(taken, { limit: 'address', subject: address });
  return until && until.getTime() - at.getTime() >= A_DAY_MS ? until : undefined;
}

/** Parameters rise over the years; the only moment the password is known is now. */
const renewedHash = async (passwords: Passwords, person: Claimant, password: string): Promise<string | undefined> =>
  person.passwordHash && passwords.isOutdated(person.passwordHash) ? passwords.hash(password) : undefined;
const renew = async (db: Database, person: Claimant, passwordHash: string, at: Date): Promise<void> => {
  // Unless another was set meanwhile: that one goes first, and conclude refuses.
  const still = and(eq(users.id, person.id), eq(users.passwordHash, person.passwordHash!));
  await db.update(users).set({ passwordHash, updatedAt: at }).where(still);
};
