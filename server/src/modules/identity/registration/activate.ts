import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { oauthAccounts } from '../federation/tables.ts';
import { record } from '../profile/activity.ts';
import { users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import { begin } from './history.ts';
import { voidVerifications } from './links.ts';
import type { From, Verified } from './port.ts';
import { signups } from './tables.ts';

type Person = typeof users.$inferSelect;
/** A chosen password that was found good, as it is stored. */
export interface Good {
  hash: string;
  columns: Pick<Person, 'name' | 'passwordHash' | 'passwordChangedAt' | 'passwordCheckedAt'>;
}

/** A pending account whose address was just proven; `isHere`: in the browser that signed up. */
export interface Found {
  person: Person;
  isHere: boolean;
}

/** `rightsChanged`: to be told to every process, after the commit. */
interface Stored {
  verified: Verified;
  rightsChanged: boolean;
}

export function createActivate({ tenancies, conclude, latecomers }: Pick<RegistrationDeps, 'tenancies' | 'conclude' | 'latecomers'>) {
  /** The signed-in union for the browser that signed up, by what it signed up with. */
  async function enter(db: Database, person: Person, word: string | null, { ip, agent }: From, at: Date): Promise<Stored> {
    const { id: userId, email } = person;
    const arrival = { kind: 'cookie', ip, agent } as const;
    // The browser proved the first factor a moment ago; the mail shows nothing that a second factor would.
    if (person.passwordHash !== null)
      return { verified: { email, ...(await conclude(db, { userId, amr: ['pwd', 'email'], level: 1 }, arrival, at)) }, rightsChanged: false };
    const late = word === null ? undefined : await latecomers.welcome(db, person, word, at);
    if (!late) return { verified: { status: 'verified', email }, rightsChanged: false };
    return { verified: { email, ...(await conclude(db, late.first, arrival, at)) }, rightsChanged: late.rightsChanged };
  }

  /** The account begins to count; the tenant that it was made for is founded with it. Undefined when it is pending no more. */
  return async (db: Database, { person: { id }, isHere }: Found, chosen: Good | undefined, from: From, at: Date): Promise<Stored | undefined> => {
    const [person] = await db
      .update(users)
      .set({ status: 'active', emailVerifiedAt: at, updatedAt: at, ...chosen?.columns })
      .where(and(eq(users.id, id), eq(users.status, 'pending')))
      .returning();
    if (!person) return undefined;
    await voidVerifications(db, id, at);
    await record(db, { userId: id, kind: 'user.verified', ...from, detail: { by: 'mail' } }, at);
    if (chosen) await begin(db, id, chosen.hash, at);
    const [signup] = await db.delete(signups).where(eq(signups.userId, id)).returning();
    if (signup?.tenantName) await tenancies.found(db, signup.tenantName, person, at);
    if (isHere) return enter(db, person, signup?.wordSealed ?? null, from, at);
    // An identity at a provider may hang on the account of whoever named this address there without having it: the owner of the
    // address must not confirm a stranger's way in.
    await db.delete(oauthAccounts).where(eq(oauthAccounts.userId, id));
    return { verified: { status: 'verified', email: person.email }, rightsChanged: false };
  };
}
