import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { record } from '../profile/activity.ts';
import type { Claimant } from '../local/claim.ts';
import { users } from '../tables.ts';
import type { RegistrationDeps } from './deps.ts';
import type { From } from './port.ts';
import { mailReset } from './reset.ts';

/**
 * Makes up for a check that could not be made when the password was set: now, for once, it is known. One that leaked is void from
 * here on, and a link to set another is mailed. Throws `password-compromised`.
 */
export function createVet(deps: Pick<RegistrationDeps, 'databases' | 'breaches' | 'mail' | 'links'>) {
  const { databases, breaches } = deps;
  return async (person: Claimant, password: string, from: From, at: Date): Promise<void> => {
    if (person.passwordCheckedAt !== null || person.passwordHash === null) return;
    const leaked = await breaches.contains(password);
    if (leaked === undefined) return;
    const still = and(eq(users.id, person.id), eq(users.passwordHash, person.passwordHash));
    await databases.platform('vet password', async (db) => {
      const { rowCount } = await db.update(users).set(leaked ? { passwordHash: null } : { passwordCheckedAt: at }).where(still); // prettier-ignore
      if (!leaked || rowCount !== 1) return;
      await mailReset(deps, db, person, at);
      await record(db, { userId: person.id, kind: 'security.event', ...from, detail: { what: 'password known from a leak' } }, at);
    });
    if (leaked)
      throw new Problem(
        'password-compromised',
        'Your password is known from a leak elsewhere and is void. A link to set another one is in your mail.',
      );
  };
}
