import { isUniqueViolation } from '#kernel/sql-errors.ts';
import { eq } from '#kernel/drizzle.ts';
import { personByEmail } from '../people.ts';
import { moveAddress } from '../registration/address.ts';
import { throughLink } from '../registration/alarms.ts';
import type { RegistrationDeps } from '../registration/deps.ts';
import { openLink, voidLinks } from '../registration/links.ts';
import { spent } from '../registration/quota.ts';
import { seize } from '../registration/seizure.ts';
import { tellRegistered } from '../registration/signup.ts';
import { linkInvalid } from '../registration/verify.ts';
import { normalEmail } from '../rules.ts';
import { users } from '../tables.ts';
import { record } from './activity.ts';
import type { Profile } from './port.ts';

/** How long before a change of address whoever made it may have been at work. */
const BEFORE_CHANGE_MS = 72 * 3_600_000;

export function createEmails(deps: RegistrationDeps): Pick<Profile, 'changeEmail' | 'confirmEmail' | 'undoEmail'> {
  const { databases, now, mail, links, endings } = deps;

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
        await moveAddress(deps, db, person, email, at);
        const undo = await openLink(db, 'email-undo', { userId: person.id, sentTo: person.email, email: person.email }, at);
        const data = { name: person.name, email, link: links('email-undo', undo) };
        await mail.send(db, { to: person.email, template: 'email-change-notice', data, locale: person.locale });
        await record(db, { userId: person.id, kind: 'user.email_changed', ...from, detail: { from: person.email, to: email } }, at);
        return { email };
      }).catch(unlessTaken),
    async undoEmail(token, from) {
      const restored = await throughLink(deps, 'email-undo', token, from, async (db, person, link, at) => {
        const email = link.email!;
        await moveAddress(deps, db, person, email, at);
        const since = new Date(link.createdAt.getTime() - BEFORE_CHANGE_MS);
        await seize(deps, db, { ...person, email }, { since, sentAt: link.createdAt, from }, at);
        await record(db, { userId: person.id, kind: 'user.email_change_undone', ...from, detail: { from: person.email, to: email } }, at);
        return { userId: person.id, email };
      }).catch(unlessTaken);
      await endings.sessions(restored.userId, 'account');
      endings.remembered();
      return { email: restored.email };
    },
  };
}
