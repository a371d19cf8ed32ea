import type { Database } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { and, asc, count, eq, lt, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { FACTORS } from './rules.ts';
import { passkeys } from './tables.ts';
import type { Asserted, NewPasskey } from './webauthn.ts';

export type Passkey = typeof passkeys.$inferSelect;

const ofPerson = (userId: string, id: string) => and(eq(passkeys.userId, userId), eq(passkeys.id, id));

export const passkeysOf = (db: Database, userId: string): Promise<Passkey[]> =>
  db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt)); // prettier-ignore

export async function passkeyByCredential(db: Database, credentialId: string): Promise<Passkey | undefined> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId));
  return row;
}

/** The caller holds the person's row, so that the count holds. Throws `passkey-limit-reached`, or `passkey-known` when somebody has it already. */
export async function addPasskey(db: Database, userId: string, label: string, made: NewPasskey, at: Date): Promise<Passkey> {
  const [have] = await db.select({ count: count() }).from(passkeys).where(eq(passkeys.userId, userId));
  if (have!.count >= FACTORS.passkeys.perPerson)
    throw new Problem('passkey-limit-reached', `You have ${have!.count} passkeys, and that is the most. Remove one that you no longer use.`);
  const row = { id: newId(), userId, label, ...made, createdAt: at, lastUsedAt: null };
  try {
    await db.insert(passkeys).values(row);
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_credential_id_key'))
      throw new Problem('passkey-known', 'This passkey is in use already. Choose another device.');
    throw error;
  }
  return row;
}

/**
 * Takes note of a use. False when the counter did not move on: then there is a second copy of the key (WebAuthn 7.2, step 22). One that
 * always says 0 keeps no counter.
 */
export async function notePasskeyUse(db: Database, id: string, { counter, backedUp }: Asserted, at: Date): Promise<boolean> {
  const keepsNone = counter === 0 ? eq(passkeys.counter, 0) : undefined;
  const used = await db
    .update(passkeys)
    .set({ counter, backedUp, lastUsedAt: at })
    .where(and(eq(passkeys.id, id), or(lt(passkeys.counter, counter), keepsNone)));
  return used.rowCount === 1;
}

export async function renamePasskey(db: Database, userId: string, id: string, label: string): Promise<Passkey | undefined> {
  const [row] = await db.update(passkeys).set({ label }).where(ofPerson(userId, id)).returning();
  return row;
}

export async function removePasskey(db: Database, userId: string, id: string): Promise<Passkey | undefined> {
  const [row] = await db.delete(passkeys).where(ofPerson(userId, id)).returning();
  return row;
}
