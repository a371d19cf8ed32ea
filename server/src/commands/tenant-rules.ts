import { Policies } from '#modules/policies/providers/port.ts';
import { setsInUse, takeOut } from '#modules/policies/rescue.ts';
import { requireTenant } from '#modules/tenancy/lifecycle/operator.ts';
import type { Opened } from './open.ts';
import { recordTenantAct } from './trail.ts';
import { operator } from './users/trail.ts';

interface Named {
  slug?: string;
  set?: string;
  reason?: string;
}
const say = (line: string): number => (process.stdout.write(`${line}\n`), 0);

/** What of a tenant's rules is in force. */
export async function listRules({ core: { databases } }: Opened, { slug }: Named): Promise<number> {
  const tenant = await databases.platform('look for the tenant', (db) => requireTenant(db, slug!));
  const sets = await databases.tenant({ tenantId: tenant.id, readOnly: true }, (db) => setsInUse(db, tenant.id));
  for (const { name, active, candidate, version } of sets) {
    const trial = candidate === null ? '' : `, version ${candidate} on trial`;
    say(`${name.padEnd(40)} ${active === null ? 'not in force' : `version ${active} of ${version}`}${trial}`);
  }
  return 0;
}

/** The way out for a tenant whose rules forbid to change its rules. */
export async function takeOutRules({ core }: Opened, { slug, set, reason }: Named): Promise<number> {
  const { databases, now, adapters, live } = core;
  const tenant = await databases.platform('look for the tenant', (db) => requireTenant(db, slug!));
  const [before] = (await databases.tenant({ tenantId: tenant.id, readOnly: true }, (db) => setsInUse(db, tenant.id))).filter(({ name }) => name === set);
  const told = before && { name: before.name, active: before.active, candidate: before.candidate };
  await recordTenantAct(core, { operation: 'tenants.takeOutRules', permission: 'tenants:manage', tenant, input: { set, reason }, before: told, reason: reason! });
  const by = { kind: 'system', id: 'system:server-cli', name: `operating-system user ${operator()}` };
  await databases.tenant({ tenantId: tenant.id }, (db) => takeOut(db, tenant.id, set!, by, now()));
  (adapters.get(Policies.port) as Policies).changed();
  live.publish('outbox');
  return say(`The rules of "${set}" no longer hold in ${tenant.name}. Its versions are kept: whoever activates one puts it into force again.`);
} // prettier-ignore
