import type { Actor, Proof } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import type { SecondFactors } from './factors/port.ts';
import type { Membership, Memberships } from './providers/port.ts';
import { isTouchDue } from './rules.ts';
import { entryOf, type Entry } from './sessions/entry.ts';
import type { StoredSession } from './sessions/store.ts';
import { apiKeys, users } from './tables.ts';
import { isFrom, KEYS } from './keys/rules.ts';
import { isAnsweredFor } from './keys/answering.ts';
import { serviceAccounts } from './keys/tables.ts';
import { sameHash, type Presented } from './tokens.ts';

/** Whom a live credential belongs to, and where they may go with it. */
export interface Holder {
  kind: 'user' | 'apiKey' | 'agent';
  credentialId: string;
  userId: string;
  name: string;
  email: string;
  /** Where a call goes that names no tenant; null when none was chosen. */
  tenantId: string | null;
  /** The tenant that a signed token says it is for (claim `tid`): a call that names another is not believed. */
  claimed?: string;
  memberships: readonly Membership[];
  permissionCap: readonly string[] | null;
  /** Of an API key: what it reaches at most, and who answers for the service account whose key it is. Of an agent: which it is, and how far it may go. */
  bounds?: Pick<Actor, 'scopeCap' | 'ownerId' | 'agent' | 'riskCap'>;
  /** Of an agent: the one address at which its token is good. */
  audience?: string;
  /** Of an API key: networks from which it is good; none for all. */
  cidrs?: readonly string[];
  endsAt: Date;
  /** What is answered from `endsAt` on. */
  whenOver: () => Problem;
  /** Of a person in a session. */
  proof?: Proof;
  /** Tenants in which nothing but enrolling a second factor is left to do. */
  limitedIn: readonly string[];
  /** How the session of a person began; tenants may ask for certain ways. */
  entry?: Entry;
}

const person = { userId: users.id, name: users.name, email: users.email, status: users.status };

function requireActive(status: string): void {
  if (status !== 'active') throw new Problem('account-suspended', 'This account is suspended. Ask whoever runs this installation.');
}

const holderQuery = (db: Database) =>
  prepared(db, 'session_holder', () =>
    db
      .select({ ...person, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, sql.placeholder('id')))
      .prepare('session_holder'),
  );

/**
 * Nothing but the word of one tenant's provider, for somebody who works for others too: its administrators could sign in as them and give
 * themselves a way into the other tenants. Their own proof is asked for what changes the account.
 */
const isVouchedElsewhere = ({ amr }: Pick<StoredSession, 'amr'>, { way, ofTenant }: Entry, mine: readonly Membership[]): boolean =>
  way === 'oidc' && amr.every((one) => one === 'fed' || one === 'mfa') && mine.some(({ tenantId }) => tenantId !== ofTenant);

/** The person behind a live session, with what they could prove themselves with. */
export async function sessionHolder(
  db: Database,
  session: StoredSession,
  { memberships, factors }: { memberships: Memberships; factors: SecondFactors },
  at: Date,
): Promise<Holder> {
  // Together, in one packet and back: this is asked of every session every five seconds.
  const [[row], enrolled, mine, byRoles, entry] = await Promise.all([
    holderQuery(db).execute({ id: session.userId }),
    factors.enrolled(db, session.userId),
    memberships.of(db, session.userId),
    factors.demandedByRoles(db, session.userId),
    entryOf(db, session),
  ]);
  if (!row) throw new Problem('unauthenticated', 'The account of this session is gone.');
  const { status, passwordHash, ...who } = row;
  requireActive(status);
  return {
    kind: 'user',
    credentialId: session.id,
    ...who,
    tenantId: session.tenantId,
    memberships: mine,
    entry,
    permissionCap: null,
    endsAt: session.idleExpiresAt,
    whenOver: () => new Problem('session-expired', 'This session is over. Sign in again.'),
    // Who has a second factor proves that one: the password may be what was stolen.
    proof: {
      at: isVouchedElsewhere(session, entry, mine) ? new Date(0) : session.provenAt,
      level: session.level,
      factors: enrolled.length > 0 || passwordHash === null ? enrolled : ['password'],
      methods: session.amr,
    },
    // A provider that is trusted for it has asked for two factors already.
    limitedIn: enrolled.length > 0 || session.level === 2 ? [] : factors.overdue(mine, byRoles, at),
  };
}

export async function keyHolder(
  db: Database,
  presented: Presented & { kind: 'key' },
  memberships: Memberships,
  { at, ip }: { at: Date; ip: string | null },
): Promise<Holder | undefined> {
  const [row] = await db
    .select({ ...person, userKind: users.kind, ownerId: serviceAccounts.ownerId, key: apiKeys })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, apiKeys.userId))
    .where(eq(apiKeys.publicId, presented.publicId));
  if (!row || !sameHash(row.key.keyHash, presented.hash)) return undefined;
  const { key, status, userKind, ownerId, ...who } = row;
  if (key.revokedAt) throw new Problem('unauthenticated', `The API key "${key.name}" was revoked. Make a new one.`);
  if (key.expiresAt <= at) throw new Problem('unauthenticated', `The API key "${key.name}" has expired. Make a new one.`);
  requireActive(status);
  if (userKind === 'service' && !(await isAnsweredFor(db, memberships, key.tenantId, ownerId)))
    throw new Problem('unauthenticated', `Nobody who is an active member answers for ${who.name}. Have an administrator name somebody.`);
  // A key that is tried from where it is not good has not been used.
  if (isFrom(ip, key.cidrs) && isTouchDue(key.lastUsedAt, at, KEYS.touchedEvery))
    await db.update(apiKeys).set({ lastUsedAt: at, lastUsedIp: ip }).where(eq(apiKeys.id, key.id));
  const there = (await memberships.of(db, who.userId)).filter((membership) => membership.tenantId === key.tenantId);
  return {
    kind: 'apiKey',
    credentialId: key.id,
    ...who,
    tenantId: key.tenantId,
    memberships: there,
    permissionCap: key.permissions,
    cidrs: key.cidrs,
    bounds: { ...(key.scope ? { scopeCap: key.scope } : {}), ...(ownerId ? { ownerId } : {}) },
    endsAt: key.expiresAt,
    whenOver: () => new Problem('unauthenticated', `The API key "${key.name}" has expired. Make a new one.`),
    limitedIn: [],
  };
}
