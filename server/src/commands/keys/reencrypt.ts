import { setTimeout as pause } from 'node:timers/promises';
import { providerOf } from '#kernel/port.ts';
import { Reencryptions } from '#modules/keys/providers/port.ts';
import { keysOf } from '#modules/keys/status.ts';
import type { Reencryption } from '#modules/keys/tables.ts';
import { allTenants, requireTenant } from '#modules/tenancy/lifecycle/operator.ts';
import type { Unlocked } from '../open.ts';
import { recordTenantAct } from '../trail.ts';
import type { KeyOptions, Say } from './index.ts';

const LOOK_MS = 1_000;
const PATIENCE_MS = 20_000;

/** One line of how far a tenant's values are. */
export function progressOf(slug: string, { state, moved, total, unreadable, settlesAt, destroyed }: Reencryption): string {
  const lost = unreadable === 0 ? '' : `; ${unreadable} do not open, and the keys they were sealed under are kept`;
  if (state === 'moving') return `${slug}: ${moved} of ${total} values are under the new data key${lost}`;
  if (state === 'settling')
    return `${slug}: all values (${moved}) are under the new data key${lost}; old keys are destroyed after ${settlesAt!.toISOString()}, when no process can hold them any more`;
  return `${slug}: ${moved} values were moved and ${destroyed} old data key${destroyed === 1 ? '' : 's'} destroyed${lost}`;
}

interface Followed {
  id: string;
  slug: string;
  said: string;
  last: Reencryption;
}

/** Says how far each is whenever that has changed, until all values are moved. */
async function follow({ core }: Unlocked, followed: Followed[], say: Say): Promise<void> {
  let changedAt = Date.now();
  let warned = false;
  let left = followed;
  while (left.length > 0) {
    for (const one of left) {
      one.last = (await keysOf(core.databases, one.id)).last ?? one.last;
      const line = progressOf(one.slug, one.last);
      if (line !== one.said) {
        say(line);
        one.said = line;
        changedAt = Date.now();
      }
    }
    left = left.filter(({ last }) => last.state === 'moving');
    if (left.length > 0 && !warned && Date.now() - changedAt > PATIENCE_MS) {
      warned = true;
      say('Nothing moves: is there a process that works (`work` or `all`)? It goes on by itself when there is; this command may be stopped.');
    }
    if (left.length > 0) await pause(LOOK_MS);
  }
}

/** `keys reencrypt`: new data keys, and jobs that move all values to them. */
export async function reencryptAll(opened: Unlocked, { tenant: slug, 'no-wait': leave }: KeyOptions, say: Say): Promise<number> {
  const { core } = opened;
  const { databases, adapters } = core;
  const tenants = await databases.platform('list tenants', async (db) => (slug === undefined ? allTenants(db) : [await requireTenant(db, slug)]));
  const followed: Followed[] = [];
  for (const tenant of tenants) {
    await recordTenantAct(core, { operation: 'keys.reencrypt', permission: 'installation:manage', tenant, input: {} });
    followed.push({ id: tenant.id, slug: tenant.slug, said: '', last: await providerOf(adapters)(Reencryptions).begin(tenant.id) });
  }
  if (leave) {
    for (const { slug: name, last } of followed) say(progressOf(name, last));
    return 0;
  }
  await follow(opened, followed, say);
  return followed.some(({ last }) => last.unreadable > 0) ? 1 : 0;
}
