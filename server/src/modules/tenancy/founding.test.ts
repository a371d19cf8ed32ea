import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grantsList, rolesList } from '#modules/access/index.ts';
import { SYSTEM_ROLES } from '#modules/access/system-roles.ts';
import { apiKeysCreate, authSwitchTenant } from '#modules/identity/index.ts';
import type { Credentials } from '#kernel/gate.ts';
import type { Operation } from '#kernel/operation.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { createPerson } from '#modules/identity/people.ts';
import {
  membersList,
  tenantsCreate,
  tenantsFeaturesList,
  tenantsGet,
  tenantsList,
  tenantsSettingsGet,
  tenantsSlugAvailable,
  tenantsUpdate,
} from './index.ts';
import { slugFault, suggestSlug } from './rules.ts';

let company: Company;
/** Sees what no role of ours may see. */
let root: pg.Client;
beforeAll(async () => {
  company = await createCompany({ works: true });
  root = new pg.Client({ connectionString: company.databaseUrl });
  await root.connect();
});
afterAll(async () => {
  await root.end();
  await company.close();
});

const PASSWORD = 'orbit-tulip-canyon-42';
const DAY = 86_400_000;

/** Somebody who has signed up and belongs nowhere yet. */
async function newcomer(name: string): Promise<{ token: string; id: string }> {
  const email = `${name}@new.example`;
  const person = await company.databases.platform('test', (db) => createPerson(db, company.passwords, { email, name, password: PASSWORD }, company.clock.at));
  await company.sql('update auth.users set email_verified_at = $1 where id = $2', [company.clock.at, person.id]);
  company.logins.push({ email, password: PASSWORD, role: '', tenant: '', apiKey: '' });
  return { token: (await company.signIn(name)).token!, id: person.id };
} // prettier-ignore
const create = (token: string, input: object) => company.done(tenantsCreate, input, bearer(token));
const refusal = (token: string, input: object) => company.slugOf(tenantsCreate, input, bearer(token));

