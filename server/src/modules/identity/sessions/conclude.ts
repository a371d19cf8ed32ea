import type { Database } from '#kernel/database.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import type { Factor, SecondFactors } from '../factors/port.ts';
import { besides } from '../factors/rules.ts';
import type { Membership, Memberships } from '../providers/port.ts';
import { users } from '../tables.ts';
import { announceCame } from './announce.ts';
import { breaksGlass, entryOf, entryRefused, mayEnter, type Entry } from './entry.ts';
import { openSession, type IssueDeps } from './issue.ts';
import type { Conclude } from './port.ts';
import type { Arrival, Concluded, FirstFactor } from './types.ts';

export type { Amr, Arrival, Concluded, FirstFactor, Issued, Level, ProviderIdentity, ProviderTokens, TokenType } from './types.ts';
export type { Conclude } from './port.ts';

interface Opened {
  userId: string;
  sessionId: string;
}
export interface ConcludeDeps extends IssueDeps {
  factors: SecondFactors;
  memberships: Memberships;
  /** May this person change a tenant itself: are they owner or administrator of any? */
  isPrivileged: (db: Database, userId: string) => Promise<boolean>;
  /**
   * Told of each session in its transaction, while it is being opened, for the person's trail. What it answers is done once the session
   * stands: mails about a new place.
   */
  arrived: (db: Database, opened: Opened, first: FirstFactor, arrival: Arrival, at: Date) => Promise<(() => Promise<void>) | undefined>;
  /** Told when an owner comes past the provider that their tenant enforces: their trail, and a mail. */
  brokeGlass: (db: Database, userId: string, tenant: string, from: Pick<Arrival, 'ip' | 'agent'>, at: Date) => Promise<void>;
}

/** Said only to who has proven to be the person. Throws `account-suspended`, `email-not-verified` or `invalid-credentials`. */
export function requireAdmitted(status: string): void {
  if (status === 'active') return;
  if (status === 'pending')
    throw new Problem('email-not-verified', 'This address is not confirmed yet. Follow the link in the mail, or have it sent again.');
  if (status === 'deleted') throw new Problem('invalid-credentials', 'The address or the password is wrong.');
  throw new Problem('account-suspended', 'This account is suspended. Ask whoever runs this installation.');
}

/** The one that is asked for, by slug or id, or the only one there is: nothing is chosen silently. Throws `no-membership`. */
export function homeOf(tenants: readonly Membership[], wanted: string | undefined): Membership | undefined {
  if (wanted === undefined) return tenants.length === 1 ? tenants[0] : undefined;
  const home = tenants.find((one) => one.slug === wanted || one.tenantId === wanted);
  if (!home) throw new Problem('no-membership', 'There is no such tenant, or you are not an active member of it.');
  return home;
}

/** Into a tenant that was asked for one comes by its ways or not at all; into one that nobody asked for, simply not. */
function admittedTo(home: Membership | undefined, entry: Entry, wanted: boolean): Membership | undefined {
  if (!home || mayEnter(home, entry)) return home;
  if (wanted) throw entryRefused(home);
  return undefined;
}

const PERSON = { id: users.id, email: users.email, name: users.name, status: users.status, kind: users.kind, passwordHash: users.passwordHash };
/** Takes the person's row, so that parallel sign-ins count sessions one after the other. */
const personQuery = (db: Database) =>
  prepared(db, 'person_concluding', () =>
    db
      .select(PERSON)
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .for('no key update')
      .prepare('person_concluding'),
  );
type Person = Pick<typeof users.$inferSelect, keyof typeof PERSON>;

function admitted(person: Person | undefined, { passwordHash }: FirstFactor): Person {
  // Another password may have been set while this one was being checked.
  const isStale = passwordHash !== undefined && passwordHash !== person?.passwordHash;
  // A machine has keys; whatever way in may be made for it one day, it opens no session.
  if (person?.kind !== 'person' || isStale) throw new Problem('invalid-credentials', 'The address or the password is wrong.');
  requireAdmitted(person.status);
  return person;
}

const CAME = {
  name: 'person_came',
  text: 'update auth.users set last_login_at = $2, last_tenant_id = coalesce($3, last_tenant_id) where id = $1',
};

/** Who has a second factor is judged as if it were proven: it is asked for next. */
const reachOf = (entry: Entry, enrolled: readonly Factor[]): Entry => ({ ...entry, level: enrolled.length > 0 ? 2 : entry.level });

/** The first factor was right; the second is asked for. */
async function challenged(
  factors: SecondFactors,
  db: Database,
  { first, arrival, enrolled }: { first: FirstFactor; arrival: Arrival; enrolled: Factor[] },
  at: Date,
): Promise<Concluded> {
  const pending = { userId: first.userId, amr: first.amr, factors: enrolled, arrival, provider: first.provider };
  return { status: 'mfa-required', ...(await factors.openChallenge(db, pending, at)), factors: besides(enrolled, first.amr) };
}

/** Every way in ends here: only this opens a session, and only after the second factor that the person has. */
export function createConclude(deps: ConcludeDeps): Conclude {
  const { factors, memberships, isPrivileged, arrived, brokeGlass } = deps;
  return async (db, first, arrival, at, alongside) => {
    // What is asked together leaves in one packet, and the person's row is taken before anything of theirs is read.
    const [[found], tenants, entry, enrolled, privileged] = await Promise.all([
      personQuery(db).execute({ id: first.userId }),
      memberships.of(db, first.userId),
      entryOf(db, first),
      first.level === 1 ? factors.enrolled(db, first.userId) : [],
      isPrivileged(db, first.userId),
      alongside?.(),
    ]);
    const person = admitted(found, first);
    const home = admittedTo(homeOf(tenants, arrival.tenant), reachOf(entry, enrolled), arrival.tenant !== undefined);
    const mayWaive = home === undefined || mayEnter(home, entry);
    if (enrolled.length > 0 && !(mayWaive && (await factors.isTrusted(db, person.id, arrival.deviceToken, at))))
      return challenged(factors, db, { first, arrival, enrolled }, at);
    const sessionId = newId();
    const [issued, tell] = await Promise.all([
      openSession(deps, db, { sessionId, user: person, tenants, home, first, arrival, privileged }, at),
      arrived(db, { userId: person.id, sessionId }, first, arrival, at),
      db.$client.query({ ...CAME, values: [person.id, at, home?.tenantId ?? null] }),
      announceCame(db, home, { userId: person.id, sessionId, amr: first.amr, level: first.level, ip: arrival.ip }, 'signIn'),
    ]);
    await tell?.();
    if (home && breaksGlass(home, entry)) await brokeGlass(db, person.id, home.name, arrival, at);
    return { status: 'signed-in', issued };
  };
}
