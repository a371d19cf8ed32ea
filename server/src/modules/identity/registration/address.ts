import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { personByEmail } from '../people.ts';
import { users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import { voidLinks, voidResets } from './links.ts';
import { inTurnFor } from './signup.ts';

type Person = typeof users.$inferSelect;

/** A pending row holds no address against who has shown that it is theirs. */
async function clearPending(db: Database, email: string): Promise<void> {
  await inTurnFor(db, email);
  const holder = await personByEmail(db, email);
  if (holder?.status === 'pending') await db.delete(users).where(eq(users.id, holder.id));
}

/** Gives an account another address, which its owner has shown to be theirs. Violates `users_email` when somebody else has it. */
export async function moveAddress({ directory }: Pick<RegistrationDeps, 'directory'>, db: Database, person: Person, email: string, at: Date): Promise<void> {
  await clearPending(db, email);
  const version = person.version + 1;
  await db.update(users).set({ email, emailVerifiedAt: at, version, updatedAt: at }).where(eq(users.id, person.id));
  await directory.update(db, person.id, { email });
  await voidResets(db, person.id, at); // they went to the other address
  await voidLinks(db, person.id, 'email-confirm', at);
} // prettier-ignore