describe('a new tenant', () => {
  test('platform 50: Given a name, when creating a tenant, then owner membership, eleven system roles, settings, DEK, plan and trial exist in one transaction', async () => {
    const { token, id } = await newcomer('nora');
    const tenant = await create(token, { name: 'Nordwind Müller & Söhne', plan: 'enterprise' });
    expect(tenant).toMatchObject({ slug: 'nordwind-muller-sohne', status: 'trialing', plan: 'business', chosenPlan: 'enterprise', ownerId: id });
    expect(Date.parse(tenant.trialEndsAt!) - company.clock.at.getTime()).toBe(14 * DAY);
    const there = { tenant: tenant.id };
    const roles = await company.done(rolesList, {}, bearer(token), there);
    expect(roles.items.map((role) => role.key).sort()).toEqual(SYSTEM_ROLES.map((role) => role.key).sort());
    expect(roles.items).toHaveLength(11);
    const grants = await company.done(grantsList, {}, bearer(token), there);
    expect(grants.items).toEqual([expect.objectContaining({ role: expect.objectContaining({ key: 'owner' }), scope: { all: true }, grantedBy: null })]);
    expect(await company.done(tenantsSettingsGet, { id: tenant.id }, bearer(token))).toMatchObject({ version: 1, security: { mfa: 'optional', ipAllowList: [] } });
    const { features } = await company.done(tenantsFeaturesList, { id: tenant.id }, bearer(token));
    expect(features['seats']).toEqual({ enabled: true, limit: 200, used: 1, source: 'plan', expiresAt: tenant.trialEndsAt });
    // One transaction wrote all of it, the data key included, before anything was sealed.
    const parts = await root.query<{ what: string; rows: number; by: string[] }>(
      `select what, count(*)::int as rows, array_agg(distinct written) as by from (
        select 'tenant' as what, xmin::text as written from tenants where tenant_id = $1
        union all select 'slug', xmin::text from tenant_slugs where tenant_id = $1
        union all select 'settings', xmin::text from tenant_settings where tenant_id = $1
        union all select 'membership', xmin::text from auth.memberships where tenant_id = $1
        union all select 'member', xmin::text from members where tenant_id = $1
        union all select 'role', xmin::text from roles where tenant_id = $1
        union all select 'grant', xmin::text from grants where tenant_id = $1
        union all select 'data key', xmin::text from data_keys where tenant_id = $1) parts group by what`,
      [tenant.id],
    );
    expect(Object.fromEntries(parts.rows.map(({ what, rows }) => [what, rows]))).toEqual({ tenant: 1, slug: 1, settings: 1, membership: 1, member: 1, role: 11, grant: 1, 'data key': 1 });
    expect(new Set(parts.rows.flatMap(({ by }) => by)).size).toBe(1);
    const place = { tenantId: tenant.id, table: 'changes', row: tenant.id, field: 'x' };
    const sealed = await company.databases.tenant({ tenantId: tenant.id }, (db) => company.sealer.seal(db, place, 'secret'));
    expect(await company.databases.tenant({ tenantId: tenant.id }, (db) => company.sealer.open(db, place, sealed))).toBe('secret');
    expect((await root.query('select 1 from data_keys where tenant_id = $1', [tenant.id])).rowCount).toBe(1);
    const events = await company.sql<{ type: string }>('select type from events where tenant_id = $1 order by seq', [tenant.id]);
    expect(events[0]).toEqual({ type: 'tenant.created' });
  }); // prettier-ignore

  test('of a tenant whose last step fails, nothing is left, and the trial of its founder neither is used', async () => {
    const { token, id } = await newcomer('nils');
    const counts = async () => (await root.query(`select (select count(*) from tenants) as tenants, (select count(*) from data_keys) as keys, (select count(*) from roles) as roles, (select count(*) from grants) as grants, (select count(*) from auth.memberships) as memberships`)).rows[0] as object;
    const before = await counts();
    await root.query(`alter table events add constraint nothing_new check (type <> 'tenant.created') not valid`);
    try {
      expect(await refusal(token, { name: 'Half of a tenant' })).toBe('internal');
    } finally {
      await root.query('alter table events drop constraint nothing_new');
    }
    expect(await counts()).toEqual(before);
    expect(await create(token, { name: 'A whole tenant' })).toMatchObject({ ownerId: id, status: 'trialing', plan: 'business' });
  }); // prettier-ignore

  test('platform 51: Given a reserved or taken slug, when creating, then 409/422 without telling who has it', async () => {
    const { token } = await newcomer('otto');
    expect(await refusal(token, { name: 'Admin', slug: 'admin' })).toBe('validation-failed');
    const taken = await company.refused(tenantsCreate, { name: 'Globex two', slug: 'globex' }, bearer(token));
    expect([taken.slug, taken.kind.status]).toEqual(['slug-taken', 409]);
    expect(JSON.stringify(taken)).not.toMatch(/Carrier|gustav/i);
    expect((await company.done(tenantsList, {}, bearer(token))).items).toEqual([]);
  });

  test('platform 52: Given a person with a used trial, when creating a second tenant, then plan `free`', async () => {
    const { token } = await newcomer('paul');
    expect(await create(token, { name: 'First of Paul' })).toMatchObject({ plan: 'business', status: 'trialing' });
    expect(await create(token, { name: 'Second of Paul' })).toMatchObject({ plan: 'free', status: 'active', trialEndsAt: null });
  });

  test('two first tenants at once share one trial', async () => {
    const { token } = await newcomer('quinn');
    const both = await Promise.all([create(token, { name: 'Quinn one' }), create(token, { name: 'Quinn two' })]);
    expect(both.map(({ plan }) => plan).sort()).toEqual(['business', 'free']);
  });

  test('nobody owns more than twenty, and a key founds none', async () => {
    const { token, id } = await newcomer('rosa');
    await create(token, { name: 'Rosa one' });
    await company.databases.platform('test', (db) =>
      db.$client.query(
        `insert into tenants (tenant_id, id, slug, name, owner_id) select i, i, 'rosa-x' || n, 'Rosa', $1 from generate_series(1, 19) n, lateral (select gen_random_uuid() i where n > 0) x`,
        [id],
      ),
    );
    expect(await refusal(token, { name: 'Rosa again' })).toBe('tenant-limit-reached');
    expect(await company.slugOf(tenantsCreate, { name: 'By key' }, company.key('olivia'))).toBe('session-required');
  });

  test('one whose address is not verified founds none', async () => {
    const { token, id } = await newcomer('sam');
    await company.sql('update auth.users set email_verified_at = null where id = $1', [id]);
    expect(await refusal(token, { name: 'Sam' })).toBe('email-not-verified');
  });
});

