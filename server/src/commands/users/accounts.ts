import type { Database } from '#kernel/database.ts';
import { Problem } from '#kernel/problem.ts';
import { holdersOf, takeRole } from '#modules/access/seeded.ts';
import { seedGrant } from '#modules/access/roles.ts';
import { changeLocal, createLocal, eraseLocal, findLocal, listLocal, realAddress, type LocalAccount } from '#modules/identity/local/accounts.ts';
import { addAsns, addFabrics, associationsOf, removeAsns, removeFabrics } from '#modules/identity/local/associations.ts';
import { ALL_FABRICS } from '#modules/identity/local/rules.ts';
import { record } from '#modules/identity/profile/activity.ts';
import { leaveTenant, isAnywhere } from '#modules/tenancy/leave.ts';
import { directory } from '#modules/tenancy/memberships.ts';
import { joinTenant, tenantBySlug } from '#modules/tenancy/tenants.ts';
import type { Opened } from '../open.ts';
import { operator, writeTrail } from './trail.ts';
import type { Creation, Update, Whose } from './options.ts';

/** What `--admin` gives, besides every fabric. The exchange's own role takes its place when that module brings one. */
const ADMIN = 'admin';

export interface Seen {
  username: string;
  userId: string;
  fullName: string;
  email: string | null;
  enabled: boolean;
  admin: boolean;
  asns: number[];
  fabrics: string[];
  lastLoginAt: string | null;
  createdAt: string;
}

interface Tenant {
  id: string;
  slug: string;
  name: string;
}

export async function tenantOf(db: Database, slug: string): Promise<Tenant> {
  const found = await tenantBySlug(db, slug);
  if (!found) throw new Problem('not-found', `There is no tenant "${slug}".`);
  return found;
}

export async function accountOf(db: Database, { tenant: slug, username }: Whose): Promise<{ tenant: Tenant; account: LocalAccount }> {
  const tenant = await tenantOf(db, slug);
  const account = await findLocal(db, tenant.id, username);
  if (!account) throw new Problem('not-found', `There is no local account "${username}" in ${slug}.`);
  return { tenant, account };
}

async function seen(db: Database, tenant: Tenant, account: LocalAccount, at: Date, admins?: ReadonlySet<string>): Promise<Seen> {
  const { asns, fabrics } = await associationsOf(db, { tenantId: tenant.id, userId: account.id });
  return {
    username: account.username,
    userId: account.id,
    fullName: account.name,
    email: realAddress(account.email),
    enabled: account.enabled,
    admin: (admins ?? (await holdersOf(db, tenant.id, ADMIN, at))).has(account.id),
    asns,
    fabrics,
    lastLoginAt: account.lastLoginAt?.toISOString() ?? null,
    createdAt: account.createdAt.toISOString(),
  };
}

async function setAdmin(db: Database, tenant: Tenant, userId: string, admin: boolean, at: Date): Promise<void> {
  const owner = { tenantId: tenant.id, userId };
  if (admin) {
    await seedGrant(db, { tenantId: tenant.id, personId: userId, role: ADMIN, reason: `Given at the server by ${operator()}` }, at);
    await addFabrics(db, owner, [ALL_FABRICS], at);
  } else {
    await takeRole(db, { tenantId: tenant.id, personId: userId, role: ADMIN }, at);
    await removeFabrics(db, owner, [ALL_FABRICS]);
  }
}

/** Makes the account with everything it is to have, or nothing. Throws `not-found`, `username-taken`, `email-taken` and what a password can lack. */
export function create({ core, iam }: Opened, wanted: Creation, password: string): Promise<Seen> {
  const at = core.now();
  return core.databases.platform('create local account', async (db) => {
    const tenant = await tenantOf(db, wanted.tenant);
    const join = (tx: Database, id: string, person: { id: string; email: string; name: string }): Promise<void> => joinTenant(tx, id, person, at);
    const { username, fullName, email, asns, fabrics, admin } = wanted;
    const account = await createLocal(db, { passwords: iam.passwords, join }, tenant, { username, password, fullName, email }, at);
    await addAsns(db, account.id, asns, at);
    await addFabrics(db, { tenantId: tenant.id, userId: account.id }, fabrics, at);
    if (admin) await setAdmin(db, tenant, account.id, true, at);
    await record(db, { userId: account.id, kind: 'user.created', ip: null, agent: null, detail: { by: operator() } }, at);
    const input = { username, admin: admin ?? false, asns, fabrics };
    await writeTrail(core, { operation: 'identity.local_account.created', tenant, person: { id: account.id, name: username }, input, at });
    return seen(db, tenant, account, at);
  });
}

