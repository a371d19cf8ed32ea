import type { Database } from '#kernel/database.ts';
import { and, desc, eq, notInArray } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Passwords } from '../passwords.ts';
import { users } from '../tables.ts';
import { passwordHistory } from './tables.ts';

/** Passwords that may not come back (platform.md 19). */
const REMEMBERED = 5;

/** Keeps the hash of a password that is being set, and the four before it. */
export async function remember(db: Database, userId: string, hash: string, at: Date): Promise<void> {
  await db.insert(passwordHistory).values({ id: newId(), userId, passwordHash: hash, createdAt: at });
  const kept = await newest(db, userId);
  await db.delete(passwordHistory).where(and(eq(passwordHistory.userId, userId), notInArray(passwordHistory.id, kept.map((row) => row.id)))); // prettier-ignore
}

/** The first password of an account: whatever was there before was never its own. */
export async function begin(db: Database, userId: string, hash: string, at: Date): Promise<void> {
  await db.delete(passwordHistory).where(eq(passwordHistory.userId, userId));
  await remember(db, userId, hash, at);
}

const newest = (db: Database, userId: string) =>
  db
    .select({ id: passwordHistory.id, hash: passwordHistory.passwordHash })
    .from(passwordHistory)
    .where(eq(passwordHistory.userId, userId))
    .orderBy(desc(passwordHistory.createdAt), desc(passwordHistory.id))
    .limit(REMEMBERED);

/** Hashes of the last five passwords, with the one in use: accounts older than the history have it nowhere else. */
export async function recentHashes(db: Database, userId: string): Promise<string[]> {
  const [person] = await db.select({ hash: users.passwordHash }).from(users).where(eq(users.id, userId));
  const hashes = (await newest(db, userId)).map((row) => row.hash);
  return [...new Set([...(person?.hash ? [person.hash] : []), ...hashes])].slice(0, REMEMBERED);
}

/** Throws `password-reused`. One argon2 computation for each hash, so it is done outside every transaction. */
export async function requireNew(passwords: Passwords, hashes: readonly string[], password: string): Promise<void> {
  for (const hash of hashes)
    if (await passwords.verify(hash, password))
      throw new Problem('password-reused', `This is one of your last ${REMEMBERED} passwords. Choose one that you have not used here.`, {
        errors: [{ pointer: '/password', message: 'Used before' }],
      });
}