describe('slugs', () => {
  test('whatever the name, the suggestion can be used, and a number tells it from the others', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 120 }), fc.constantFrom('admin', '東京', '--', 'Ä')), fc.nat(99), (name, number) => {
        expect(slugFault(suggestSlug(name, number))).toBeUndefined();
      }),
    )); // prettier-ignore

  test('are suggested by name and skip those that are taken; whether one is free is told, by whom it is taken is not', async () => {
    const { token } = await newcomer('tess');
    const ask = (input: object) => company.done(tenantsSlugAvailable, input, bearer(token), { ip: '198.51.100.7' });
    expect(await ask({ name: 'Acme' })).toEqual({ slug: 'acme-2', available: true, reason: null });
    expect(await ask({ slug: 'globex' })).toEqual({ slug: 'globex', available: false, reason: 'It is taken' });
    expect(await ask({ slug: 'www' })).toEqual({ slug: 'www', available: false, reason: 'This name is reserved' });
    for (let tries = 3; tries < 30; tries += 1) await ask({ slug: `free-${tries}` });
    expect(await company.slugOf(tenantsSlugAvailable, { slug: 'one-more' }, bearer(token), { ip: '198.51.100.7' })).toBe('rate-limited');
  });

  test('that are given up stay with their tenant, lead on, and come back to it', async () => {
    const { token } = await newcomer('uma');
    const { id, version } = await create(token, { name: 'Umbrella', slug: 'umbrella' });
    const rename = (slug: string, seen?: number) => company.done(tenantsUpdate, { id, slug, ...(seen ? { version: seen } : {}) }, bearer(token));
    expect(await rename('parasol', version)).toMatchObject({ slug: 'parasol', version: version + 1 });
    expect(await refusal((await newcomer('vic')).token, { name: 'Vic', slug: 'umbrella' })).toBe('slug-taken');
    expect(await company.slugOf(tenantsUpdate, { id, slug: 'third-name', version }, bearer(token))).toBe('version-conflict');
    expect(await company.slugOf(tenantsUpdate, { id, slug: 'acme' }, bearer(token))).toBe('slug-taken');
    expect(await rename('umbrella')).toMatchObject({ slug: 'umbrella' });
    expect(await company.sql(`select slug, given_up_at is null as used from tenant_slugs where tenant_id = $1 order by slug`, [id])).toEqual([
      { slug: 'parasol', used: false },
      { slug: 'umbrella', used: true },
    ]);
  });
});

