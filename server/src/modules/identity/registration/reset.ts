import type { Database } from '#kernel/database.ts';
import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { personByEmail } from '../people.ts';
import { record } from '../profile/activity.ts';
import { circumstances } from '../profile/circumstances.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import { forgetTries } from '../throttle.ts';
import type { RegistrationDeps } from './deps.ts';
import { openReset, takeReset, tryReset } from './links.ts';
import type { From } from './port.ts';
import { evenly, spent } from './quota.ts';
import { judged, setSecret } from './secrets.ts';
import { requireStrong } from './strength.ts';
import { linkInvalid } from './verify.ts';

type Person = typeof users.$inferSelect;

/** A reset link by mail, for an account that can use one. */
export async function mailReset(
  { mail, links }: Pick<RegistrationDeps, 'mail' | 'links'>,
  db: Database,
  person: Pick<Person, 'id' | 'email' | 'name' | 'locale'>,
  at: Date,
): Promise<void> {
  const token = await openReset(db, { userId: person.id, sentTo: person.email }, at);
  const data = { name: person.name, link: links('reset', token), minutes: '30' };
  await mail.send(db, { to: person.email, template: 'reset-password', data, locale: person.locale });
}

export function createForgot(deps: RegistrationDeps) {
  const { databases, now, floorMs } = deps;
  return async (address: string, { ip, agent }: From): Promise<void> => {
    const at = now();
    const email = normalEmail(address);
    const refusal = await databases.platform('forgot password', (db) => spent(db, [{ limit: 'forgotNetwork', subject: networkOf(ip) }], at));
    if (refusal) throw refusal;
    await evenly(floorMs, () =>
      databases.platform('forgot password', async (db) => {
        // The limit of an address is kept silently: a refusal would tell that somebody else has been asking.
        if (await spent(db, [{ limit: 'forgot', subject: email }], at)) return;
        const person = await personByEmail(db, email);
        if (person?.status !== 'active' || person.kind !== 'person') return;
        await mailReset(deps, db, person, at);
        await record(db, { userId: person.id, kind: 'auth.password_reset_requested', ip, agent }, at);
      }),
    );
  };
}

export function createReset(deps: RegistrationDeps) {
  const { databases, now, mail, links, endings } = deps;

  /** Counts the use of the link before anything is computed. */
  async function begun(token: string, ip: string | null, at: Date): Promise<{ id: string; person: Person }> {
    const outcome = await databases.platform('reset password', async (db) => {
      const refusal = await spent(db, [{ limit: 'resetNetwork', subject: networkOf(ip) }], at);
      if (refusal) return refusal;
      const found = await tryReset(db, token, at);
      const [person] = found ? await db.select().from(users).where(eq(users.id, found.userId)) : [];
      // A link that went to an address which is no longer the account's opens nothing.
      return found && person?.status === 'active' && person.email === found.sentTo ? { id: found.id, person } : linkInvalid();
    });
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  }

  return async (token: string, password: string, from: From): Promise<void> => {
    const at = now();
    requireStrong(password, []); // what no link makes good is told before a use of it is counted
    const { id, person } = await begun(token, from.ip, at);
    const good = await judged(deps, person, password, at);
    await databases.platform('reset password', async (db) => {
      if (!(await takeReset(db, { id, userId: person.id }, at))) throw linkInvalid();
      if (!(await setSecret(db, deps, { userId: person.id }, good, at))) throw linkInvalid();
      await forgetTries(db, [{ limit: 'address', subject: person.email }], at);
      await record(db, { userId: person.id, kind: 'auth.password_reset', ip: from.ip, agent: from.agent }, at);
      const data = { name: person.name, link: links('forgot'), ...circumstances(from, at) };
      await mail.send(db, { to: person.email, template: 'password-changed', data, locale: person.locale });
    });
    await endings.sessions(person.id, 'password');
  };
}
