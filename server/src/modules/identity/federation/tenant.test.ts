import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBrowser, type Company } from '#test/company.ts';
import { federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { withFactors } from '#test/factors.ts';
import { startOidc, type FakePerson, type Oidc } from '#test/idps.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import { grantsList, rolesList } from '#modules/access/index.ts';
import { authLogin } from '../index.ts';
import { authProviders } from '../operations/auth.providers.ts';
import { identityProvidersTest } from '../operations/identityProviders.check.ts';
import { identityProvidersCreate } from '../operations/identityProviders.create.ts';
import { identityProvidersDelete } from '../operations/identityProviders.delete.ts';
import { identityProvidersGet } from '../operations/identityProviders.get.ts';
import { identityProvidersList } from '../operations/identityProviders.list.ts';
import { identityProvidersUpdate } from '../operations/identityProviders.update.ts';

const nell: FakePerson = {
  sub: 'nell',
  claims: { email: 'nell@corp.example', email_verified: true, name: 'Nell Corp', groups: ['netops', 'everyone'] },
  amr: ['pwd', 'mfa'],
};
const people: FakePerson[] = [
  nell,
  { sub: 'stranger', claims: { email: 'stranger@corp.example', email_verified: true, groups: ['visitors'] } },
  { sub: 'imposter', claims: { email: 'dana@acme.example', email_verified: true, groups: ['netops'] } },
  { sub: 'outsider', claims: { email: 'gustav@globex.example', email_verified: true, groups: ['netops'] } },
];
let idp: Oidc;
let company: Company;
let provider: string;
let roles: Record<string, string>;
const owner = () => company.key('olivia');

const base = () => ({ key: 'corporate', name: 'Corporate', issuer: idp.issuer, clientId: 'sy', clientSecret: 's3cret' });
/** Carries a change of a provider to its end; the answer is read back. */
async function changed(operation: AnyOperation, input: object): Promise<void> {
  const change = await company.carriedOut(await company.call(operation, input, owner()), company.key('priya'));
  if (change.state !== 'succeeded') throw new Error(JSON.stringify(change.problem));
}
const update = (input: object) => changed(identityProvidersUpdate, { id: provider, ...input });
const shown = () => company.done(identityProvidersGet, { id: provider }, owner());

beforeAll(async () => {
  // The client's redirect address has the provider's id in it, so the fake learns of it afterwards.
  idp = await startOidc({ clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [`${PUBLIC}/*`] }], people });
  company = await federatedCompany({}, { works: true });
  const { items } = await company.done(rolesList, {}, owner());
  roles = Object.fromEntries(items.map(({ key, id }) => [key, id]));
  await changed(identityProvidersCreate, base());
  provider = (await company.done(identityProvidersList, {}, owner())).items[0]!.id;
  const { redirectUri, backchannelLogoutUri } = await shown();
  await idp.close();
  idp = await startOidc({
    port: Number(new URL(idp.origin).port),
    clients: [{ clientId: 'sy', clientSecret: 's3cret', redirectUris: [redirectUri], backchannelLogoutUri }],
    people,
  });
});
afterAll(async () => void (await Promise.all([company.close(), idp.close()])));
beforeEach(async () => {
  idp.as('nell');
  await company.sql('delete from auth.login_attempts');
});

const rolesOfNell = async () => {
  const [person] = await company.sql<{ id: string }>(`select id from auth.users where email = 'nell@corp.example'`);
  const { items } = await company.done(grantsList, {}, owner());
  return items.filter(({ subject }) => subject.id === person?.id).map(({ role }) => role.key).sort(); // prettier-ignore
};

