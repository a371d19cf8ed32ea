import { and, eq } from 'drizzle-orm';
import type { Database } from '#kernel/database.ts';
import { sha256 } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { oauthAccounts } from '../federation/tables.ts';
import { personByEmail } from '../people.ts';
import { record } from '../profile/activity.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import { sameHash } from '../tokens.ts';
import type { RegistrationDeps } from './deps.ts';
import { openVerification, takeVerification, tryCode, voidVerifications } from './links.ts';
import type { From, Proof, Verified } from './port.ts';
import { evenly, spent } from './quota.ts';
import { inTurnFor } from './signup.ts';
import { signups } from './tables.ts';

export const linkInvalid = (): Problem =>
  new Problem('link-invalid', 'The link or code is not good any more: it is unknown, used, too old, or was tried too often. Ask for a new one.');

/** Whose proof it is. A wrong code counts, so what is found here is committed in any case. */
async function ownerOf(deps: RegistrationDeps, db: Database, proof: Proof, at: Date): Promise<string | undefined> {
  if ('token' in proof) return (await takeVerification(db, proof.token, at))?.userId;
  const person = await personByEmail(db, proof.email);
  return person?.status === 'pending' ? (await tryCode(db, person.id, proof.code, deps.keyed, at))?.userId : undefined;
}

export function createVerify(deps: RegistrationDeps) {
  const { databases, now, tenancies, conclude } = deps;

  /** The account begins to count; the tenant that it was made for is founded with it. */
  async function activate(db: Database, userId: string, browser: string | undefined, { ip, agent }: From, at: Date): Promise<Verified | undefined> {
    const [person] = await db
      .update(users)
      .set({ status: 'active', emailVerifiedAt: at, updatedAt: at })
      .where(and(eq(users.id, userId), eq(users.status, 'pending')))
      .returning();
    if (!person) return undefined;
    await voidVerifications(db, userId, at);
    await record(db, { userId, kind: 'user.verified', ip, agent, detail: { by: 'mail' } }, at);
    const [signup] = await db.delete(signups).where(eq(signups.userId, userId)).returning();
    if (signup?.tenantName) await tenancies.found(db, signup.tenantName, person, at);
    const { email } = person;
    const isSameBrowser = signup !== undefined && browser !== undefined && sameHash(signup.browserHash, sha256(browser));
    if (!isSameBrowser) {
      // An identity at a provider may hang on the account of whoever named this address there without having it: the owner of the
      // address must not confirm a stranger's way in.
      await db.delete(oauthAccounts).where(eq(oauthAccounts.userId, userId));
      return { status: 'verified', email };
    }
    // The browser proved the first factor a moment ago; the mail shows nothing that a second factor would.
    const first = person.passwordHash === null ? ('fed' as const) : ('pwd' as const);
    return { email, ...(await conclude(db, { userId, amr: [first, 'email'], level: 1 }, { kind: 'cookie', ip, agent }, at)) };
  }

  return async (proof: Proof, browser: string | undefined, from: From): Promise<Verified> => {
    const at = now();
    const outcome = await databases.platform('verify address', async (db) => {
      const refusal = await spent(db, [{ limit: 'verifyNetwork', subject: networkOf(from.ip) }], at);
      if (refusal) return refusal;
      const userId = await ownerOf(deps, db, proof, at);
      return (userId && (await activate(db, userId, browser, from, at))) || linkInvalid();
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
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
