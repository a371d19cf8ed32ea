import type { Database } from '#kernel/database.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { newId, randomToken, sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { personByEmail } from '../people.ts';
import { record } from '../profile/activity.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import { remember } from './history.ts';
import { openVerification } from './links.ts';
import type { From, SignedUp, SignUp } from './port.ts';
import { evenly, spent } from './quota.ts';
import { requireStrong, requireUnleaked } from './strength.ts';
import { signups } from './tables.ts';
import { takeTry } from '../throttle.ts';

type Person = typeof users.$inferSelect;
type Stored = { status: 'check_email'; browser: string } | { status: 'verified'; email: string; id: string };
/** A sign-up with the password already hashed. */
type Prepared = SignUp & From & { email: string; passwordHash: string; checkedAt: Date | null };

/** Sign-ups for one address take turns, also across processes. */
export const inTurnFor = async (db: Database, email: string): Promise<void> =>
  void (await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`person:${email}`}, 0))`));

/** "You have an account already", at most once a day. */
export async function tellRegistered(
  { mail, links }: Pick<RegistrationDeps, 'mail' | 'links'>,
  db: Database,
  person: Person,
  at: Date,
): Promise<void> {
  if (person.kind !== 'person') return; // nobody reads what is sent to a machine
  const { lock } = await takeTry(db, [{ limit: 'notice', subject: person.id }], at);
  if (lock) return;
  await mail.send(db, {
    to: person.email,
    template: 'already-registered',
    data: { name: person.name, signInLink: links('login'), resetLink: links('forgot') },
    locale: person.locale,
  });
}

async function insertPerson(db: Database, wanted: Prepared, status: 'pending' | 'active', at: Date): Promise<Pick<Person, 'id' | 'email' | 'name'>> {
  const { email, name, locale = null, passwordHash, checkedAt, ip, agent } = wanted;
  const id = newId();
  await db.insert(users).values({
    id, email, name, locale, status, passwordHash, passwordChangedAt: at, passwordCheckedAt: checkedAt, createdAt: at, updatedAt: at,
    emailVerifiedAt: status === 'active' ? at : null,
  }); // prettier-ignore
  await remember(db, id, passwordHash, at);
  await record(db, { userId: id, kind: 'user.created', ip, agent }, at);
  return { id, email, name };
}

function requireOpen({ mode, domains }: RegistrationDeps['signup'], email: string, invited: boolean): void {
  if (mode === 'closed' || (mode === 'invite_only' && !invited)) throw new Problem('not-found', 'Nobody can sign up here.');
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (!invited && domains.length > 0 && !domains.includes(domain))
    throw new Problem('validation-failed', `Addresses of ${domain} cannot sign up here.`, {
      errors: [{ pointer: '/email', message: `Only addresses of ${domains.join(', ')}` }],
    });
}

export function createSignUp(deps: RegistrationDeps) {
  const { databases, now, passwords, breaches, mail, links, signup, keyed, invitations } = deps;

  /** Does the invitation speak for this address? Its token was mailed there, so it verifies it. */
  async function vouches(token: string | undefined, email: string): Promise<boolean> {
    if (token === undefined) return false;
    const invited = await invitations.peek(token);
    if (!invited) throw new Problem('invitation-invalid', 'The invitation is not good any more. Ask for another one.');
    if (normalEmail(invited.email) === email) return true;
    if (invited.anyAddress) return false;
    throw new Problem('invitation-address-mismatch', 'The invitation was sent to another address. Sign up with that one.');
  }

  async function pend(db: Database, wanted: Prepared, browser: string, at: Date): Promise<void> {
    const person = await insertPerson(db, wanted, 'pending', at);
    await db.insert(signups).values({ userId: person.id, tenantName: wanted.tenantName ?? null, browserHash: sha256(browser), createdAt: at });
    const { token, code } = await openVerification(db, { userId: person.id, sentTo: person.email }, keyed, at);
    const data = { name: person.name, link: links('verify', token), code };
    await mail.send(db, { to: person.email, template: 'verify-email', data, locale: wanted.locale ?? null });
  }

  async function store(db: Database, wanted: Prepared, vouched: boolean, at: Date): Promise<Stored> {
    const { email } = wanted;
    const browser = randomToken();
    await inTurnFor(db, email);
    const known = await personByEmail(db, email);
    // A pending row never had rights: whoever comes later replaces it, so nobody can set a password for a stranger in advance.
    if (known?.status === 'pending') await db.delete(users).where(eq(users.id, known.id));
    else if (known) {
      await tellRegistered(deps, db, known, at);
      return { status: 'check_email', browser };
    }
    if (!vouched) {
      await pend(db, wanted, browser, at);
      return { status: 'check_email', browser };
    }
    const { id } = await insertPerson(db, wanted, 'active', at);
    await record(db, { userId: id, kind: 'user.verified', ip: wanted.ip, agent: wanted.agent, detail: { by: 'invitation' } }, at);
    return { status: 'verified', email, id };
  }

  return async (wanted: SignUp, from: From): Promise<SignedUp> => {
    const at = now();
    const email = normalEmail(wanted.email);
    const { invitationToken } = wanted;
    requireOpen(signup, email, invitationToken !== undefined);
    requireStrong(wanted.password, [email, wanted.name, wanted.tenantName ?? '']);
    const refusal = await databases.platform('sign up', (db) =>
      spent(db, [{ limit: 'signup', subject: email }, { limit: 'signupNetwork', subject: networkOf(from.ip) }], at),
    ); // prettier-ignore
    if (refusal) throw refusal;
    return evenly(deps.floorMs, async () => {
      const vouched = await vouches(invitationToken, email);
      const checkedAt = await requireUnleaked(breaches, wanted.password, at);
      const passwordHash = await passwords.hash(wanted.password); // in every branch, for the time it takes
      const stored = await databases.platform('sign up', (db) => store(db, { ...wanted, ...from, email, passwordHash, checkedAt }, vouched, at));
      if (stored.status === 'check_email') return stored;
      // Withdrawn in this very moment? The account is good all the same, and the page of the invitation says what became of it.
      await invitations.acceptFor(stored.id, invitationToken!).catch(unlessRefused);
      return { status: 'verified', email };
    });
  };
}

const unlessRefused = (error: unknown): void => {
  if (!(error instanceof Problem)) throw error;
};
