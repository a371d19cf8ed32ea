import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { passkeys } from '../factors/tables.ts';
import { users } from '../tables.ts';
import { oauthAccounts } from './tables.ts';
import type { Assertion } from './types.ts';

export type AccountRow = typeof oauthAccounts.$inferSelect;
/** platform.md 19. */
const MAX_LINKED = 10;

const accountsOf = (db: Database, userId: string): Promise<AccountRow[]> =>
  db.select().from(oauthAccounts).where(eq(oauthAccounts.userId, userId)).orderBy(oauthAccounts.linkedAt);

/** Callbacks of one identity take turns, also across processes: two at once make one account. */
export async function accountOf(db: Database, { issuer, subject }: Pick<Assertion, 'issuer' | 'subject'>): Promise<AccountRow | undefined> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identity:${issuer} ${subject}`}, 0))`);
  const [row] = await db
    .select()
    .from(oauthAccounts)
    .where(and(eq(oauthAccounts.issuer, issuer), eq(oauthAccounts.subject, subject)));
  return row;
}

const elsewhere = (): Problem =>
  new Problem('identity-already-linked', 'This identity belongs to another account here, or you are linked with another one of this provider.');

/** Throws `identity-already-linked` or `identity-limit-reached`. */
export async function attach(db: Database, userId: string, provider: string, assertion: Assertion, at: Date): Promise<void> {
  const linked = await accountsOf(db, userId);
  if (linked.some((row) => row.issuer === assertion.issuer)) throw elsewhere();
  if (linked.length >= MAX_LINKED) throw new Problem('identity-limit-reached', `An account can be linked with ${MAX_LINKED} identities.`);
  const { issuer, subject, email, kept } = assertion;
  try {
    await db.insert(oauthAccounts).values({ id: newId(), userId, provider, issuer, subject, email, claims: kept, linkedAt: at, lastUsedAt: at });
  } catch (error) {
    if (isUniqueViolation(error)) throw elsewhere();
    throw error;
  }
}

/** The provider's newest word about an identity; the person's own profile stays as they keep it. */
export async function used(db: Database, account: AccountRow, { email, kept }: Assertion, at: Date): Promise<void> {
  await db.update(oauthAccounts).set({ email, claims: kept, lastUsedAt: at }).where(eq(oauthAccounts.id, account.id));
}

/** Ways in besides the given provider: a password, passkeys, other identities. */
async function otherWays(db: Database, userId: string, provider: string, linked: readonly AccountRow[]): Promise<number> {
  const [person] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
  const keys = await db.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId)).limit(1);
  return (person?.hash ? 1 : 0) + keys.length + linked.filter((row) => row.provider !== provider).length;
}

/** Linked identities of a person, each with whether it is the only way in. */
export async function shownAccounts(db: Database, userId: string): Promise<(AccountRow & { onlyMethod: boolean })[]> {
  const linked = await accountsOf(db, userId);
  return Promise.all(linked.map(async (row) => ({ ...row, onlyMethod: (await otherWays(db, userId, row.provider, linked)) === 0 })));
}

/** Throws `not-found` or `last-sign-in-method`. The person's row is held, so that two unlinks at once cannot take both ways in. */
export async function detach(db: Database, userId: string, provider: string): Promise<AccountRow[]> {
  await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
  const linked = await accountsOf(db, userId);
  const meant = linked.filter((row) => row.provider === provider);
  if (meant.length === 0) throw new Problem('not-found', 'You are not linked with this provider.');
  if ((await otherWays(db, userId, provider, linked)) === 0)
    throw new Problem('last-sign-in-method', 'This is your only way in. Set a password, add a passkey or link another identity first.');
  await db.delete(oauthAccounts).where(and(eq(oauthAccounts.userId, userId), eq(oauthAccounts.provider, provider)));
  return meant;
}
