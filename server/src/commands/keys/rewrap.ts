import { rewrapRoot } from '#kernel/master-keys-root.ts';
import { recordAct } from '#modules/audit/admin/actions.ts';
import { rewrapTenant } from '#modules/keys/rewrap.ts';
import { allTenants } from '#modules/tenancy/lifecycle/operator.ts';
import type { Unlocked } from '../open.ts';
import { operator } from '../users/trail.ts';
import type { KeyOptions, Say } from './index.ts';

/** `keys rewrap`: everything that a master key wraps, under the current one. Can be stopped and run again at any point. */
export async function rewrapAll({ core, masterKeys, databaseUrl }: Unlocked, _options: KeyOptions, say: Say): Promise<number> {
  const { databases, audit, now } = core;
  const { current, all } = masterKeys;
  const previous = all.filter(({ id }) => id !== current.id).map(({ id }) => id);
  await recordAct(
    { databases, audit: audit.steps },
    { at: now(), operator: operator(), operation: 'keys.rewrap', before: { masterKeys: previous }, after: { masterKey: current.id } },
  );
  let rewrapped = 0;
  const tenants = await databases.platform('list tenants', allTenants);
  for (const { id } of tenants) rewrapped += await rewrapTenant(databases, masterKeys, id);
  const root = await rewrapRoot(databaseUrl, masterKeys);
  say(`${rewrapped} data key${rewrapped === 1 ? '' : 's'} of ${tenants.length} tenants${root ? ' and the root of the installation' : ''} are wrapped anew under ${current.id}.`); // prettier-ignore
  if (previous.length > 0) {
    say(`Nothing of this database needs ${previous.join(', ')} any more. Once every process has the current key as its SWITCHYARD_MASTER_KEY, take`);
    say('the previous one out of the settings; keep it with the backups that were made before.');
  }
  return 0;
}
