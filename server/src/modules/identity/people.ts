import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { eq, sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import type { Passwords } from './passwords.ts';
import { remember } from './registration/history.ts';
import { Email } from './registration/schemas.ts';
import { requireStrong } from './registration/strength.ts';
import { normalEmail } from './rules.ts';
import { endAllSessions } from './sessions/postgres.ts';
import { users } from './tables.ts';

export interface NewPerson {
  email: string;
  name: string;
  password: string;
  /** Names that the password must not lean on, besides the person's own: the tenant's. */
  context?: readonly string[];
}

export const personByEmail = async (db: Database, email: string): Promise<typeof users.$inferSelect | undefined> =>
  (
    await db
      .select()
      .from(users)
      .where(eq(sql`lower(${users.email})`, normalEmail(email)))
  )[0];

/** Runs as the platform. Throws `email-taken` and what `requireStrong` throws. */
export async function createPerson(
  db: Database,
  passwords: Passwords,
  wanted: NewPerson,
  at: Date,
): Promise<{ id: string; email: string; name: string }> {
  const email = normalEmail(wanted.email);
  const name = wanted.name.trim();
  if (!Email.safeParse(email).success)
    throw new Problem('validation-failed', `"${wanted.email}" is not an e-mail address.`, {
      errors: [{ pointer: '/email', message: 'Not an e-mail address' }],
    });
  if (name.length < 1 || name.length > 100)
    throw new Problem('validation-failed', 'The name has to have 1 to 100 characters.', {
      errors: [{ pointer: '/name', message: '1 to 100 characters' }],
    });
  requireStrong(wanted.password, [email, name, ...(wanted.context ?? [])]);
  const id = newId();
  const passwordHash = await passwords.hash(wanted.password);
  try {
    await db.insert(users).values({ id, email, name, passwordHash, passwordChangedAt: at, emailVerifiedAt: at });
  } catch (error) {
    if (isUniqueViolation(error, 'users_email')) throw new Problem('email-taken', `There is already an account with the address ${email}.`);
    throw error;
  }
  await remember(db, id, passwordHash, at);
  return { id, email, name };
}

/** Sets a password and ends every session of the person. Runs as the platform. */
export async function setPassword(
  db: Database,
  passwords: Passwords,
  person: { id: string; email: string; name: string },
  password: string,
  at: Date,
): Promise<void> {
  requireStrong(password, [person.email, person.name]);
  const passwordHash = await passwords.hash(password);
  await db.update(users).set({ passwordHash, passwordChangedAt: at, passwordCheckedAt: null, updatedAt: at }).where(eq(users.id, person.id));
  await remember(db, person.id, passwordHash, at);
  await endAllSessions(db, person.id, 'password', at);
}
