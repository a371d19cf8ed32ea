import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { grantsList } from '#modules/access/index.ts';
import { changesApprove } from '#modules/governance/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import {
  membersGet, membersList, tenantsCreate, tenantsDelete, tenantsGet, tenantsList, tenantsRestore, tenantsTransfer, tenantsTransferConfirm, tenantsTransferStatus,
} from '../index.ts'; // prettier-ignore
import { Upkeep } from '../providers/port.ts';

const DAY = 86_400_000;
let company: Company;
let acme: string;
let globex: string;
const idOf = async (slug: string) => (await company.sql<{ id: string }>('select id from tenants where slug = $1', [slug]))[0]!.id;
beforeAll(async () => {
  company = await createCompany({ works: true });
  [acme, globex] = [await idOf('acme'), await idOf('globex')];
});
afterAll(() => company.close());

let gustav: string;
beforeEach(async () => void (gustav = (await company.signIn('gustav')).token!));
const upkeep = () => company.adapters.get(Upkeep.port) as Upkeep;
const verdict = (work: Promise<{ status: string }>) => work.then((passed) => passed.status, (problem: { slug: string }) => problem.slug); // prettier-ignore
const eventually = async (check: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came true');
};
const remove = (confirmName = 'Globex Carrier') => company.call(tenantsDelete, { id: globex, confirmName }, bearer(gustav));
/** Nobody but Gustav and Priya is there, and Priya agrees. Neither can look how it ends. */
async function removed(): Promise<void> {
  const passed = await remove();
  if (passed.status !== 'accepted') throw new Error(`it is ${passed.status}`);
  await company.call(changesApprove, { id: passed.change.id }, bearer((await company.signIn('priya', { slug: 'globex' })).token!));
  await eventually(
    async () => (await company.sql<{ status: string }>('select status from tenants where id = $1', [globex]))[0]!.status === 'deleting',
  );
}

