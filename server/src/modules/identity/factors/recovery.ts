import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { backupCodesLeft } from './backup-store.ts';
import type { FactorDeps } from './deps.ts';
import { factorRows } from './enrolment.ts';
import { inTurn, takeAll } from './leaving.ts';
import { noteChange, personById, type Person } from './notices.ts';
import type { Recovery } from './ports.ts';

export function createRecovery(deps: FactorDeps): Recovery {
  const { databases, now, memberships, sessions } = deps;

  /** A tenant answers for its own people only: one who works for others too would be opened to them as well. */
  async function requireOwnMember(db: Database, userId: string, tenantId: string): Promise<Person> {
    const person = await personById(db, userId);
    const tenants = await memberships.of(db, userId);
    if (!person || !tenants.some((one) => one.tenantId === tenantId))
      throw new Problem('not-found', 'There is no such active member of this tenant.');
    if (tenants.length > 1)
      throw new Problem('reset-by-operator', `The second factors of ${person.name} do not concern this tenant alone; whoever runs this installation can reset them.`); // prettier-ignore
    return person;
  }

  return {
    look: (userId, tenantId) =>
      databases.platform('look at second factors', async (db) => {
        const { id, email, name } = await requireOwnMember(db, userId, tenantId);
        return { user: { id, email, name }, factors: await factorRows(db, userId), backupCodesLeft: await backupCodesLeft(db, userId) };
      }),
    async reset(userId, { name, tenantId }) {
      const at = now();
      await databases.platform('reset second factors', async (db) => {
        await inTurn(db, userId);
        await requireOwnMember(db, userId, tenantId);
        await takeAll(db, userId, at);
        await noteChange(
          deps,
          db,
          { userId, kind: 'auth.mfa_reset', factor: `all of them (by ${name})`, mail: 'factor-removed', ip: null, agent: null },
          at,
        );
      });
      await sessions.endAll(userId, 'admin');
      deps.credentialsChanged();
    },
  };
}