describe('an identity provider of a tenant', () => {
  test('is shown without its secret, which is sealed', async () => {
    expect(await shown()).toMatchObject({
      key: 'corporate',
      hasSecret: true,
      scopes: 'openid profile email offline_access',
      allowedAlgorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockSkewSeconds: 60,
    });
    expect(JSON.stringify(await shown())).not.toContain('s3cret');
    const [row] = await company.sql<{ all: string }>('select to_jsonb(p)::text as all from identity_providers p');
    expect(row!.all).not.toContain('s3cret');
    const [change] = await company.sql<{ all: string }>(`select string_agg(to_jsonb(c)::text, '') as all from events c`);
    expect(change!.all).not.toContain('s3cret');
  });

  test('waits for somebody else to agree', async () => {
    const passed = await company.call(identityProvidersUpdate, { id: provider, trustMfa: true }, owner());
    expect(passed).toMatchObject({ status: 'accepted', change: { state: 'awaiting_approval' } });
    expect((await shown()).trustMfa).toBe(false);
  });

  test('is none of other tenants, nor of people without the permission', async () => {
    expect(await company.slugOf(identityProvidersGet, { id: provider }, company.key('gustav'))).toBe('not-found');
    expect(await company.slugOf(identityProvidersDelete, { id: provider }, company.key('gustav'))).toBe('not-found');
    expect(await company.slugOf(identityProvidersUpdate, { id: provider, name: 'x' }, company.key('dana'))).toBe('permission-denied');
  });

  test.each(['http://169.254.169.254/latest', 'https://169.254.169.254', 'ftp://idp.example', 'https://user:pw@idp.example'])(
    'its issuer cannot be %s',
    async (issuer) => {
      const slug = await company.slugOf(identityProvidersCreate, { ...base(), key: 'evil', issuer }, owner());
      expect(['issuer-not-allowed', 'validation-failed']).toContain(slug);
    },
  );

  test('groups are mapped only to what the caller could give', async () => {
    const mapping = [{ value: 'admins', roleId: roles['owner'], scope: { all: true } }];
    expect(await company.slugOf(identityProvidersUpdate, { id: provider, roleMapping: mapping }, owner())).toBe('grant-escalation');
    expect(await company.slugOf(identityProvidersUpdate, { id: provider, roleMapping: [{ value: 'x', roleId: provider }] }, owner())).toBe(
      'not-found',
    );
  });

  test('can be tried out', async () => {
    const good = await company.done(identityProvidersTest, { id: provider }, owner());
    expect([good.ok, good.checks.map(({ name }) => name)]).toEqual([true, ['discovery', 'algorithms', 'keys', 'pkce', 'logout']]);
    idp.goes('down');
    expect(await company.done(identityProvidersTest, { id: provider }, owner())).toMatchObject({
      ok: false,
      checks: [{ name: 'discovery', ok: false }],
    });
    idp.goes('up');
  });

  test('is offered on the sign-in page of its tenant only', async () => {
    const offered = async (tenant?: string) => (await company.done(authProviders, tenant ? { tenant } : {}, null)).providers;
    expect(await offered('acme')).toEqual([{ id: provider, kind: 'oidc', name: 'Corporate', startUrl: `/api/v1/auth/oidc/${provider}/login` }]);
    expect(await offered('globex')).toEqual([]);
    expect(await offered()).toEqual([]);
  });
});

