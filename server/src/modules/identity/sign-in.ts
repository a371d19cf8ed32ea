import { and, eq } from 'drizzle-orm';
import type { Clock } from '#kernel/clock.ts';
import type { Database, Databases } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from './network.ts';
import type { Passwords } from './passwords.ts';
import { personByEmail } from './people.ts';
import type { Issued, Membership, Memberships, SignIn, TokenType } from './providers/port.ts';
import { newSessionTimes, normalEmail } from './rules.ts';
import { startSession, sweepSessions } from './sessions.ts';
import { users } from './tables.ts';
import { settleTry, sweepTries, takeTry, type Counter, type Taken } from './throttle.ts';

type OnKnown = (person: Issued['user'], membership: Membership) => void;

export interface SignInDeps {
  databases: Databases;
  now: Clock;
  passwords: Passwords;
  memberships: Memberships;
}

const wrong = (): Problem => new Problem('invalid-credentials', 'The address or the password is wrong.');
const NOBODY = '00000000-0000-0000-0000-000000000000';
const SWEEP_EVERY_MS = 3_600_000;

function lockedOut(lock: NonNullable<Taken['lock']>, at: Date): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil((lock.until.getTime() - at.getTime()) / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return lock.limit === 'network'
    ? new Problem('network-blocked', `Too many failed sign-ins came from your network. Try again in ${minutes} minutes.`, { retryAfterSeconds })
    : new Problem('locked', `Too many failed sign-ins for this address. Try again in ${minutes} minutes.`, { retryAfterSeconds });
}

/** Asked for by slug, or the one used last, or the oldest. */
const homeOf = (memberships: readonly Membership[], slug: string | undefined, lastTenantId: string | null | undefined): Membership | undefined =>
  slug === undefined ? (memberships.find((one) => one.tenantId === lastTenantId) ?? memberships[0]) : memberships.find((one) => one.slug === slug);

type Person = NonNullable<Awaited<ReturnType<typeof personByEmail>>>;

/** Every way in ends here: only this opens a session (besides rotating one that is open). */
export async function conclude(
  db: Database,
  person: Issued['user'],
  tenants: Membership[],
  home: Membership,
  start: { kind: TokenType; ip: string | null; at: Date; expiresAt: Date },
): Promise<Issued> {
  // Takes the person's row, so that parallel sign-ins count sessions one after the other.
  await db.update(users).set({ lastTenantId: home.tenantId }).where(eq(users.id, person.id));
  const session = await startSession(db, { userId: person.id, tenantId: home.tenantId, ...start });
  const { id, email, name } = person;
  return {
    user: { id, email, name },
    tenant: home,
    tenants,
    sessionId: session.id,
    token: session.token,
    tokenType: start.kind,
    expiresAt: session.expiresAt,
  };
}

/** Tries for one address take turns in this process, so that a person with many windows does not look like somebody who guesses. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

export function createSignIn({ databases, now, passwords, memberships }: SignInDeps) {
  let sweptAt = 0;
  async function sweep(at: Date): Promise<void> {
    if (at.getTime() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = at.getTime();
    // By itself: it takes rows in no order.
    await databases.platform('sweep sign-ins', async (db) => {
      await sweepTries(db, at);
      await sweepSessions(db, at);
    });
  }

  const inTurn = createTurns();

  async function signIn({ email, password, tenant, tokenType, ip }: SignIn, onKnown: OnKnown): Promise<Issued> {
    const at = now();
    const address = normalEmail(email);
    const network = networkOf(ip);
    const ofAddress: Counter[] = [
      { limit: 'pair', subject: `${address} ${network}` },
      { limit: 'address', subject: address },
    ];
    const ofNetwork: Counter[] = [{ limit: 'network', subject: network }];

    await sweep(at);
    const begun = await databases.platform('sign in', async (db) => {
      const taken = await takeTry(db, [...ofAddress, ...ofNetwork], at);
      if (taken.lock) return { taken, person: undefined, tenants: [] };
      const person = await personByEmail(db, address);
      return { taken, person, tenants: await memberships.of(db, person?.id ?? NOBODY) }; // the same queries for everybody
    });
    const { taken, person, tenants } = begun;
    if (taken.lock) throw lockedOut(taken.lock, at);
    const home = homeOf(tenants, tenant, person?.lastTenantId);
    const known = home ?? tenants[0];
    if (person && known) onKnown(person, known);
    const matched = await passwords.verify(person?.passwordHash ?? null, password);
    if (!person || !matched) throw wrong();
    requireAdmitted(person, home, tenant);

    const renewed = await renewedHash(passwords, person, password);
    return databases.platform('sign in', async (db) => {
      // Another password may have been set, or the account suspended, while this one was being checked.
      const still = and(eq(users.id, person.id), eq(users.passwordHash, person.passwordHash!), eq(users.status, 'active'));
      const { rowCount } = await db
        .update(users)
        .set({ lastLoginAt: at, updatedAt: at, ...renewed })
        .where(still);
      if (rowCount !== 1) throw wrong();
      await settleTry(db, taken, { forget: ofAddress, giveBack: ofNetwork }, at);
      return conclude(db, person, tenants, home, { kind: tokenType, ip, at, expiresAt: newSessionTimes(at).expiresAt });
    });
  }

  return (wanted: SignIn, onKnown: OnKnown): Promise<Issued> => inTurn(normalEmail(wanted.email), () => signIn(wanted, onKnown));
}

/** Said only to who knows the password. */
function requireAdmitted(person: Person, home: Membership | undefined, slug: string | undefined): asserts home is Membership {
  if (person.status !== 'active') throw new Problem('account-suspended', 'This account is suspended. Ask whoever runs this installation.');
  if (home) return;
  throw new Problem(
    'no-membership',
    slug === undefined ? 'You are not an active member of any tenant.' : 'There is no such tenant, or you are not an active member of it.',
  );
}

/** Parameters rise over the years; the only moment the password is known is now. */
const renewedHash = async (passwords: Passwords, person: Person, password: string): Promise<{ passwordHash?: string }> =>
  person.passwordHash && passwords.isOutdated(person.passwordHash) ? { passwordHash: await passwords.hash(password) } : {};
