import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { networkOf } from '../network.ts';
import { record } from '../profile/activity.ts';
import { users } from '../tables.ts';
import { forgetTries } from '../throttle.ts';
import type { RegistrationDeps } from './deps.ts';
import { moveAddress } from './address.ts';
import { canUndoTo, sentAtOf, takeLink, type Purpose } from './links.ts';
import type { From } from './port.ts';
import { spent } from './quota.ts';
import { seize } from './seizure.ts';
import type { mailLinks } from './tables.ts';
import { linkInvalid } from './verify.ts';
import type { Database } from '#kernel/database.ts';

type Person = typeof users.$inferSelect;

/** Uses a link of a mail up, in one transaction with what it does. Throws `link-invalid` or `rate-limited`. */
export async function throughLink<T>(
  { databases, now }: Pick<RegistrationDeps, 'databases' | 'now'>,
  purpose: Purpose,
  token: string,
  { ip }: From,
  act: (db: Database, person: Person, link: typeof mailLinks.$inferSelect, at: Date) => Promise<T | Problem>,
): Promise<T> {
  const at = now();
  const outcome = await databases.platform(`link ${purpose}`, async (db) => {
    const refusal = await spent(db, [{ limit: 'verifyNetwork', subject: networkOf(ip) }], at);
    if (refusal) return refusal;
    const link = await takeLink(db, purpose, token, at);
    const [person] = link ? await db.select().from(users).where(and(eq(users.id, link.userId), eq(users.status, 'active'))).for('update') : []; // prettier-ignore
    return link && person ? act(db, person, link, at) : linkInvalid();
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/**
 * Where the account's mail goes, once it is taken back. A thief may have moved it since: while that can still be undone, the address that
 * the link was sent to counts again.
 */
async function restored(deps: RegistrationDeps, db: Database, person: Person, { sentTo }: { sentTo: string }, at: Date): Promise<Person> {
  if (person.email === sentTo || !(await canUndoTo(db, person.id, sentTo, at))) return person;
  await moveAddress(deps, db, person, sentTo, at);
  return { ...person, email: sentTo };
}

export const createAlarms = (deps: RegistrationDeps) => ({
  unlock: (token: string, from: From): Promise<void> =>
    throughLink(deps, 'unlock', token, from, async (db, person, _link, at) => {
      await forgetTries(db, [{ limit: 'address', subject: person.email }], at);
      await record(db, { userId: person.id, kind: 'auth.unlocked', ...from }, at);
    }),
  async notMe(token: string, from: From): Promise<void> {
    const userId = await throughLink(deps, 'not-me', token, from, async (db, person, link, at) => {
      await seize(deps, db, await restored(deps, db, person, link, at), { since: link.createdAt, sentAt: sentAtOf(link), from }, at);
      await record(db, { userId: person.id, kind: 'auth.not_me', ...from }, at);
      return person.id;
    });
    await deps.endings.sessions(userId, 'account');
    deps.endings.remembered();
  },
});