describe('people who come by it', () => {
  test('are nobody while the tenant does not make members of them', async () => {
    expect((await visits(company).turnedAway(provider)).slug).toBe('no-membership');
    expect(await company.sql(`select 1 from auth.users where email = 'nell@corp.example'`)).toEqual([]);
  });

  test('with a mapped group, but from a domain that the tenant has not proven, have to confirm their address', async () => {
    await update({ jitProvisioning: true, trustEmail: true, roleMapping: [{ value: 'netops', roleId: roles['developer'], scope: { all: true } }] });
    expect((await visits(company).turnedAway(provider)).slug).toBe('email-not-verified');
    await company.sql(`delete from auth.users where email = 'nell@corp.example'`);
  });

  test('never take over an account by its address, whatever the provider claims', async () => {
    for (const sub of ['imposter', 'outsider']) {
      idp.as(sub);
      expect((await visits(company).turnedAway(provider)).slug).toBe('account-exists');
    }
    expect(await company.sql('select 1 from auth.oauth_accounts')).toEqual([]);
  });

  test('of its own domain become members, with the roles of their groups', async () => {
    await company.sql(
      `insert into tenant_domains (tenant_id, id, domain, token, state, verified_at, next_check_at) select tenant_id, gen_random_uuid(), 'corp.example', 't', 'verified', now(), now() from tenants where slug = 'acme'`,
    );
    expect(await visits(company).signIn(provider)).toMatchObject({
      status: 'signed-in',
      tenant: { slug: 'acme' },
      user: { email: 'nell@corp.example', name: 'Nell Corp' },
    });
    expect(await rolesOfNell()).toEqual(['developer']);
    const told = await company.sql<{ type: string; data: Record<string, unknown> }>(
      `select type, data from events where type in ('member.joined', 'grant.created') order by seq desc limit 2`,
    );
    expect(told.map(({ type }) => type).sort()).toEqual(['grant.created', 'member.joined']); // prettier-ignore
    // As every grant is announced.
    expect(told.find(({ type }) => type === 'grant.created')!.data).toMatchObject({
      grantId: expect.any(String),
      role: 'developer',
      scope: { all: true },
    });
  });

  test('find no seat where all are taken', async () => {
    people.push({ sub: 'late', claims: { email: 'late@corp.example', email_verified: true, groups: ['netops'] } });
    idp.as('late');
    await company.sql(`update tenants set plan = 'free' where slug = 'acme'`);
    expect((await visits(company).turnedAway(provider)).slug).toBe('seat-limit-reached');
    expect(await company.sql(`select 1 from auth.users where email = 'late@corp.example'`)).toEqual([]);
    await company.sql(`update tenants set plan = 'enterprise' where slug = 'acme'`);
  });

  test('without a mapped group have no access', async () => {
    idp.as('stranger');
    expect((await visits(company).turnedAway(provider)).slug).toBe('no-membership');
    expect(await company.sql(`select 1 from auth.users where email = 'stranger@corp.example'`)).toEqual([]);
  });

  test('lose with the next sign-in what their groups no longer give, and keep what people gave them', async () => {
    await update({
      roleMapping: [
        { value: 'netops', roleId: roles['viewer'], scope: { all: true } },
        { value: 'everyone', roleId: roles['auditor'], scope: { any: [{ environments: ['lab'] }] } },
      ],
    });
    expect(await rolesOfNell()).toEqual(['developer']);
    await visits(company).signIn(provider);
    expect(await rolesOfNell()).toEqual(['auditor', 'viewer']);
    nell.claims!['groups'] = ['everyone'];
    await visits(company).signIn(provider);
    expect(await rolesOfNell()).toEqual(['auditor']);
    const before = await company.sql('select id from grants');
    await visits(company).signIn(provider);
    expect(await company.sql('select id from grants')).toHaveLength(before.length);
    nell.claims!['groups'] = ['netops', 'everyone'];
  });

  test('bring their second factor along only where the tenant trusts it', async () => {
    const level = async () => {
      await visits(company).signIn(provider);
      return (await company.sql('select level, amr from auth.sessions order by created_at desc, id desc limit 1'))[0];
    };
    expect(await level()).toMatchObject({ level: 1, amr: ['fed'] });
    await update({ trustMfa: true });
    expect(await level()).toMatchObject({ level: 2, amr: ['fed', 'mfa'] });
    // In another tenant the word of this one's provider must open nothing more than a password would.
    const [id] = await company.sql<{ id: string }>(`select id from auth.users where email = 'nell@corp.example'`);
    const globex = `(select tenant_id from tenants where slug = 'globex')`;
    await company.sql(`insert into auth.memberships (tenant_id, user_id) values (${globex}, $1)`, [id!.id]);
    await company.sql(`insert into members (tenant_id, id, email, name) values (${globex}, $1, 'nell@corp.example', 'Nell')`, [id!.id]);
    expect(await level()).toMatchObject({ level: 1, amr: ['fed'] });
    await company.sql(`delete from members where tenant_id = ${globex} and id = $1`, [id!.id]);
    await company.sql(`delete from auth.memberships where tenant_id = ${globex} and user_id = $1`, [id!.id]);
    nell.amr = ['pwd'];
    expect(await level()).toMatchObject({ level: 1, amr: ['fed'] });
    nell.amr = ['pwd', 'mfa'];
    await update({ trustMfa: false });
  });

  test('an account with a second factor is not linked by its address, even for the domain of the tenant', async () => {
    await company.sql(
      `insert into tenant_domains (tenant_id, id, domain, token, state, verified_at, next_check_at) select tenant_id, gen_random_uuid(), 'acme.example', 't2', 'verified', now(), now() from tenants where slug = 'acme'`,
    );
    await withFactors(company).enrolApp('dana');
    idp.as('imposter');
    expect((await visits(company).turnedAway(provider)).slug).toBe('account-exists');
    await withFactors(company).stripped('dana');
    expect(await visits(company).signIn(provider)).toMatchObject({ user: { email: 'dana@acme.example' } });
    expect(company.mails.filter(({ template }) => template === 'identity-linked')).toMatchObject([{ to: 'dana@acme.example' }]);
  });
});

