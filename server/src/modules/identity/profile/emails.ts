import { eq } from 'drizzle-orm';
import { isUniqueViolation } from '#kernel/database.ts';
import { personByEmail } from '../people.ts';
import { seize, throughLink } from '../registration/alarms.ts';
import type { RegistrationDeps } from '../registration/deps.ts';
import { openLink, voidLinks, voidResets } from '../registration/links.ts';
import { spent } from '../registration/quota.ts';
import { inTurnFor, tellRegistered } from '../registration/signup.ts';
import { linkInvalid } from '../registration/verify.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import type { Database } from '#kernel/database.ts';
import { record } from './activity.ts';
import type { Profile } from './port.ts';

type Person = typeof users.$inferSelect;

/** A pending row holds no address against who has shown that it is theirs. */
async function clearPending(db: Database, email: string): Promise<void> {
  await inTurnFor(db, email);
  const holder = await personByEmail(db, email);
  if (holder?.status === 'pending') await db.delete(users).where(eq(users.id, holder.id));
}

export function createEmails(deps: RegistrationDeps): Pick<Profile, 'changeEmail' | 'confirmEmail' | 'undoEmail'> {
  const { databases, now, mail, links, directory, endings } = deps;

  async function move(db: Database, person: Person, email: string, at: Date): Promise<void> {
    await clearPending(db, email);
    const version = person.version + 1;
    await db.update(users).set({ email, emailVerifiedAt: at, version, updatedAt: at }).where(eq(users.id, person.id));
    await directory.update(db, person.id, { email });
    await voidResets(db, person.id, at); // they went to the other address
    await voidLinks(db, person.id, 'email-confirm', at);
  }
  /** Somebody else has the address by now: the link is as good as unknown. */
  const unlessTaken = (error: unknown): never => {
    throw isUniqueViolation(error, 'users_email') ? linkInvalid() : error;
  };

  return {
    async changeEmail(userId, address, { ip, agent }) {
      const at = now();
      const email = normalEmail(address);
      const refusal = await databases.platform('change address', async (db) => {
        const full = await spent(db, [{ limit: 'emailChange', subject: userId }], at);
        if (full) return full;
        const [person] = await db.select().from(users).where(eq(users.id, userId));
        if (!person || person.email === email) return undefined;
        await voidLinks(db, userId, 'email-confirm', at);
        // Also when it is taken, so that what the caller sees is alike; who has it hears that they have an account.
        const token = await openLink(db, 'email-confirm', { userId, sentTo: email, email }, at);
        await record(db, { userId, kind: 'user.email_change_requested', ip, agent, detail: { email } }, at);
        const holder = await personByEmail(db, email);
        if (holder && holder.status !== 'pending') await tellRegistered(deps, db, holder, at);
        else await mail.send(db, { to: email, template: 'email-change-confirm', data: { name: person.name, email, link: links('email-confirm', token) }, locale: person.locale }); // prettier-ignore
        return undefined;
      });
      if (refusal) throw refusal;
    },
    confirmEmail: (token, from) =>
      throughLink(deps, 'email-confirm', token, from, async (db, person, link, at) => {
        const email = link.email!;
        await move(db, person, email, at);
        const undo = await openLink(db, 'email-undo', { userId: person.id, sentTo: person.email, email: person.email }, at);
        const data = { name: person.name, email, link: links('email-undo', undo) };
        await mail.send(db, { to: person.email, template: 'email-change-notice', data, locale: person.locale });
        await record(db, { userId: person.id, kind: 'user.email_changed', ...from, detail: { from: person.email, to: email } }, at);
        return { email };
      }).catch(unlessTaken),
    async undoEmail(token, from) {
      const restored = await throughLink(deps, 'email-undo', token, from, async (db, person, link, at) => {
        const email = link.email!;
        await move(db, person, email, at);
        await seize(deps, db, { ...person, email }, at);
        await record(db, { userId: person.id, kind: 'user.email_change_undone', ...from, detail: { from: person.email, to: email } }, at);
        return { userId: person.id, email };
      }).catch(unlessTaken);
      await endings.sessions(restored.userId, 'account');
      return { email: restored.email };
    },
  };
}
