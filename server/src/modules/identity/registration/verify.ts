import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { personByEmail } from '../people.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import { sameHash } from '../tokens.ts';
import { createActivate, type Found, type Good } from './activate.ts';
import type { RegistrationDeps } from './deps.ts';
import { finisherOf, openFinish } from './finish.ts';
import { findVerification, openVerification, tryCode } from './links.ts';
import type { Chosen, From, Proof, Verified } from './port.ts';
import { evenly, spent } from './quota.ts';
import { inTurnFor } from './signup.ts';
import { requireStrong, requireUnleaked } from './strength.ts';
import { signups } from './tables.ts';

type Person = typeof users.$inferSelect;

export const linkInvalid = (): Problem =>
  new Problem('link-invalid', 'The link or code is not good any more: it is unknown, used, too old, or was tried too often. Ask for a new one.');

/** Whose proof it is. A wrong code counts, so what is found here is committed in any case. */
async function ownerOf(deps: RegistrationDeps, db: Database, proof: Proof, at: Date): Promise<string | undefined> {
  if ('token' in proof) return finisherOf(deps.keyed, proof.token, at) ?? (await findVerification(db, proof.token, at))?.userId;
  const person = await personByEmail(db, proof.email);
  return person?.status === 'pending' ? (await tryCode(db, person.id, proof.code, deps.keyed, at))?.userId : undefined;
}

async function found(db: Database, userId: string, browser: string | undefined): Promise<Found | undefined> {
  const [person] = await db.select().from(users).where(and(eq(users.id, userId), eq(users.status, 'pending'))); // prettier-ignore
  const [signup] = await db.select().from(signups).where(eq(signups.userId, userId));
  return person && { person, isHere: signup !== undefined && browser !== undefined && sameHash(signup.browserHash, sha256(browser)) };
}

export function createVerify(deps: RegistrationDeps) {
  const { databases, now, passwords, breaches, keyed, latecomers } = deps;
  const activate = createActivate(deps);

  /** Computes for a while, so no transaction is open meanwhile. */
  async function good({ email, name }: Person, chosen: Chosen, at: Date): Promise<Good> {
    const called = chosen.name ?? name;
    requireStrong(chosen.password, [email, called]);
    const passwordCheckedAt = await requireUnleaked(breaches, chosen.password, at);
    const hash = await passwords.hash(chosen.password);
    return { hash, columns: { name: called, passwordHash: hash, passwordChangedAt: at, passwordCheckedAt } };
  }

  return async (proof: Proof, browser: string | undefined, from: From, chosen?: Chosen): Promise<Verified> => {
    const at = now();
    if (chosen) requireStrong(chosen.password, []); // what no link makes good is told before a try is counted
    const proven = await databases.platform('verify address', async (db) => {
      const refusal = await spent(db, [{ limit: 'verifyNetwork', subject: networkOf(from.ip) }], at);
      if (refusal) return refusal;
      const userId = await ownerOf(deps, db, proof, at);
      return (userId && (await found(db, userId, browser))) || linkInvalid();
    });
    if (proven instanceof Problem) throw proven;
    const { person, isHere } = proven;
    // Elsewhere nobody knows who signed up. The password of a stranger must never become that of the owner of the address.
    if (!isHere && !chosen) return { status: 'password-required', ...openFinish(keyed, person.id, at), email: person.email, name: person.name };
    const password = chosen && (await good(person, chosen, at));
    const stored = await databases.platform('verify address', (db) => activate(db, proven, password, from, at));
    if (!stored) throw linkInvalid();
    if (stored.rightsChanged) latecomers.rightsChanged();
    return stored.verified;
  };
}

/** Another mail for an account that is still pending; nothing for any other address. */
export function createResend({ databases, now, mail, links, keyed, floorMs }: RegistrationDeps) {
  return async (address: string, { ip }: From): Promise<void> => {
    const at = now();
    const email = normalEmail(address);
    const counters = [
      { limit: 'resendPause', subject: email },
      { limit: 'resend', subject: email },
      { limit: 'resendNetwork', subject: networkOf(ip) },
    ] as const;
    const refusal = await databases.platform('resend verification', (db) => spent(db, counters, at));
    if (refusal) throw refusal;
    await evenly(floorMs, () =>
      databases.platform('resend verification', async (db) => {
        await inTurnFor(db, email);
        const person = await personByEmail(db, email);
        if (person?.status !== 'pending') return;
        const { token, code } = await openVerification(db, { userId: person.id, sentTo: email }, keyed, at);
        const data = { name: person.name, link: links('verify', token), code };
        await mail.send(db, { to: email, template: 'verify-email', data, locale: person.locale });
      }),
    );
  };
}
