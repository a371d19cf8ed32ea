import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { newId, sha256 } from '#kernel/ids.ts';
import { isMailAddress } from '#kernel/mail.ts';
import { Problem } from '#kernel/problem.ts';
import { personByEmail } from '../people.ts';
import { record } from '../profile/activity.ts';
import { circumstances } from '../profile/circumstances.ts';
import { openVerification } from '../registration/links.ts';
import { inTurnFor } from '../registration/signup.ts';
import { signups } from '../registration/tables.ts';
import { normalEmail } from '../rules.ts';
import { requireAdmitted } from '../sessions/conclude.ts';
import { users } from '../tables.ts';
import { accountOf, attach, used } from './accounts.ts';
import { replaceRights } from './asn-rights.ts';
import type { FederationDeps } from './deps.ts';
import type { Provider, TenantRules } from './idps/provider.ts';
import type { Visitor } from './port.ts';
import { mappedRoles, shownName } from './rules.ts';
import type { Assertion } from './types.ts';

type Person = typeof users.$inferSelect;

/** Somebody whom a provider has just vouched for, and who may be new to us. */
export interface Incoming {
  provider: Provider;
  assertion: Assertion;
  visitor: Visitor;
}
/** A refusal waits for the address of a pending person to be confirmed: what was stored so far is kept. */
export type Resolved = { person: Person; refusal?: Problem | undefined };

/** Told to the person, in their trail and by mail: somebody can come in by another way from now on. */
async function tellLinked(deps: FederationDeps, db: Database, person: Person, { provider, visitor }: Incoming, at: Date): Promise<void> {
  const { ip, agent } = visitor;
  const { name } = provider.client;
  await record(db, { userId: person.id, kind: 'auth.identity_linked', ip, agent, detail: { provider: name } }, at);
  await deps.mail.send(db, {
    to: person.email,
    template: 'identity-linked',
    data: { name: person.name, link: `${deps.publicUrl}/settings/security/connected-accounts`, provider: name, ...circumstances(visitor, at) },
    locale: person.locale,
  });
}

const withRights = ({ assertion }: Incoming, at: Date): Assertion =>
  assertion.networks === undefined
    ? assertion
    : {
        ...assertion,
        kept: { ...assertion.kept, networks: { count: assertion.networks.rights.length, reasons: assertion.networks.reasons, at: at.toISOString() } },
      };

const personOf = async (db: Database, id: string): Promise<Person> => (await db.select().from(users).where(eq(users.id, id)))[0]!;

/** The identity of an act of the signed-in person; addresses may differ, it is their decision (platform.md 4.9). */
export async function linkTo(deps: FederationDeps, db: Database, userId: string, incoming: Incoming, at: Date): Promise<Person> {
  const assertion = withRights(incoming, at);
  const known = await accountOf(db, assertion);
  const person = await personOf(db, userId);
  requireAdmitted(person.status);
  if (known && known.userId !== userId) throw new Problem('identity-already-linked', 'This identity belongs to another account here.');
  if (known) await used(db, known, assertion, at);
  else {
    await attach(db, userId, incoming.provider.client.id, assertion, at);
    await tellLinked(deps, db, person, incoming, at);
  }
  if (assertion.networks) await replaceRights(db, userId, assertion.networks, at);
  return person;
}

function requireSignUp({ signup }: FederationDeps, email: string, invited: boolean): void {
  if (signup.mode === 'closed' || (signup.mode === 'invite_only' && !invited)) throw new Problem('not-found', 'Nobody can sign up here.');
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (!invited && signup.domains.length > 0 && !signup.domains.includes(domain))
    throw new Problem('not-found', `Addresses of ${domain} cannot sign up here.`);
}

/** May somebody whom nobody knows become a person here? A tenant decides for its own provider, the installation for its own. */
async function requireWelcome(
  deps: FederationDeps,
  db: Database,
  { provider: { tenant }, assertion }: Incoming,
  email: string,
  at: Date,
): Promise<void> {
  if (tenant === null) {
    const invited = assertion.emailTrusted && (await deps.doors.isInvited(db, email, at));
    return requireSignUp(deps, email, invited);
  }
  if (!tenant.jitProvisioning || mappedRoles(tenant.roleMapping, assertion.groups).length === 0)
    throw new Problem('no-membership', 'You are not a member of this tenant, and your groups at its provider give you no role in it.');
}

