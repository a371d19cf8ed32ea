import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, createCompany, type Company } from '#test/company.ts';
import { withFactors, type App } from '#test/factors.ts';
import { authLogin, authMe, authSwitchTenant } from '../index.ts';
import { authMfaChallenge } from '../operations/auth.mfa.challenge.ts';
import { usersMeChangeEmail } from '../operations/users.me.changeEmail.ts';
import type { FirstFactor } from './types.ts';

const PROVIDER = '0197a1b2-0000-7000-8000-00000000abcd';
let company: Company;
let app: App;
let acme: string;
beforeAll(async () => {
  company = await createCompany();
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  app = (await withFactors(company).enrolApp('olivia')).app;
  await company.sql(`insert into tenant_domains (tenant_id, id, domain, token, state, verified_at, next_check_at) values ($1, gen_random_uuid(), 'acme.example', 't', 'verified', now(), now())`, [acme]);
  await company.sql(`insert into identity_providers (tenant_id, id, key, name, preset, issuer, client_id, scopes, allowed_algorithms) values ($1, $2, 'own', 'Own', 'generic', 'https://idp.acme.example', 'sy', 'openid', '{RS256}')`, [acme, PROVIDER]);
  await company.sql(`update tenant_settings set value = jsonb_build_object('security', jsonb_build_object('ssoEnforced', true)) where tenant_id = $1`, [acme]);
  company.clock.pass(6_000);
}); // prettier-ignore
afterAll(() => company.close());
beforeEach(() => company.sql('delete from auth.login_attempts'));

const logIn = (name: string, password = company.login(name).password) =>
  company.refused(authLogin, { email: company.login(name).email, password }, null);
async function come(name: string, first: Omit<FirstFactor, 'userId'>) {
  const userId = await company.idOf(name);
  const concluded = await company.databases.platform('test', (db) =>
    company.iam.sessions.conclude(db, { userId, ...first }, { kind: 'bearer', ip: null, agent: null }, company.now()),
  );
  if (concluded.status !== 'signed-in') throw new Error('not signed in');
  return concluded.issued;
}
const ownProvider = { id: PROVIDER, issuer: 'https://idp.acme.example', subject: 'p' };

describe('where single sign-on is enforced', () => {
  test('neither a passkey nor a session from before leads in, only the provider of the tenant', async () => {
    const passkey = await come('dana', { amr: ['hwk', 'user'], level: 2 });
    expect(passkey.tenant).toBeNull();
    expect(await company.slugOf(authSwitchTenant, { tenantId: acme }, bearer(passkey.token!))).toBe('sign-in-not-allowed');
    expect(await company.slugOf(authMe, {}, bearer(passkey.token!), { tenant: 'acme' })).toBe('sign-in-not-allowed');
    expect((await come('dana', { amr: ['fed'], level: 1, provider: ownProvider })).tenant).toMatchObject({ slug: 'acme' });
  });

  test('its owner comes in with the password and a second factor, on record and told by mail; nobody else, and nobody learns who owns it', async () => {
    const looked = company.passwords.verified;
    for (const [name, password] of [['dana'], ['dana', 'wrong'], ['olivia', 'wrong']] as const)
      expect((await logIn(name, password)).slug).toBe('sso-required');
    expect(company.passwords.verified - looked).toBe(3);
    const { email, password } = company.login('olivia');
    const asked = await company.done(authLogin, { email, password, tokenType: 'bearer' }, null);
    if (asked.status !== 'mfa-required') throw new Error('let in with the password alone');
    const mails = company.mails.length;
    const answer = await company.done(authMfaChallenge, { challengeId: asked.challengeId, factor: 'totp', code: app.code(company.clock.at) }, null);
    expect(answer).toMatchObject({ status: 'signed-in', tenant: { slug: 'acme' } });
    expect(company.mails.slice(mails).filter(({ to, template }) => to === email && template === 'new-sign-in')).not.toEqual([]);
    expect(await company.sql(`select detail from auth.activity where kind = 'auth.sso_bypassed'`)).toEqual([{ detail: { tenant: 'Acme Networks' } }]);
  });

  test('an owner without a second factor is sent to the provider like everybody', async () => {
    await withFactors(company).stripped('olivia');
    expect((await logIn('olivia')).slug).toBe('sso-required');
    expect((await come('olivia', { amr: ['pwd'], level: 1 })).tenant).toBeNull();
  });
});

describe('the provider of one tenant', () => {
  test('opens no other, and is no proof for what changes the account of somebody who works for others too', async () => {
    const { token } = await come('priya', { amr: ['fed'], level: 1, provider: ownProvider }); // of acme and globex
    expect(await company.slugOf(authMe, {}, bearer(token!), { tenant: 'globex' })).toBe('sign-in-not-allowed');
    expect(await company.slugOf(usersMeChangeEmail, { email: 'thief@evil.example' }, bearer(token!))).toBe('step-up-required');
    const own = await come('dana', { amr: ['fed'], level: 1, provider: ownProvider }); // of acme alone
    expect(await company.done(usersMeChangeEmail, { email: 'dana@new.example' }, bearer(own.token!))).toEqual({ status: 'check_email' });
  });
});