/** What is given for an account that exists: numbers and fabrics, its role. */
async function associate(db: Database, tenant: Tenant, userId: string, wanted: Update, at: Date): Promise<void> {
  const owner = { tenantId: tenant.id, userId };
  await addAsns(db, userId, wanted.addAsns, at);
  await removeAsns(db, userId, wanted.removeAsns, at);
  await addFabrics(db, owner, wanted.addFabrics, at);
  await removeFabrics(db, owner, wanted.removeFabrics);
  if (wanted.admin !== undefined) await setAdmin(db, tenant, userId, wanted.admin, at);
}

/** Changes what is named and nothing else. Throws as `create` does. */
export function update({ core, iam, config }: Opened, wanted: Update, password: string | undefined): Promise<Seen> {
  const at = core.now();
  const { enabled, fullName, email } = wanted;
  return core.databases.platform('update local account', async (db) => {
    const { tenant, account } = await accountOf(db, wanted);
    const changed = await changeLocal(db, iam.passwords, account, { password, enabled, fullName, email: email?.toLowerCase() }, at);
    await directory.update(db, account.id, { name: changed.name, email: changed.email });
    await associate(db, tenant, account.id, wanted, at);
    const trail = { userId: account.id, ip: null, agent: null, detail: { by: operator() } };
    await record(db, { ...trail, kind: password === undefined ? 'user.updated' : 'auth.password_changed' }, at);
    if (password !== undefined && realAddress(changed.email))
      await core.mail.send(db, {
        to: changed.email,
        template: 'password-changed',
        data: { name: changed.name, at: at.toISOString(), link: `${config.publicUrl ?? `http://localhost:${config.port}`}/forgot-password` },
      });
    const { tenant: _, username: __, ...named } = wanted;
    const input = { username: account.username, ...named, password: password !== undefined };
    await writeTrail(core, { operation: 'identity.local_account.updated', tenant, person: { id: account.id, name: account.username }, input, at });
    return seen(db, tenant, changed, at);
  });
}

/** Ends the account. The person’s row stays without name and address when nothing else is theirs. Throws `not-found` or `last-owner`. */
export function remove({ core }: Opened, whose: Whose): Promise<Seen> {
  const at = core.now();
  return core.databases.platform('delete local account', async (db) => {
    const { tenant, account } = await accountOf(db, whose);
    const owners = await holdersOf(db, tenant.id, 'owner', at);
    if (owners.has(account.id) && owners.size === 1)
      throw new Problem('last-owner', `${account.username} is the last owner of ${tenant.slug}. Transfer the ownership first.`);
    const before = await seen(db, tenant, account, at);
    await removeAsns(db, account.id, before.asns, at);
    await removeFabrics(db, { tenantId: tenant.id, userId: account.id }, before.fabrics);
    await leaveTenant(db, tenant.id, account.id);
    await eraseLocal(db, account, { person: !(await isAnywhere(db, account.id)) }, at);
    await writeTrail(core, {
      operation: 'identity.local_account.deleted',
      tenant,
      person: { id: account.id, name: account.username },
      input: {},
      at,
    });
    return before;
  });
}

export const show = ({ core }: Opened, whose: Whose): Promise<Seen> =>
  core.databases.platform('show local account', async (db) => {
    const { tenant, account } = await accountOf(db, whose);
    return seen(db, tenant, account, core.now());
  });

export const list = ({ core }: Opened, slug: string): Promise<Seen[]> =>
  core.databases.platform('list local accounts', async (db) => {
    const at = core.now();
    const tenant = await tenantOf(db, slug);
    const admins = await holdersOf(db, tenant.id, ADMIN, at);
    const found: Seen[] = [];
    for (const account of await listLocal(db, tenant.id)) found.push(await seen(db, tenant, account, at, admins));
    return found;
  });
