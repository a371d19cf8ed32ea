import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import type { Factor, SecondFactors } from '../factors/port.ts';
import { besides } from '../factors/rules.ts';
import type { Membership, Memberships } from '../providers/port.ts';
import { users } from '../tables.ts';
import { breaksGlass, entryOf, entryRefused, mayEnter, type Entry } from './entry.ts';
import { openSession, type IssueDeps } from './issue.ts';
import type { Conclude } from './port.ts';
import type { Arrival, Concluded, FirstFactor, Issued } from './types.ts';

export type { Amr, Arrival, Concluded, FirstFactor, Issued, Level, ProviderIdentity, ProviderTokens, TokenType } from './types.ts';
export type { Conclude } from './port.ts';

export interface ConcludeDeps extends IssueDeps {
  factors: SecondFactors;
  memberships: Memberships;
  /** May this person change a tenant itself: are they owner or administrator of any? */
  isPrivileged: (db: Database, userId: string) => Promise<boolean>;
  /** Told of each session that was opened, in its transaction: the person's trail, and mails about a new place. */
  arrived: (db: Database, issued: Issued, first: FirstFactor, arrival: Arrival, at: Date) => Promise<void>;
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

const personQuery = (db: Database) =>
  prepared(db, 'person_concluding', () =>
    db
      .select({ id: users.id, email: users.email, name: users.name, status: users.status, kind: users.kind })
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .prepare('person_concluding'),
  );

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
  return async (db, first, arrival, at) => {
    const [[person], tenants, entry, enrolled] = await Promise.all([
      personQuery(db).execute({ id: first.userId }),
      memberships.of(db, first.userId),
      entryOf(db, first),
      first.level === 1 ? factors.enrolled(db, first.userId) : [],
    ]);
    // A machine has keys; whatever way in may be made for it one day, it opens no session.
    if (person?.kind !== 'person') throw new Problem('invalid-credentials', 'The address or the password is wrong.');
    requireAdmitted(person.status);
    const home = admittedTo(homeOf(tenants, arrival.tenant), reachOf(entry, enrolled), arrival.tenant !== undefined);
    const mayWaive = home === undefined || mayEnter(home, entry);
    if (enrolled.length > 0 && !(mayWaive && (await factors.isTrusted(db, person.id, arrival.deviceToken, at))))
      return challenged(factors, db, { first, arrival, enrolled }, at);
    // Takes the person's row, so that parallel sign-ins count sessions one after the other.
    const [{ rowCount }, privileged] = await Promise.all([
      db
        .update(users)
        .set({ lastLoginAt: at, ...(home ? { lastTenantId: home.tenantId } : {}) })
        .where(and(eq(users.id, person.id), eq(users.status, 'active'))),
      isPrivileged(db, person.id),
    ]);
    if (rowCount !== 1) throw new Problem('invalid-credentials', 'The address or the password is wrong.');
    const issued = await openSession(deps, db, { user: person, tenants, home, first, arrival, privileged }, at);
    await arrived(db, issued, first, arrival, at);
    if (home && breaksGlass(home, entry)) await brokeGlass(db, person.id, home.name, arrival, at);
    return { status: 'signed-in', issued };
  };
}
