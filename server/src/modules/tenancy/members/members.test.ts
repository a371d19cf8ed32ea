import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import type { Operation } from '#kernel/operation.ts';
import { grantsCreate, groupsCreate, groupsGet, grantsList, rolesList } from '#modules/access/index.ts';
import { apiKeysCreate, authMe, serviceAccountsCreate, serviceAccountsGet } from '#modules/identity/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { membersActivate, membersGet, membersLeave, membersList, membersRemove, membersSetRole, membersSuspend } from '../index.ts';
import { Belongings, Upkeep } from '../providers/port.ts';
import { joinTenant } from '../tenants.ts';

/** Beside what people can own today, a plan by the clock, which no module has yet: whoever brings one takes part by this port. */
const schedules = new Map<string, string>();
const owning = {
  of: async (_db: unknown, _tenant: string, memberId: string) => ([...schedules.values()].includes(memberId) ? ['1 schedule'] : []),
  hand: async (_db: unknown, _tenant: string, fromId: string, toId: string) => schedules.forEach((owner, key) => void (owner === fromId && schedules.set(key, toId))),
}; // prettier-ignore

let company: Company;
let acme: string;
beforeAll(async () => {
  company = await createCompany({ works: true });
  (company.adapters.get(Belongings.port) as Belongings[]).push(owning);
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
});
afterAll(() => company.close());

