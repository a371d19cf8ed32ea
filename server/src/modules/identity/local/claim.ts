import { NO_TENANT } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { prepared } from '#kernel/prepared.ts';
import { Problem } from '#kernel/problem.ts';
import type { Membership, SignIn } from '../providers/port.ts';
import { normalEmail } from '../rules.ts';
import type { Arrival } from '../sessions/types.ts';
import { users } from '../tables.ts';
import { normalUsername } from './rules.ts';
import { localCredentials } from './tables.ts';

/** What sign-in has to know of who comes, and no more: each column of an answer is named to us each time. */
const PERSON = {
  id: users.id,
  email: users.email,
  name: users.name,
  status: users.status,
  kind: users.kind,
  locale: users.locale,
  passwordHash: users.passwordHash,
  passwordCheckedAt: users.passwordCheckedAt,
  lastTenantId: users.lastTenantId,
};
const CREDENTIAL = { userId: localCredentials.userId, tenantId: localCredentials.tenantId, enabled: localCredentials.enabled };
export type Claimant = Pick<typeof users.$inferSelect, keyof typeof PERSON>;
type Credential = Pick<typeof localCredentials.$inferSelect, keyof typeof CREDENTIAL>;

/** Who a sign-in says it is. */
export interface Claim {
  person: Claimant | undefined;
  /** What tries are counted for: one budget for an account, whether it is named by its address or by its username. */
  subject: string;
  /** The local account that goes with the person; its password is the person's. */
  credential: Credential | undefined;
  /** A username means its tenant. */
  arrival: Arrival;
}

/** The id of a tenant by slug or id; module tenancy knows. */
export type TenantIdOf = (db: Database, tenant: string) => Promise<string | undefined>;

async function byUsername(db: Database, username: string, arrival: Arrival, tenantIdOf: TenantIdOf): Promise<Claim> {
  const tenantId = arrival.tenant === undefined ? undefined : ((await tenantIdOf(db, arrival.tenant)) ?? NO_TENANT);
  const found = await db
    .select({ person: PERSON, credential: CREDENTIAL })
    .from(localCredentials)
    .innerJoin(users, eq(users.id, localCredentials.userId))
    .where(and(eq(localCredentials.username, username), tenantId === undefined ? undefined : eq(localCredentials.tenantId, tenantId)))
    .limit(2);
  // Of two people with one name in two tenants neither is meant, unless the tenant is named.
  const only = found.length === 1 ? found[0] : undefined;
  const subject = only ? normalEmail(only.person.email) : `${username} ${tenantId ?? ''}`;
  return { person: only?.person, credential: only?.credential, subject, arrival: only ? { ...arrival, tenant: only.credential.tenantId } : arrival };
}

const byEmail = (db: Database) =>
  prepared(db, 'claim_by_email', () =>
    db
      .select({ person: PERSON, credential: CREDENTIAL })
      .from(users)
      .leftJoin(localCredentials, eq(localCredentials.userId, users.id))
      .where(eq(sql`lower(${users.email})`, sql.placeholder('email')))
      .limit(1)
      .prepare('claim_by_email'),
  );

/** Runs as the platform, with as many queries for nobody as for somebody. */
export async function claimOf(db: Database, { email, username, arrival }: SignIn, tenantIdOf: TenantIdOf): Promise<Claim> {
  if (username !== undefined) return byUsername(db, normalUsername(username), arrival, tenantIdOf);
  const subject = normalEmail(email);
  const [found] = await byEmail(db).execute({ email: subject });
  return { person: found?.person, credential: found?.credential ?? undefined, subject, arrival };
}

/** Said only to who knows the password. Throws `credential-disabled` or `local-auth-disabled`. */
export function requireUsable({ credential }: Claim, { username }: SignIn, tenants: readonly Membership[]): void {
  if (credential?.enabled === false)
    throw new Problem('credential-disabled', 'The password of this account is switched off. Ask whoever runs this installation.');
  const home = username === undefined ? undefined : tenants.find(({ tenantId }) => tenantId === credential?.tenantId);
  if (home && (home.ssoEnforced || !home.allowedSignIn.includes('password')))
    throw new Problem('local-auth-disabled', `${home.name} lets nobody sign in with a local account.`);
}

export const noteLogin = async (db: Database, { credential }: Claim, at: Date): Promise<void> => {
  if (credential) await db.update(localCredentials).set({ lastLoginAt: at }).where(eq(localCredentials.userId, credential.userId));
};
