import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { cancelReset, resetFactors, type ResetStep } from '#modules/identity/local/mfa-reset.ts';
import { personById, type Person } from '#modules/identity/factors/notices.ts';
import { personByEmail } from '#modules/identity/people.ts';
import { record } from '#modules/identity/profile/activity.ts';
import { forgetTries } from '#modules/identity/throttle.ts';
import { createMemberships, directory } from '#modules/tenancy/memberships.ts';
import { tenantsOf } from '#modules/tenancy/tenants.ts';
import type { Opened } from '../open.ts';
import { accountOf } from './accounts.ts';
import { UsageError, whose, type Values } from './options.ts';
import { operator, writeTrail, type Act } from './trail.ts';

/** Anybody, by address; or a local account, by tenant and username. Throws `not-found`. */
async function personOf(db: Database, values: Values): Promise<Person> {
  if (values.email !== undefined && values.username !== undefined) throw new UsageError('name the person by --email, or by --tenant and --username');
  if (values.email === undefined) return (await personById(db, (await accountOf(db, whose(values))).account.id))!;
  const found = await personByEmail(db, values.email);
  if (!found) throw new Problem('not-found', `There is no account with the address ${values.email}.`);
  return found;
}

/** Into the trail of every tenant that the person works in: each has to know. */
async function tell({ core }: Opened, db: Database, person: Person, operation: Act['operation'], at: Date): Promise<void> {
  for (const tenant of await tenantsOf(db, person.id))
    await writeTrail(core, { operation, tenant, person: { id: person.id, name: person.name }, input: {}, at });
}

/** Ends the locks of an account; those of a quarter of an hour, for one network, end by themselves. */
export function unlock(opened: Opened, values: Values): Promise<Person> {
  const at = opened.core.now();
  return opened.core.databases.platform('unlock account', async (db) => {
    const person = await personOf(db, values);
    await forgetTries(db, [{ limit: 'address', subject: person.email.toLowerCase() }, { limit: 'mfa', subject: person.id }], at); // prettier-ignore
    await record(db, { userId: person.id, kind: 'auth.unlocked', ip: null, agent: null, detail: { by: operator() } }, at);
    await tell(opened, db, person, 'identity.account.unlocked', at);
    return person;
  });
}

export async function resetMfa(opened: Opened, values: Values): Promise<{ person: Person; reset: ResetStep | { step: 'cancelled' } }> {
  const { core, iam, config } = opened;
  const at = core.now();
  const settingsLink = `${config.publicUrl ?? `http://localhost:${config.port}`}/settings/security`;
  const deps = { mail: core.mail, settingsLink, directory, memberships: createMemberships(core) };
  const outcome = await core.databases.platform('reset second factors', async (db) => {
    const person = await personOf(db, values);
    if (values.cancel) {
      if (!(await cancelReset(db, person.id))) throw new Problem('not-found', `Nobody has asked to reset the second factors of ${person.name}.`);
      await tell(opened, db, person, 'identity.mfa_reset.cancelled', at);
      return { person, reset: { step: 'cancelled' as const } };
    }
    const reset = await resetFactors(db, deps, person, operator(), at);
    if (reset.step !== 'waiting') await tell(opened, db, person, `identity.mfa_reset.${reset.step === 'done' ? 'done' : 'requested'}`, at);
    return { person, reset };
  });
  if (outcome.reset.step === 'done') await iam.sessions.endAll(outcome.person.id, 'admin');
  return outcome;
}
