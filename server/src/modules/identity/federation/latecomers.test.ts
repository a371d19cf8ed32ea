import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cookie, createBrowser, type Company } from '#test/company.ts';
import { federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { startOidc, type FakePerson, type Oidc } from '#test/idps.ts';
import { authMe } from '../index.ts';
import { authVerifyEmail } from '../operations/auth.verifyEmail.ts';
import { rolesList } from '#modules/access/index.ts';

const ACME = '0197a1b2-0000-7000-8000-00000000aaaa';
const GLOBEX = '0197a1b2-0000-7000-8000-00000000bbbb';
const MINUTE = 60_000;
const PASSWORD = 'vumqe xahilog trip';
const people: FakePerson[] = [{ sub: 'nobody', claims: {} }];
let idp: Oidc;
let company: Company;
let roles: Record<string, string>;

const tenantId = (slug: string): string => `(select tenant_id from tenants where slug = '${slug}')`;
const set = (columns: string, provider = ACME) => company.sql(`update identity_providers set ${columns} where id = $1`, [provider]);

beforeAll(async () => {
  const callback = (id: string): string => `${PUBLIC}/api/v1/auth/oidc/${id}/callback`;
  idp = await startOidc({ clients: [{ clientId: 'sy', clientSecret: null, redirectUris: [callback(ACME), callback(GLOBEX)] }], people });
  company = await federatedCompany({});
  const { items } = await company.done(rolesList, {}, company.key('olivia'));
  roles = Object.fromEntries(items.map(({ key, id }) => [key, id]));
  for (const [id, slug] of [
    [ACME, 'acme'],
    [GLOBEX, 'globex'],
  ])
    await company.sql(
      `insert into identity_providers (tenant_id, id, key, name, preset, issuer, client_id, scopes, allowed_algorithms) values (${tenantId(slug!)}, $1, 'corp', 'Corp', 'generic', $2, 'sy', 'openid profile email', '{RS256}')`,
      [id, idp.issuer],
    );
});
afterAll(async () => void (await Promise.all([company.close(), idp.close()])));
beforeEach(async () => {
  company.clock.pass(MINUTE);
  await company.sql('delete from auth.login_attempts');
  await set('enabled = true, jit_provisioning = true, trust_mfa = true');
  await mapTo('developer');
});

const mapTo = (role: string) => set(`role_mapping = '${JSON.stringify([{ value: 'netops', roleId: roles[role], scope: { all: true } }])}'`);
const tokenFor = (email: string): string => (company.mails.findLast(({ to }) => to === email)!.data as { link: string }).link.split('#token=')[1]!;
const membership = async (email: string) => (await company.sql<{ slug: string; status: string; role: string | null }>(
    `select t.slug, m.status, r.key as role from auth.users u join members m on m.id = u.id join tenants t on t.tenant_id = m.tenant_id
       left join grants g on g.tenant_id = m.tenant_id and g.subject_id = u.id and g.revoked_at is null left join roles r on r.tenant_id = g.tenant_id and r.id = g.role_id
     where u.email = $1`,
    [email],
  )); // prettier-ignore

/** Somebody new comes by the tenant's provider, which does not answer for the address; `confirm`: the link of the mail, in the same browser. */
async function arrival(name: string, provider = ACME) {
  const email = `${name}@corp.example`;
  if (!people.some(({ sub }) => sub === name))
    people.push({ sub: name, claims: { email, email_verified: false, name, groups: ['netops'] }, amr: ['pwd', 'mfa'] });
  idp.as(name);
  const visit = visits(company, createBrowser('Firefox'));
  expect((await visit.turnedAway(provider)).slug).toBe('email-not-verified');
  return { email, visit, confirm: (browser = visit.browser) => company.done(authVerifyEmail, { token: tokenFor(email) }, null, { browser }) };
}

describe('somebody whose address the tenant’s provider does not answer for', () => {
  test('is a member as soon as they have confirmed it, in the browser that they came with', async () => {
    const { email, confirm } = await arrival('nell');
    expect(await membership(email)).toEqual([]);
    const answer = await confirm();
    expect(answer).toMatchObject({ status: 'signed-in', tenant: { slug: 'acme' }, user: { email } });
    expect(await membership(email)).toEqual([{ slug: 'acme', status: 'active', role: 'developer' }]);
    const me = await company.done(authMe, {}, cookie((answer as { token: string }).token));
    expect(me).toMatchObject({ tenant: { slug: 'acme' }, roles: [{ key: 'developer' }] });
    const [session] = await company.sql('select provider, subject, amr, level from auth.sessions order by created_at desc, id desc limit 1');
    expect(session).toEqual({ provider: ACME, subject: 'nell', amr: ['fed', 'mfa', 'email'], level: 2 });
    expect(await company.sql(`select 1 from events where type = 'member.joined' and data->>'memberId' = $1`, [me.actor.id])).toHaveLength(1);
    expect((await visits(company).signIn(ACME)).status).toBe('signed-in');
  });

  test('brings no second factor along that is older than a quarter of an hour', async () => {
    const { confirm } = await arrival('slow');
    company.clock.pass(16 * MINUTE);
    expect(await confirm()).toMatchObject({ status: 'signed-in', tenant: { slug: 'acme' } });
    const [session] = await company.sql('select amr, level from auth.sessions order by created_at desc, id desc limit 1');
    expect(session).toEqual({ amr: ['fed', 'email'], level: 1 });
  });

  test('has the role that the groups stand for by then', async () => {
    const { email, confirm } = await arrival('mapped');
    await mapTo('viewer');
    await confirm();
    expect(await membership(email)).toEqual([{ slug: 'acme', status: 'active', role: 'viewer' }]);
  });

  test('may come twice before the mail is read; the browser that came last counts', async () => {
    const first = await arrival('twice');
    company.clock.pass(59 * MINUTE);
    const second = await arrival('twice');
    company.clock.pass(2 * MINUTE);
    expect(await first.confirm()).toMatchObject({ status: 'password-required' });
    expect(await second.confirm()).toMatchObject({ status: 'signed-in', tenant: { slug: 'acme' } });
  });

  test('confirms in another browser: an account with a password of their own, and neither the identity nor the membership', async () => {
    const { email, confirm } = await arrival('phone');
    expect(await confirm(createBrowser())).toMatchObject({ status: 'password-required' });
    expect(await company.done(authVerifyEmail, { token: tokenFor(email), password: PASSWORD }, null)).toEqual({ status: 'verified', email });
    expect(await membership(email)).toEqual([]);
    expect(await company.sql(`select 1 from auth.oauth_accounts where subject = 'phone'`)).toEqual([]);
    expect((await visits(company).turnedAway(ACME)).slug).toBe('account-exists');
  });
});

describe('the word of the provider is worth nothing', () => {
  test.each([
    ['once the provider is switched off', 'off', () => set('enabled = false')],
    ['once it makes no members any more', 'nojit', () => set('jit_provisioning = false')],
    ['once it is another provider', 'other', () => set(`client_id = 'another'`)],
    ['once no role is mapped to the groups', 'unmapped', () => set(`role_mapping = '[]'`)],
    ['once the tenant is closed', 'closed', () => company.sql(`update tenants set status = 'suspended' where slug = 'acme'`)],
    ['when no seat is left', 'seatless', () => company.sql(`update tenants set plan = 'free' where slug = 'acme'`)],
    ['after an hour', 'late', async () => company.clock.pass(61 * MINUTE)],
    ['without its seal', 'unsealed', () => company.sql(`update auth.signups set word_sealed = 'forged.' || word_sealed`)],
  ])('%s: the address is confirmed, and nobody is let in', async (_when, name, change) => {
    const { email, confirm } = await arrival(name);
    const sessions = await company.sql('select id from auth.sessions');
    await change();
    expect(await confirm()).toEqual({ status: 'verified', email });
    expect(await membership(email)).toEqual([]);
    expect(await company.sql('select id from auth.sessions')).toHaveLength(sessions.length);
    expect(await company.sql('select status from auth.users where email = $1', [email])).toEqual([{ status: 'active' }]);
    await set(`client_id = 'sy'`);
    await company.sql(`update tenants set status = 'active', plan = 'enterprise' where slug = 'acme'`);
  });

  test('for a member who was suspended meanwhile', async () => {
    const { email, confirm } = await arrival('suspended');
    const [{ id }] = (await company.sql<{ id: string }>('select id from auth.users where email = $1', [email])) as [{ id: string }];
    await company.sql(`insert into auth.memberships (tenant_id, user_id) values (${tenantId('acme')}, $1)`, [id]);
    await company.sql(`insert into members (tenant_id, id, email, name, status) values (${tenantId('acme')}, $1, $2, 'S', 'suspended')`, [id, email]);
    expect(await confirm()).toEqual({ status: 'verified', email });
    expect(await membership(email)).toEqual([{ slug: 'acme', status: 'suspended', role: null }]);
  });

  test('for an account that was suspended meanwhile', async () => {
    const { email, confirm } = await arrival('banned');
    await company.sql(`update auth.users set status = 'suspended' where email = $1`, [email]);
    await expect(confirm()).rejects.toThrow(/not good any more/);
    expect(await membership(email)).toEqual([]);
    expect(await company.sql('select status from auth.users where email = $1', [email])).toEqual([{ status: 'suspended' }]);
  });

  test('in another account than its own', async () => {
    const owner = await arrival('owner');
    const thief = await arrival('thief');
    await company.sql(
      `update auth.signups set word_sealed = (select word_sealed from auth.signups s join auth.users u on u.id = s.user_id where u.email = $1) where user_id = (select id from auth.users where email = $2)`,
      [owner.email, thief.email],
    );
    expect(await thief.confirm()).toEqual({ status: 'verified', email: thief.email });
    expect(await membership(thief.email)).toEqual([]);
  });
});

test('the provider of another tenant gains nothing, neither a member nor a word in this one', async () => {
  // Globex makes nobody a member; its administrators say what they like of groups.
  const visit = visits(company, createBrowser());
  people.push({ sub: 'gain', claims: { email: 'gain@corp.example', email_verified: false, groups: ['netops'] } });
  idp.as('gain');
  expect((await visit.turnedAway(GLOBEX)).slug).toBe('no-membership');
  expect(await company.sql(`select 1 from auth.users where email = 'gain@corp.example'`)).toEqual([]);
  // And where it does: into Globex alone, with roles of Globex alone, although the mapping names one of Acme.
  await set(
    `jit_provisioning = true, role_mapping = '${JSON.stringify([{ value: 'netops', roleId: roles['owner'], scope: { all: true } }])}'`,
    GLOBEX,
  );
  const { email, confirm } = await arrival('gain', GLOBEX);
  expect(await confirm()).toMatchObject({ status: 'signed-in', tenant: { slug: 'globex' } });
  expect(await membership(email)).toEqual([{ slug: 'globex', status: 'active', role: null }]);
});