const roleId = async (key: string) => (await company.done(rolesList, {}, company.key('olivia'))).items.find((role) => role.key === key)!.id;
const approver = () => company.key('priya');
const eventually = async (check: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came true');
};
/** Another person of acme, with a role and a key of their own. */
async function hire(name: string, role: string): Promise<{ id: string; token: string }> {
  const email = `${name}@acme.example`;
  const [id] = [crypto.randomUUID()];
  const hash = await company.passwords.hash('orbit-tulip-canyon-42');
  await company.databases.platform('test', async (db) => {
    await db.$client.query('insert into auth.users (id, email, name, password_hash, email_verified_at) values ($1, $2, $3, $4, now())', [id, email, name, hash]);
    await joinTenant(db, acme, { id, email, name }, company.clock.at);
    await db.$client.query(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) values ($1, gen_random_uuid(), $2, $3, '{"all": true}', $4, 'Test')`, [acme, id, await roleId(role), company.clock.at]);
  });
  company.logins.push({ email, password: 'orbit-tulip-canyon-42', role, tenant: 'acme', apiKey: '' });
  return { id, token: (await company.signIn(name, { slug: 'acme' })).token! };
} // prettier-ignore

test('governance 26: Given the last owner, when deactivated, then 403 `last-owner`', async () => {
  const olivia = await company.idOf('olivia');
  for (const who of ['adam', 'olivia']) {
    const problem = await company.refused(membersSuspend, { userId: olivia }, company.key(who));
    expect([problem.slug, problem.kind.status]).toEqual(['last-owner', 403]);
  }
  expect(await company.done(membersGet, { userId: olivia }, company.key('adam'))).toMatchObject({ status: 'active' });
});

describe('platform 62: Given the only owner, when removed, demoted, suspended or leaving, then 403 `last-owner`', () => {
  test.each([
    ['removed', membersRemove, (id: string) => ({ userId: id })],
    ['suspended', membersSuspend, (id: string) => ({ userId: id })],
  ] as const)('%s', async (_act, operation, input) => {
    expect(await company.slugOf(operation, input(await company.idOf('olivia')), company.key('adam'))).toBe('last-owner');
  });
  test('demoted', async () => {
    const input = { id: acme, userId: await company.idOf('olivia'), roleId: await roleId('viewer') };
    expect(await company.slugOf(membersSetRole, input, company.key('adam'))).toBe('last-owner');
  });
  test('leaving', async () => {
    const { token } = await company.signIn('olivia');
    expect(await company.slugOf(membersLeave, { id: acme }, bearer(token!))).toBe('last-owner');
  });
});

test('of the last two owners, who suspend each other at once, one stays', async () => {
  const olivia = await company.idOf('olivia');
  const [one, two] = [await hire('owen', 'owner'), await hire('opal', 'owner')];
  await company.sql(`update grants set revoked_at = now() where subject_id = $1`, [olivia]);
  const suspend = (actorId: string, userId: string): Promise<string> =>
    company.databases
      .tenant({ tenantId: acme }, (db) => membersSuspend.run(contextFor(db, actorId), { userId, id: undefined, reason: undefined }))
      .then(() => 'done', (problem: { slug: string }) => problem.slug); // prettier-ignore
  expect((await Promise.all([suspend(one.id, two.id), suspend(two.id, one.id)])).sort()).toEqual(['done', 'last-owner']);
  await company.sql(`update grants set revoked_at = null where subject_id = $1`, [olivia]);
  await company.sql(`delete from members where id = any($1)`, [[one.id, two.id]]);
});

/** What a handler gets: only for what two calls do to one another. */
function contextFor(db: Database, id: string): Context {
  const actor = { kind: 'user', id, name: id, email: null, tenantId: acme, tenantSlug: 'acme', credentialId: null, permissionCap: null, ip: null };
  const provider = (port: { port: string }): unknown => company.adapters.get(port.port);
  return { db, tenantId: acme, actor, now: () => company.clock.at, provider, once: (_key: string, load: () => unknown) => load(), emit: () => undefined } as unknown as Context;
} // prettier-ignore

test('platform 63: Given a member is suspended in tenant A, when working in tenant B, then nothing changed there', async () => {
  const priya = await company.idOf('priya');
  const there = bearer((await company.signIn('priya', { slug: 'globex' })).token!);
  const passed = await company.call(membersSuspend, { userId: priya, reason: 'On leave' }, company.key('olivia'));
  // Priya cannot agree to her own suspension, so somebody else does.
  const helper = await hire('hanna', 'approver');
  expect((await company.carriedOut(passed, bearer(helper.token))).state).toBe('succeeded');
  await eventually(
    async () => (await company.call(membersList, {}, approver()).catch((error: { slug: string }) => error.slug)) === 'membership-suspended',
  );
  expect((await company.done(membersList, {}, there)).items.map(({ name }) => name)).toContain('Priya Raman');
  expect(await company.done(membersGet, { userId: priya }, company.key('olivia'))).toMatchObject({ status: 'suspended' });
  expect(await company.slugOf(membersSuspend, { userId: priya }, company.key('olivia'))).toBe('invalid-transition');
  await company.done(membersActivate, { userId: priya }, company.key('olivia'));
  await eventually(async () => company.call(membersList, {}, approver()).then(() => true, () => false)); // prettier-ignore
});

test('platform 64: Given a removed member, when their API key is used, then 401 and their schedules belong to the named successor', async () => {
  const [vera, dana] = [await company.idOf('vera'), await company.idOf('dana')];
  const high = async (operation: Operation, input: object) => expect((await company.carriedOut(await company.call(operation, input, company.key('olivia')), approver())).state).toBe('succeeded');
  // What goes on without her: a machine that works at night with a key of its own, the group it works on, and a plan by the clock.
  await high(serviceAccountsCreate, { name: 'Nightly', ownerId: vera });
  const [machine] = await company.sql<{ id: string }>(`select id from auth.users where kind = 'service' and name = 'Nightly'`);
  await high(grantsCreate, { subjectId: machine!.id, roleId: await roleId('viewer'), scope: { all: true }, reason: 'It looks after the lab' });
  const { token: olivia } = await company.signIn('olivia');
  const nightly = bearer((await company.done(apiKeysCreate, { name: 'nightly', serviceAccountId: machine!.id, expiresInDays: 30 }, bearer(olivia!))).key);
  const group = await company.done(groupsCreate, { name: 'Night work', ownerId: vera }, company.key('olivia'));
  schedules.set('nightly', vera);

  const without = await company.refused(membersRemove, { userId: vera }, company.key('olivia'));
  expect([without.slug, without.extras['belongings']]).toEqual(['successor-required', ['the group "Night work"', '1 service account', '1 schedule']]);
  for (const successorId of [vera, machine!.id]) expect(await company.slugOf(membersRemove, { userId: vera, successorId }, company.key('olivia'))).toBe('validation-failed');
  expect(await company.slugOf(membersRemove, { userId: vera, successorId: await company.idOf('gustav') }, company.key('olivia'))).toBe('not-found');
  const session = bearer((await company.signIn('vera')).token!);
  expect(await company.done(authMe, {}, company.key('vera'))).toMatchObject({ tenant: { slug: 'acme' } });
  await high(membersRemove, { userId: vera, successorId: dana });

  // Her key is over, in words and in number; so is her session. What she left behind is Dana's, and the machine works on.
  await eventually(
    async () => (await company.call(authMe, {}, company.key('vera')).catch((error: { slug: string }) => error.slug)) === 'unauthenticated',
  );
  expect((await company.refused(authMe, {}, company.key('vera'))).kind.status).toBe(401);
  expect(await company.slugOf(membersList, {}, session)).toMatch(/unauthenticated|session|tenant/);
  expect(schedules.get('nightly')).toBe(dana);
  expect(await company.done(groupsGet, { id: group.id }, company.key('olivia'))).toMatchObject({ owner: { id: dana } });
  expect(await company.done(serviceAccountsGet, { id: machine!.id }, company.key('olivia'))).toMatchObject({ owner: { id: dana }, status: 'active' });
  expect(await company.done(authMe, {}, nightly)).toMatchObject({ actor: { id: machine!.id }, tenant: { slug: 'acme' }, roles: [{ key: 'viewer' }] });
  expect(await company.sql('select 1 from grants where subject_id = $1', [vera])).toEqual([]);
  expect(await company.sql('select 1 from auth.memberships where user_id = $1', [vera])).toEqual([]);
  expect(await company.slugOf(membersGet, { userId: vera }, company.key('olivia'))).toBe('not-found');
}); // prettier-ignore

test('whatever a table says a person owns is handed over: there is no owner that the port does not know', async () => {
  const owned = await company.sql<{ name: string }>(`select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attname = 'owner_id' and not a.attisdropped and c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) order by 1`);
  // A tenant passes on by its own transfer. Who adds a table here provides its Belongings in organisations.ts.
  expect(owned.map(({ name }) => name)).toEqual(['change_templates', 'knowledge_collections', 'report_schedules', 'resource_groups', 'service_accounts', 'tenants', 'workflows']);
}); // prettier-ignore

test('platform 65: Given `?search=ann&role=developer`, when listing, then only matching members, stable under cursor while rows are added', async () => {
  const people = ['annika', 'hannah2', 'joanna', 'susanne'];
  for (const name of people) await hire(name, name === 'susanne' ? 'viewer' : 'developer');
  const page = (cursor?: string) => company.done(membersList, { search: 'ann', role: 'developer', limit: 1, cursor }, company.key('olivia'));
  const first = await page();
  // One before the cursor and one after it join in between: nobody is repeated, nobody is missed.
  await hire('aannex', 'developer');
  const seen = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const next = await page(cursor);
    seen.push(...next.items);
    cursor = next.nextCursor;
  }
  expect(seen.map(({ name }) => name)).toEqual(['annika', 'hannah2', 'joanna']);
  expect(seen.every(({ roles }) => roles.some(({ key }) => key === 'developer'))).toBe(true);
  const by = async (input: object) =>
    (await company.done(membersList, { search: 'ann', ...input }, company.key('olivia'))).items.map(({ name }) => name);
  expect(await by({ sort: '-name', role: 'developer' })).toEqual(['joanna', 'hannah2', 'annika', 'aannex']);
  expect(await by({ role: await roleId('viewer') })).toEqual(['susanne']);
  expect(await by({ role: 'no_such_role' })).toEqual([]);
  expect(await by({ mfa: true })).toEqual([]);
  expect((await by({ sort: '-lastLoginAt', limit: 2 })).length).toBe(2);
  for (const cursor of ['WzEsMl0', Buffer.from('["x","y"]').toString('base64url')])
    expect(await company.slugOf(membersList, { sort: 'joinedAt', cursor }, company.key('olivia'))).toBe('cursor-invalid');
});

describe('a change of role', () => {
  test('replaces the primary grant alone, or all of them, and is told by mail', async () => {
    const { id } = await hire('rita', 'viewer');
    const change = async (input: object) => {
      const passed = await company.call(membersSetRole, { id: acme, userId: id, ...input }, company.key('olivia'));
      expect((await company.carriedOut(passed, approver())).state).toBe('succeeded');
      return (await company.done(membersGet, { userId: id }, company.key('olivia'))).roles.map(({ key }) => key);
    };
    expect(await change({ roleId: await roleId('developer') })).toEqual(['developer']);
    await company.sql(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) values ($1, gen_random_uuid(), $2, $3, '{"all": true}', $4, 'Test')`, [acme, id, await roleId('auditor'), company.clock.at]);
    expect(await change({ roleId: await roleId('viewer') })).toEqual(['auditor', 'viewer']);
    expect(await change({ roleId: await roleId('support'), replaceAll: true })).toEqual(['support']);
    const { items } = await company.done(grantsList, { subjectId: id }, company.key('olivia'));
    expect(items.map(({ role }) => role.key)).toEqual(['support']);
  }); // prettier-ignore

  test('goes no further than the rights of whoever makes it', async () => {
    const admin = await company.idOf('adam');
    const viewer = await roleId('viewer');
    expect(await company.slugOf(membersSetRole, { id: acme, userId: admin, roleId: viewer }, company.key('adam'))).toBe('self-grant-forbidden');
    expect(await company.slugOf(membersSetRole, { id: acme, userId: await company.idOf('dana'), roleId: await roleId('owner') }, company.key('adam'))).toBe('grant-escalation');
    expect(await company.slugOf(membersSetRole, { id: acme, userId: await company.idOf('gustav'), roleId: viewer }, company.key('olivia'))).toBe('not-found');
    expect(await company.slugOf(membersSuspend, { userId: admin }, company.key('dana'))).toBe('permission-denied');
  }); // prettier-ignore
});

