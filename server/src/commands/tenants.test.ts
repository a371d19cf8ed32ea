import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { auditList } from '#modules/audit/index.ts';
import { membersList, tenantsFeaturesList } from '#modules/tenancy/index.ts';
import { createCompany, type Company } from '#test/company.ts';
import { tenants, tenantsVerb } from './tenants.ts';
import type { Opened } from './open.ts';

let company: Company;
const printed: string[] = [];
beforeAll(async () => {
  company = await createCompany();
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => (printed.push(String(text)), true));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await company.close();
});

const run = (verb: string, values: object) => {
  printed.length = 0;
  return tenantsVerb({ core: company, iam: company.iam } as unknown as Opened, verb, values);
};

test('a suspended tenant explains itself to its members, loses nothing, and works again when it is activated', async () => {
  const outcome = () => company.call(membersList, {}, company.key('gustav')).then(() => 'done', (problem: { slug: string; message: string }) => `${problem.slug}: ${problem.message}`); // prettier-ignore
  expect(await run('suspend', { slug: 'globex', reason: 'Unpaid since May' })).toBe(0);
  expect(await outcome()).toMatch(/^tenant-suspended: .*Unpaid since May/);
  expect(await run('suspend', { slug: 'globex', reason: 'Again' })).toBe(1);
  expect(await run('activate', { slug: 'globex' })).toBe(0);
  expect(await outcome()).toBe('done');
  await company.audit.flush();
  const { items } = await company.done(auditList, { limit: 5 }, company.key('gustav'));
  expect(items.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['tenants.suspend', 'tenants.activate']));
  expect(items.find(({ operation }) => operation === 'tenants.suspend')!.actor.name).toContain('operating-system user');
  const events = await company.sql<{ type: string }>(`select type from events where type in ('tenant.suspended', 'tenant.activated') order by seq`);
  expect(events.map(({ type }) => type)).toEqual(['tenant.suspended', 'tenant.activated']);
});

test('the operator sees all tenants and puts one on a plan', async () => {
  expect(await run('list', {})).toBe(0);
  expect(printed.join('')).toMatch(/acme +active +enterprise +Acme Networks\nglobex +active +enterprise +Globex Carrier\n/);
  expect(await run('plan', { slug: 'acme', plan: 'basic' })).toBe(0);
  const [row] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
  expect(await company.done(tenantsFeaturesList, { id: row!.id }, company.key('olivia'))).toMatchObject({ plan: 'basic' });
  expect(await run('plan', { slug: 'acme', plan: 'gold' })).toBe(1);
  expect(await run('plan', { slug: 'nobody', plan: 'basic' })).toBe(1);
});

test('a tenant is made for somebody who is known already', async () => {
  expect(await run('create', { slug: 'second', name: 'Second', 'owner-email': 'olivia@acme.example', 'owner-name': 'Olivia' })).toBe(0);
  expect(printed.join('')).toContain('Tenant second is there');
  const acts = await company.sql(`select a.after->>'slug' as slug, a.after->'newAccount' as fresh from admin_actions a join tenants t on t.id = a.about_tenant_id where a.operation = 'tenants.create'`); // prettier-ignore
  expect(acts).toEqual([{ slug: 'second', fresh: false }]);
  expect(await run('create', { slug: 'second', name: 'Second', 'owner-email': 'olivia@acme.example', 'owner-name': 'Olivia' })).toBe(1);
});

test('a tenant is made for nobody who could not take charge of it', async () => {
  const third = { slug: 'third', name: 'Third', 'owner-email': 'vera@acme.example', 'owner-name': 'Vera' };
  for (const [status, kind] of [
    ['pending', 'person'],
    ['suspended', 'person'],
    ['active', 'service'],
  ]) {
    await company.sql(`update auth.users set status = $1, kind = $2 where email = 'vera@acme.example'`, [status, kind]);
    expect([status, kind, await run('create', third)]).toEqual([status, kind, 1]);
  }
  await company.sql(`update auth.users set status = 'active', kind = 'person' where email = 'vera@acme.example'`);
  expect(await company.sql(`select id from tenants where slug = 'third'`)).toEqual([]);
});

test.each([[[]], [['delete']], [['suspend', '--slug', 'acme']], [['plan', '--slug', 'acme']]])('%j says how it is used', async (args) => {
  printed.length = 0;
  expect(await tenants(args)).toBe(2);
  expect(printed.join('')).toContain('usage: tenants create');
});