test.each([{ plan: 'enterprise' }, { status: 'active' }, { ownerId: crypto.randomUUID() }, { tenantId: crypto.randomUUID() }, { region: 'elsewhere' }, { version: 1, trialEndsAt: '2099-01-01T00:00:00Z' }])(
  'what is not theirs to set is refused, not dropped: %j',
  async (extra) => {
    const [acme] = await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`);
    expect(await company.slugOf(tenantsUpdate, { id: acme!.id, name: 'Acme', ...extra }, company.key('olivia'))).toBe('validation-failed');
  },
); // prettier-ignore

describe('platform 53: Given path tenant A and token tenant B, when calling, then 400 `tenant-ambiguous` or 404, never data of A', () => {
  let acme: string;
  let globex: string;
  const idOf = async (slug: string) => (await company.sql<{ id: string }>('select id from tenants where slug = $1', [slug]))[0]!.id;
  beforeAll(async () => {
    [acme, globex] = [await idOf('acme'), await idOf('globex')];
    // Whatever is refused is not refused for want of rights.
    for (const tenantId of [acme, globex])
      await company.sql(`insert into grants (tenant_id, id, subject_id, role_id, scope, valid_from, reason) select $1, gen_random_uuid(), $2, id, '{"all": true}', $3, 'Test' from roles where tenant_id = $1 and key = 'owner'`, [tenantId, await company.idOf('priya'), company.clock.at]); // prettier-ignore
  });
  const ofAcme = /Acme|olivia|adam@|dana/i;
  const routes = (): [Operation, object][] => [
    [tenantsGet, { id: acme }],
    [tenantsSettingsGet, { id: acme }],
    [tenantsFeaturesList, { id: acme }],
    [tenantsUpdate, { id: acme, name: 'Taken over' }],
  ];
  const answers = async (credentials: Credentials, from: object = {}) => {
    const slugs = new Set<string>();
    for (const [operation, input] of routes()) {
      const problem = await company.refused(operation, input, credentials, from);
      expect(JSON.stringify(problem.toJSON())).not.toMatch(ofAcme);
      slugs.add(`${problem.kind.status} ${problem.slug}`);
    }
    expect((await company.sql('select name from tenants where id = $1', [acme]))[0]).toEqual({ name: 'Acme Networks' });
    return [...slugs];
  };

  test('an access token of B, of somebody who belongs to both', async () => {
    const { accessToken } = await company.signIn('priya', { slug: 'globex', tokenType: 'pair' });
    expect(await answers(bearer(accessToken!))).toEqual(['400 tenant-ambiguous']);
    // By header it is the same, and by the tenant's slug; without a name, and with its own, it works.
    for (const tenant of ['acme', acme]) expect(await company.slugOf(membersList, {}, bearer(accessToken!), { tenant })).toBe('tenant-ambiguous');
    for (const from of [{}, { tenant: 'globex' }, { tenant: globex }])
      expect((await company.done(membersList, {}, bearer(accessToken!), from)).items.some(({ email }) => email === 'gustav@globex.example')).toBe(
        true,
      );
    expect(await company.done(tenantsGet, { id: globex }, bearer(accessToken!))).toMatchObject({ slug: 'globex' });
    const { accessToken: other } = await company.done(authSwitchTenant, { tenantId: acme }, bearer(accessToken!));
    expect(await company.done(tenantsGet, { id: acme }, bearer(other!))).toMatchObject({ slug: 'acme' });
  });

  test('an access token of B, of somebody who has no part in A', async () => {
    const { accessToken } = await company.signIn('gustav', { tokenType: 'pair' });
    expect(await answers(bearer(accessToken!))).toEqual(['404 tenant-not-found']);
  });

  test('a key of B, of somebody who belongs to both and of somebody who does not', async () => {
    const { token } = await company.signIn('priya', { slug: 'globex' });
    const made = await company.done(apiKeysCreate, { name: 'of globex', expiresInDays: 1 }, bearer(token!));
    expect(await answers(bearer(made.key))).toEqual(['404 tenant-not-found']);
    expect(await answers(company.key('gustav'))).toEqual(['404 tenant-not-found']);
  });

  test('path and header that differ, whoever asks', async () => {
    const { token } = await company.signIn('priya', { slug: 'globex' });
    expect(await answers(bearer(token!), { tenant: globex })).toEqual(['400 tenant-ambiguous']);
    expect(await answers(company.key('gustav'), { tenant: 'globex' })).toEqual(['404 tenant-not-found']);
  });
});