describe('the deletion of a tenant', () => {
  test('takes its typed name, a fresh proof, the right and another person', async () => {
    expect(await verdict(remove('globex carrier'))).toBe('confirmation-mismatch');
    company.clock.pass(301_000);
    expect(await verdict(remove())).toBe('step-up-required');
    gustav = (await company.signIn('gustav')).token!;
    expect(await verdict(remove())).toBe('accepted');
    expect(await verdict(company.call(tenantsDelete, { id: acme, confirmName: 'Acme Networks' }, company.key('adam')))).toBe('permission-denied');
  });

  test('ends access at once; its owner, and nobody else, can take it back for 30 days', async () => {
    await removed();
    await eventually(async () => (await verdict(company.call(membersList, {}, company.key('gustav')))) === 'tenant-deleting');
    const mine = await company.done(tenantsList, {}, bearer((await company.signIn('gustav')).token!));
    expect(mine.items).toMatchObject([{ slug: 'globex', status: 'deleting', deletion: { restorableUntil: new Date(company.clock.at.getTime() + 30 * DAY).toISOString() } }]);
    const priya = bearer((await company.signIn('priya', { slug: 'acme' })).token!);
    expect(await verdict(company.call(tenantsRestore, { id: globex }, priya))).toBe('tenant-not-found');
    company.clock.pass(30 * DAY - 60_000);
    expect(await upkeep().purge()).toBe(0);
    gustav = (await company.signIn('gustav')).token!;
    expect(await company.done(tenantsRestore, { id: globex }, bearer(gustav))).toMatchObject({ status: 'active', deletion: null });
    expect((await company.done(membersList, {}, bearer(gustav), { tenant: 'globex' })).items).toHaveLength(2);
    expect(await verdict(company.call(tenantsRestore, { id: globex }, bearer(gustav)))).toBe('invalid-transition');
  }); // prettier-ignore

  test('leaves nothing of it after that but the trail, its mark and its reserved name; others lose nothing', async () => {
    const others = async () => company.sql(`select (select count(*) from members where tenant_id = $1)::int as members, (select count(*) from grants where tenant_id = $1)::int as grants`, [acme]);
    const before = await others();
    const machine = crypto.randomUUID();
    await company.sql(`insert into auth.users (id, kind, email, name) values ($1, 'service', $2, 'robot')`, [machine, `${machine}@service.invalid`]);
    await company.sql(`insert into auth.service_accounts (id, tenant_id, name) values ($1, $2, 'robot')`, [machine, globex]);
    await company.sql(`insert into auth.local_credentials (user_id, tenant_id, username, created_at, updated_at) select id, $1, 'gus', now(), now() from auth.users where email = 'gustav@globex.example'`, [globex]);
    await company.sql(`insert into auth.oauth_accounts (id, user_id, provider, issuer, subject, linked_at, last_used_at) select gen_random_uuid(), id, $1, 'https://idp.globex.example', 'g', now(), now() from auth.users where email = 'gustav@globex.example'`, [machine]);
    await company.sql(`insert into identity_providers (tenant_id, id, key, name, preset, issuer, client_id, scopes, allowed_algorithms) values ($1, $2, 'own', 'Own', 'generic', 'https://idp.globex.example', 'sy', 'openid', '{RS256}')`, [globex, machine]);
    await removed();
    // More than one batch of rows that refer to one of their own table, and two tables that refer to each other.
    await company.databases.tenant({ tenantId: globex }, async (db) => {
      await db.$client.query(`insert into change_templates (tenant_id, id, name, operation, scope, max_runs, max_runs_hours, owner_id, owner_name, status, expires_at, agreed_at, change_id)
        select tenant_id, gen_random_uuid(), 'Lamps', 'lamps.name', '{"all": true}', 1, 1, 'o', 'O', 'active', now(), now(), id from changes order by number limit 1`);
      await db.$client.query(`update changes set template_id = (select id from change_templates)`);
      await db.$client.query(`insert into changes select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 1000 + n, 'rollback_of', c.id))).* from changes c, generate_series(1, 1001) n where c.number = (select min(number) from changes)`);
    });
    await company.audit.flush();
    company.clock.pass(30 * DAY + 1);
    expect(await upkeep().purge()).toBe(1);
    expect(await others()).toEqual(before);
    for (const table of ['api_keys', 'local_credentials', 'service_accounts', 'memberships'])
      expect(await company.sql(`select 1 from auth.${table} where tenant_id = $1`, [globex]), table).toEqual([]);
    expect(await company.sql(`select 1 from auth.users where kind = 'service'`)).toEqual([]);
    expect(await company.sql('select 1 from auth.oauth_accounts where provider = $1', [machine])).toEqual([]);
    const left: Record<string, number> = {};
    await company.databases.tenant({ tenantId: globex }, async (db) => {
      const { rows } = await db.$client.query<{ name: string }>(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition`);
      for (const { name } of rows) {
        const { rowCount } = await db.$client.query(`select 1 from "${name}"`);
        if (rowCount) left[name] = rowCount;
      }
    });
    expect(Object.keys(left).filter((name) => !/^audit_(segments|unsealed)$/.test(name)).sort()).toEqual(['audit_entries', 'events', 'tenant_slugs', 'tenants']);
    expect(await company.sql('select type from events where tenant_id = $1', [globex])).toEqual([{ type: 'tenant.deleted' }]);
    expect(await company.sql('select name, status, owner_id from tenants where id = $1', [globex])).toEqual([{ name: 'Deleted', status: 'deleted', owner_id: null }]);
    gustav = (await company.signIn('gustav')).token!;
    expect((await company.done(tenantsList, {}, bearer(gustav))).items).toEqual([]);
    expect(await verdict(company.call(tenantsRestore, { id: globex }, bearer(gustav)))).toBe('tenant-not-found');
    await company.sql('update auth.users set email_verified_at = now() where email = $1', ['gustav@globex.example']);
    expect(await verdict(company.call(tenantsCreate, { name: 'Again', slug: 'globex' }, bearer(gustav)))).toBe('slug-taken');
    company.clock.pass(181 * DAY);
    await upkeep().sweep();
    gustav = (await company.signIn('gustav')).token!;
    expect(await verdict(company.call(tenantsCreate, { name: 'Again', slug: 'globex' }, bearer(gustav)))).toBe('done');
  }); // prettier-ignore
});

test('a trial ends with the plan that costs nothing, and nothing is lost', async () => {
  const { id } = await company.done(tenantsCreate, { name: 'On trial' }, bearer(gustav)).catch(async () => ({ id: await idOf('globex') }));
  await company.sql(`update tenants set status = 'trialing', plan = 'business', trial_ends_at = $2 where id = $1`, [
    id,
    new Date(company.clock.at.getTime() + DAY),
  ]);
  expect(await upkeep().endTrials()).toBe(0);
  company.clock.pass(DAY + 1);
  expect(await upkeep().endTrials()).toBe(1);
  gustav = (await company.signIn('gustav')).token!;
  expect(await company.done(tenantsGet, { id }, bearer(gustav), { tenant: id })).toMatchObject({ status: 'active', plan: 'free', trialEndsAt: null });
});

describe('the ownership', () => {
  test('changes hands when both agree, within seven days; the owner before becomes an administrator', async () => {
    const [olivia, adam] = [await company.idOf('olivia'), await company.idOf('adam')];
    const session = async (name: string) => bearer((await company.signIn(name, { slug: 'acme' })).token!);
    const offer = async () => company.carriedOut(await company.call(tenantsTransfer, { id: acme, userId: adam }, await session('olivia')), company.key('priya'));
    // A key asks for no fresh proof, so a stolen one must not give the tenant away, nor end it.
    expect(await verdict(company.call(tenantsTransfer, { id: acme, userId: adam }, company.key('olivia')))).toBe('session-required');
    expect(await verdict(company.call(tenantsDelete, { id: acme, confirmName: 'Acme Networks' }, company.key('olivia')))).toBe('session-required');
    expect(await verdict(company.call(tenantsTransfer, { id: acme, userId: olivia }, await session('adam')))).toMatch(/^(ownership-required|permission-denied)$/);
    expect(await verdict(company.call(tenantsTransfer, { id: acme, userId: olivia }, await session('olivia')))).toBe('validation-failed');
    expect(await verdict(company.call(tenantsTransferConfirm, { id: acme }, await session('adam')))).toBe('not-found');
    expect((await offer()).state).toBe('succeeded');
    expect(await verdict(company.call(tenantsTransferConfirm, { id: acme }, await session('dana')))).toBe('not-found');
    expect(await company.done(tenantsTransferStatus, { id: acme }, await session('dana'))).toEqual({ pending: null });
    expect(await company.done(tenantsTransferStatus, { id: acme }, await session('adam'))).toMatchObject({ pending: { fromId: olivia, toId: adam } });
    company.clock.pass(7 * DAY + 1);
    expect(await verdict(company.call(tenantsTransferConfirm, { id: acme }, await session('adam')))).toBe('not-found');
    expect((await offer()).state).toBe('succeeded');
    expect(await company.done(tenantsTransferConfirm, { id: acme }, await session('adam'))).toMatchObject({ ownerId: adam });
    const roles = async (userId: string) => (await company.done(membersGet, { userId }, await session('adam'))).roles.map(({ key }) => key);
    await eventually(async () => (await roles(olivia)).join() === 'admin');
    expect(await roles(adam)).toEqual(['owner', 'admin']);
    expect((await company.done(grantsList, {}, await session('adam'))).items.filter(({ role }) => role.key === 'owner')).toHaveLength(1);
    expect(await verdict(company.call(tenantsTransferConfirm, { id: acme }, await session('adam')))).toBe('not-found');
  }); // prettier-ignore
});
