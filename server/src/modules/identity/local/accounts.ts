import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { Passwords } from '../passwords.ts';
import { createPerson, setPassword } from '../people.ts';
import { passwordHistory } from '../registration/tables.ts';
import { users } from '../tables.ts';
import { normalUsername } from './rules.ts';
import { localCredentials } from './tables.ts';

/** Top-level domain of which no mail is ever sent (RFC 2606): the address of accounts that have none. */
const NOWHERE = 'invalid';
const addressless = (username: string, tenantId: string): string => `${username}@${tenantId}.${NOWHERE}`;
/** The address for people to see: null for one that only fills the column. */
export const realAddress = (email: string): string | null => (email.endsWith(`.${NOWHERE}`) ? null : email);

export interface NewLocalAccount {
  username: string;
  password: string;
  fullName: string | undefined;
  email: string | undefined;
}

export interface LocalAccount {
  id: string;
  username: string;
  name: string;
  email: string;
  enabled: boolean;
  lastLoginAt: Date | null;
  createdAt: Date;
}

/** Makes the person and joins them to the tenant; module tenancy does the second. */
export type Join = (db: Database, tenantId: string, person: { id: string; email: string; name: string }, at: Date) => Promise<void>;

const columns = {
  id: users.id, username: localCredentials.username, name: users.name, email: users.email, enabled: localCredentials.enabled,
  lastLoginAt: localCredentials.lastLoginAt, createdAt: localCredentials.createdAt,
}; // prettier-ignore

export async function findLocal(db: Database, tenantId: string, username: string): Promise<LocalAccount | undefined> {
  const [found] = await db
    .select(columns)
    .from(localCredentials)
    .innerJoin(users, eq(users.id, localCredentials.userId))
    .where(and(eq(localCredentials.tenantId, tenantId), eq(localCredentials.username, normalUsername(username))));
  return found;
}

export const listLocal = (db: Database, tenantId: string): Promise<LocalAccount[]> =>
  db
    .select(columns)
    .from(localCredentials)
    .innerJoin(users, eq(users.id, localCredentials.userId))
    .where(eq(localCredentials.tenantId, tenantId))
    .orderBy(asc(localCredentials.username));

/** Runs as the platform. Throws `username-taken`, `email-taken`, `password-too-short`, `password-compromised` or `validation-failed`. */
export async function createLocal(
  db: Database,
  { passwords, join }: { passwords: Passwords; join: Join },
  tenant: { id: string; name: string },
  { username, password, fullName, email }: NewLocalAccount,
  at: Date,
): Promise<LocalAccount> {
  const taken = (): Problem =>
    new Problem('username-taken', `There is already a local account "${username}" in ${tenant.name}. Nothing was changed.`);
  if (await findLocal(db, tenant.id, username)) throw taken();
  const wanted = { email: email ?? addressless(username, tenant.id), name: fullName ?? username, password, context: [tenant.name, username] };
  const person = await createPerson(db, passwords, wanted, at);
  await join(db, tenant.id, person, at);
  try {
    await db.insert(localCredentials).values({ userId: person.id, tenantId: tenant.id, username, createdAt: at, updatedAt: at });
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error;
  }
  return { ...person, username, enabled: true, lastLoginAt: null, createdAt: at };
}

export interface LocalChanges {
  password?: string | undefined;
  enabled?: boolean | undefined;
  fullName?: string | undefined;
  email?: string | undefined;
}

/** Only what is named changes: a new password does not switch a credential on. Runs as the platform; throws as `createLocal` does. */
export async function changeLocal(
  db: Database,
  passwords: Passwords,
  account: LocalAccount,
  { password, enabled, fullName, email }: LocalChanges,
  at: Date,
): Promise<LocalAccount> {
  const person = { ...account, name: fullName ?? account.name, email: email ?? account.email };
  if (fullName !== undefined || email !== undefined) {
    try {
      await db.update(users).set({ name: person.name, email: person.email, updatedAt: at }).where(eq(users.id, account.id));
    } catch (error) {
      if (isUniqueViolation(error, 'users_email')) throw new Problem('email-taken', `There is already an account with the address ${person.email}.`);
      throw error;
    }
  }
  if (password !== undefined) await setPassword(db, passwords, person, password, at);
  if (enabled !== undefined) await db.update(localCredentials).set({ enabled, updatedAt: at }).where(eq(localCredentials.userId, account.id));
  return { ...person, enabled: enabled ?? account.enabled };
}

/**
 * Ends the account. With `person` nothing else is theirs: the row stays, without name, address or password, since audit entries refer
 * to it. Memberships are for the caller to end.
 */
export async function eraseLocal(db: Database, { id }: LocalAccount, { person }: { person: boolean }, at: Date): Promise<void> {
  await db.delete(localCredentials).where(eq(localCredentials.userId, id));
  await db.delete(passwordHistory).where(eq(passwordHistory.userId, id));
  const gone = { status: 'deleted', email: `${id}@deleted.${NOWHERE}`, name: 'Deleted account', givenName: null, familyName: null, anonymisedAt: at } as const; // prettier-ignore
  await db
    .update(users)
    .set({ passwordHash: null, updatedAt: at, ...(person ? gone : {}) })
    .where(eq(users.id, id));
}