test('a member leaves without anybody’s permission', async () => {
  const { id, token } = await hire('liam', 'viewer');
  await company.done(membersLeave, { id: acme }, bearer(token));
  expect(await company.slugOf(membersGet, { userId: id }, company.key('olivia'))).toBe('not-found');
  await eventually(async () => (await company.sql('select 1 from auth.memberships where user_id = $1', [id])).length === 0);
});

test('who leaves gives back their name for signing in there; who has come back before that is done stays a member', async () => {
  const { id, token } = await hire('nadia', 'viewer');
  const name = () => company.sql('select 1 from auth.local_credentials where user_id = $1', [id]);
  await company.sql(`insert into auth.local_credentials (user_id, tenant_id, username, created_at, updated_at) values ($1, $2, 'nadia', now(), now())`, [id, acme]);
  const upkeep = company.adapters.get(Upkeep.port) as Upkeep;
  await upkeep.dropMembership(acme, id); // told late, of a leaving before this membership
  expect([(await name()).length, (await company.sql('select 1 from auth.memberships where user_id = $1', [id])).length]).toEqual([1, 1]);
  const session = (await company.signIn('nadia', { slug: 'acme' })).token!;
  expect(session).not.toBe(token);
  await company.done(membersLeave, { id: acme }, bearer(session));
  await eventually(async () => (await name()).length === 0);
}); // prettier-ignore
