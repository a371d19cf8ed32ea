import { eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import type { RegistrationDeps } from '../registration/deps.ts';
import { judged, setSecret } from '../registration/secrets.ts';
import { users } from '../tables.ts';
import { passwordCounters, settleTry, takeTry, type Taken } from '../throttle.ts';
import { record } from './activity.ts';
import { circumstances } from './circumstances.ts';
import type { Profile } from './port.ts';

const wrong = (): Problem =>
  new Problem('invalid-credentials', 'The current password is wrong.', { errors: [{ pointer: '/currentPassword', message: 'Wrong' }] });

function lockedOut({ limit, until }: NonNullable<Taken['lock']>, at: Date): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 1000));
  return new Problem(limit.startsWith('network') ? 'network-blocked' : 'locked', 'There were too many wrong passwords. Wait, or reset it by mail.', {
    retryAfterSeconds,
  });
}

/** Who holds a session must not guess the password with it: the tries are those of sign-in. */
export function createPasswordChange(deps: RegistrationDeps): Profile['changePassword'] {
  const { databases, now, passwords, mail, links, endings } = deps;
  return async (userId, { currentPassword, newPassword, sessionId, keepOthers }, { ip, agent }) => {
    const at = now();
    const { person, counters, taken } = await databases.platform('change password', async (db) => {
      const [found] = await db.select().from(users).where(eq(users.id, userId));
      const counting = passwordCounters(found!.email, ip);
      return { person: found!, counters: counting, taken: await takeTry(db, [...counting.ofAddress, ...counting.ofNetwork], at) };
    });
    if (taken.lock) throw lockedOut(taken.lock, at);
    if (!(await passwords.verify(person.passwordHash, currentPassword))) throw wrong();
    await databases.platform('change password', (db) => settleTry(db, taken, { forget: counters.ofAddress, giveBack: counters.ofNetwork }, at));
    const good = await judged(deps, person, newPassword, at);
    await databases.platform('change password', async (db) => {
      if (!(await setSecret(db, deps, { userId, was: person.passwordHash }, good, at))) throw wrong();
      await record(db, { userId, kind: 'auth.password_changed', ip, agent }, at);
      const data = { name: person.name, link: links('forgot'), ...circumstances({ ip, agent }, at) };
      await mail.send(db, { to: person.email, template: 'password-changed', data, locale: person.locale });
    });
    if (!keepOthers) await endings.sessions(userId, 'password', sessionId);
  };
}