describe('where the organisation wants its own provider', () => {
  const enforce = (yes: boolean) =>
    company.sql(
      `update tenant_settings set value = jsonb_set(coalesce(value, '{}'), '{security}', $1::jsonb) where tenant_id = (select tenant_id from tenants where slug = 'acme')`,
      [JSON.stringify({ ssoEnforced: yes })],
    );

  test('the address leads there, before any password is asked, whether there is such a person or not', async () => {
    await enforce(true);
    const ask = (email: string) => company.done(authProviders, { email }, null);
    expect(await ask('dana@acme.example')).toMatchObject({
      password: false,
      sso: { provider, enforced: true, startUrl: `/api/v1/auth/oidc/${provider}/login` },
    });
    expect(await ask('no.such.person@acme.example')).toEqual(await ask('dana@acme.example'));
    expect(await ask('gustav@globex.example')).toMatchObject({ password: true, sso: null });
    const { email, password } = company.login('dana');
    const refused = await company.refused(authLogin, { email, password }, null);
    expect([refused.slug, refused.kind.status, refused.extras['startUrl']]).toEqual(['sso-required', 403, `/api/v1/auth/oidc/${provider}/login`]);
    expect(await company.slugOf(authLogin, { email: 'no.such.person@acme.example', password: 'x' }, null)).toBe('sso-required');
    await enforce(false);
    expect(await ask('dana@acme.example')).toMatchObject({ password: true, sso: { enforced: false } });
  });
});

test('a provider that is switched off lets nobody in', async () => {
  await update({ enabled: false });
  await expect(visits(company).start(provider)).rejects.toMatchObject({ slug: 'provider-not-found' });
  await update({ enabled: true });
  expect((await visits(company).signIn(provider)).status).toBe('signed-in');
});

test('the address of the way back holds a code, and the browser binding is that of the tenant’s route', async () => {
  const visit = visits(company, createBrowser());
  const back = await visit.away(provider);
  const problem = await visits(company).refusedLanding(provider, back);
  expect([problem.slug, problem.kind.status]).toEqual(['oidc-state-invalid', 400]);
});

test('with the provider go the identities that were known by it', async () => {
  await changed(identityProvidersDelete, { id: provider });
  await expect.poll(() => company.sql('select 1 from auth.oauth_accounts where provider = $1', [provider]), { timeout: 60_000 }).toEqual([]);
  expect((await company.done(identityProvidersList, {}, owner())).items).toEqual([]);
});
