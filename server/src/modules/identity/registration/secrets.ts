import type { Database } from '#kernel/database.ts';
import { and, eq, isNull } from '#kernel/drizzle.ts';
import { users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import { recentHashes, remember, requireNew } from './history.ts';
import { voidResets } from './links.ts';
import { requireStrong, requireUnleaked } from './strength.ts';

interface PersonRef {
  id: string;
  email: string;
  name: string;
}
/** A password that was found good, and not set yet. */
export interface GoodPassword {
  hash: string;
  checkedAt: Date | null;
}

/** Everything a new password has to pass. Computes for a while, so no transaction is open meanwhile. */
export async function judged(
  { databases, passwords, breaches, policyFor }: Pick<RegistrationDeps, 'databases' | 'passwords' | 'breaches' | 'policyFor'>,
  person: PersonRef,
  password: string,
  at: Date,
): Promise<GoodPassword> {
  const { policy, hashes } = await databases.platform('judge password', async (db) => ({
    policy: await policyFor(db, person.id),
    hashes: await recentHashes(db, person.id),
  }));
  requireStrong(password, [person.email, person.name], policy);
  const checkedAt = await requireUnleaked(breaches, password, at);
  await requireNew(passwords, hashes, password);
  return { hash: await passwords.hash(password), checkedAt };
}

/**
 * Sets it, with what a new password ends inside our tables: open reset links and trusted devices. `was`: the hash it replaces, when
 * that must not have changed meanwhile. False when the account is not there any more, or that hash is not.
 */
export async function setSecret(
  db: Database,
  { endings }: Pick<RegistrationDeps, 'endings'>,
  { userId, was }: { userId: string; was?: string | null },
  { hash, checkedAt }: GoodPassword,
  at: Date,
): Promise<boolean> {
  const still = was === undefined ? undefined : was === null ? isNull(users.passwordHash) : eq(users.passwordHash, was);
  const { rowCount } = await db
    .update(users)
    .set({ passwordHash: hash, passwordChangedAt: at, passwordCheckedAt: checkedAt, updatedAt: at })
    .where(and(eq(users.id, userId), eq(users.status, 'active'), still));
  if (rowCount !== 1) return false;
  await remember(db, userId, hash, at);
  await voidResets(db, userId, at);
  await endings.devices(db, userId, at);
  return true;
}
