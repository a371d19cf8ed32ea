import { rootWrappedBy } from '#kernel/master-keys-root.ts';
import { keysOf, type TenantKeys } from '#modules/keys/status.ts';
import { allTenants } from '#modules/tenancy/lifecycle/operator.ts';
import type { Unlocked } from '../open.ts';
import type { KeyOptions, Say } from './index.ts';
import { progressOf } from './reencrypt.ts';

interface Found {
  slug: string;
  keys: TenantKeys;
}

async function lookAt({ core }: Unlocked): Promise<Found[]> {
  const tenants = await core.databases.platform('list tenants', allTenants);
  const found: Found[] = [];
  for (const { id, slug } of tenants) found.push({ slug, keys: await keysOf(core.databases, id) });
  return found;
}

const countsOf = (found: readonly Found[]): Map<string | null, number> => {
  const counts = new Map<string | null, number>();
  for (const { keys } of found) for (const [by, n] of keys.wrappedBy) counts.set(by, (counts.get(by) ?? 0) + n);
  return counts;
};

/** `keys status` */
export async function showStatus(opened: Unlocked, { json }: KeyOptions, say: Say): Promise<number> {
  const { masterKeys, databaseUrl } = opened;
  const [found, root] = [await lookAt(opened), await rootWrappedBy(databaseUrl)];
  const counts = countsOf(found);
  const known = new Set(masterKeys.all.map(({ id }) => id));
  const wrapping = [...new Set<string | null>([...known, ...counts.keys()])].map((id) => ({
    id,
    role: id === masterKeys.current.id ? 'current' : id === null ? 'of the first start' : known.has(id) ? 'previous' : 'NOT SET',
    dataKeys: counts.get(id) ?? 0,
    root: id !== null && id === root,
  }));
  const moving = found.flatMap(({ slug, keys: { last } }) => (last && last.state !== 'done' ? [{ slug, last }] : []));
  if (json) {
    say(JSON.stringify({ masterKeys: wrapping, reencryptions: moving.map(({ slug, last: { state, moved, total, unreadable } }) => ({ tenant: slug, state, moved, total, unreadable })) })); // prettier-ignore
    return 0;
  }
  for (const { id, role, dataKeys, root: isRoot } of wrapping)
    say(
      `${(id ?? 'no id').padEnd(12)} ${role.padEnd(18)} wraps ${dataKeys} data key${dataKeys === 1 ? '' : 's'}${isRoot ? ' and the root of the installation' : ''}`,
    );
  const rest = wrapping.filter(({ role, dataKeys, root: isRoot }) => role !== 'current' && (dataKeys > 0 || isRoot));
  if (rest.length > 0) say('Run `keys rewrap` to wrap everything under the current master key; until then the others must stay set.');
  for (const { slug, last } of moving) say(progressOf(slug, last));
  return 0;
}