async function create(deps: FederationDeps, db: Database, incoming: Incoming, email: string, at: Date): Promise<Resolved> {
  const { assertion, provider, visitor } = incoming;
  const { emailTrusted, givenName, familyName } = assertion;
  const status = emailTrusted ? ('active' as const) : ('pending' as const);
  const name = shownName(assertion.name, email.slice(0, email.lastIndexOf('@')));
  const [person] = await db
    .insert(users)
    .values({ id: newId(), email, name, givenName, familyName, status, emailVerifiedAt: emailTrusted ? at : null, createdAt: at, updatedAt: at })
    .returning();
  await attach(db, person!.id, provider.client.id, withRights(incoming, at), at);
  const line = { userId: person!.id, ip: visitor.ip, agent: visitor.agent, detail: { by: provider.client.name } };
  await record(db, { ...line, kind: 'user.created' }, at);
  if (emailTrusted) {
    await record(db, { ...line, kind: 'user.verified' }, at);
    return { person: person! };
  }
  // Only in this browser will the address bring the identity along: it may be a stranger's, given to a provider that asked for no proof.
  await db.insert(signups).values({ userId: person!.id, tenantName: null, browserHash: sha256(visitor.browser ?? newId()), createdAt: at });
  const { token, code } = await openVerification(db, { userId: person!.id, sentTo: email }, deps.keyed, at);
  await deps.mail.send(db, { to: email, template: 'verify-email', data: { name, link: deps.links('verify', token), code }, locale: null });
  return {
    person: person!,
    refusal: new Problem(
      'email-not-verified',
      'We have sent a mail to the address that the provider named. Follow its link in this browser, and you are in.',
    ),
  };
}

/** An address that both sides have verified, where the rules allow it, and no second factor that a new way in would go round. */
async function mayLinkByAddress(deps: FederationDeps, db: Database, { provider, assertion }: Incoming, known: Person): Promise<boolean> {
  const isAllowed = provider.tenant === null ? deps.autoLink === 'verified' : true;
  if (!isAllowed || !assertion.emailTrusted || known.emailVerifiedAt === null || known.kind !== 'person') return false;
  return (await deps.factors.enrolled(db, known.id)).length === 0;
}

async function byAddress(deps: FederationDeps, db: Database, incoming: Incoming, at: Date): Promise<Resolved> {
  const { assertion, provider } = incoming;
  const email = assertion.email === null ? '' : normalEmail(assertion.email);
  if (!isMailAddress(email))
    throw new Problem('email-not-verified', `${provider.client.name} gave us no confirmed address of yours. Confirm one there, then try again.`);
  await inTurnFor(db, email);
  const known = await personByEmail(db, email);
  if (known && !(known.status === 'pending' && assertion.emailTrusted)) {
    if (!(await mayLinkByAddress(deps, db, incoming, known)))
      throw new Problem('account-exists', 'There is an account with this address already. Sign in to it as before, then link this provider there.');
    requireAdmitted(known.status);
    await attach(db, known.id, provider.client.id, withRights(incoming, at), at);
    await tellLinked(deps, db, known, incoming, at);
    return { person: known };
  }
  await requireWelcome(deps, db, incoming, email, at);
  // Whoever made this row could not show that the address is theirs, and the owner has just done so: their password must not stay.
  if (known) await db.delete(users).where(eq(users.id, known.id));
  return create(deps, db, incoming, email, at);
}

const stillUnconfirmed = (): Problem =>
  new Problem('email-not-verified', 'The address that the provider named is not confirmed yet. Follow the link in the mail, or have it sent again.');

/** Who it is (platform.md 4.9): by the identity, never by an address alone. Throws before anything is written, or answers with a refusal. */
export async function resolve(deps: FederationDeps, db: Database, incoming: Incoming, at: Date): Promise<Resolved> {
  const assertion = withRights(incoming, at);
  const account = await accountOf(db, assertion);
  const resolved = account ? { person: await personOf(db, account.userId) } : await byAddress(deps, db, incoming, at);
  if (account) {
    if (resolved.person.status === 'pending') return { ...resolved, refusal: stillUnconfirmed() };
    requireAdmitted(resolved.person.status);
    await used(db, account, assertion, at);
  }
  if (assertion.networks) await replaceRights(db, resolved.person.id, assertion.networks, at);
  return resolved;
}

/** A tenant's own provider leads into that tenant: as a member already, or as one from now on, with the roles that the groups stand for. Answers whether rights changed. */
export async function enterTenant(
  deps: Pick<FederationDeps, 'doors' | 'roles'>,
  db: Database,
  person: Pick<Person, 'id' | 'email' | 'name'>,
  { id, tenant, groups }: { id: string; tenant: TenantRules | null; groups: readonly string[] },
  at: Date,
): Promise<boolean> {
  if (tenant === null) return false;
  const roles = mappedRoles(tenant.roleMapping, groups);
  const { tenantId } = tenant;
  if (!(await deps.doors.isMember(db, tenantId, person.id))) {
    if (!tenant.jitProvisioning || roles.length === 0)
      throw new Problem('no-membership', 'You are not a member of this tenant, and your groups at its provider give you no role in it.');
    await deps.doors.join(db, tenantId, { id: person.id, email: person.email, name: person.name }, at);
  }
  return deps.roles.apply(db, { tenantId, userId: person.id, provider: id, roles }, at);
}
