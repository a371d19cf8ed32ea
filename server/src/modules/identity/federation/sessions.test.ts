import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, cookie, createBrowser, type Company } from '#test/company.ts';
import { federatedCompany, PUBLIC, visits } from '#test/federation.ts';
import { startOidc, type Oidc } from '#test/idps.ts';
import { createSealing } from '../sessions/sealing.ts';
import { authLogout, authMe, authRefresh } from '../index.ts';
import { authOauthComplete } from '../operations/auth.oauth.complete.ts';
import { authOidcBackchannelLogout } from '../operations/auth.oidc.backchannelLogout.ts';

const ID = '0197a1b2-0000-7000-8000-00000000aaaa';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
let idp: Oidc;
let company: Company;
beforeAll(async () => {
  const base = `${PUBLIC}/api/v1/auth/oidc/${ID}`;
  idp = await startOidc({
    clients: [
      {
        clientId: 'sy',
        clientSecret: null,
        redirectUris: [`${base}/callback`],
        backchannelLogoutUri: `${base}/backchannel-logout`,
        postLogoutRedirectUris: [`${PUBLIC}/login`],
      },
    ],
    people: [{ sub: 'nell', claims: { email: 'nell@corp.example', email_verified: true, name: 'Nell' } }],
  });
  company = await federatedCompany({});
  const [tenant] = await company.sql<{ id: string }>(`select tenant_id as id from tenants where slug = 'acme'`);
  await company.sql(
    `insert into identity_providers (tenant_id, id, key, name, preset, issuer, client_id, scopes, allowed_algorithms) values ($1, $2, 'corp', 'Corp', 'generic', $3, 'sy', 'openid profile email offline_access', '{RS256}')`,
    [tenant!.id, ID, idp.issuer],
  );
  // Dana has linked her identity there.
  await company.sql(
    `insert into auth.oauth_accounts (id, user_id, provider, issuer, subject, linked_at, last_used_at) values (gen_random_uuid(), $1, $2, $3, 'nell', now(), now())`,
    [await company.idOf('dana'), ID, idp.issuer],
  );
});
afterAll(async () => void (await Promise.all([company.close(), idp.close()])));
beforeEach(async () => {
  idp.goes('up');
  idp.rejectsRefresh(false);
  company.clock.pass(1_000);
  await company.sql('delete from auth.login_attempts');
});

/** Signs in and answers the session's secret, and a browser that holds it as a cookie. */
async function inside() {
  const visit = visits(company, createBrowser());
  const landed = await visit.land(ID, await visit.away(ID));
  const answer = await company.done(authOauthComplete, { code: landed.searchParams.get('code')!, tokenType: 'cookie' }, null, {
    browser: visit.browser,
  });
  if (answer.status !== 'signed-in') throw new Error('a second factor was asked for');
  visit.browser.setCookie('sy_session', answer.token!, {});
  return { token: answer.token!, browser: visit.browser };
}
const refresh = (browser: ReturnType<typeof createBrowser>, input: object = {}) => company.done(authRefresh, input, null, { browser });
const works = (token: string) => company.done(authMe, {}, cookie(token)).then(() => true, () => false); // prettier-ignore
const grants = () => idp.asked('token').filter(({ parameters }) => parameters['grant_type'] === 'refresh_token').map(({ parameters }) => parameters['refresh_token']!); // prettier-ignore
const stored = async () =>
  (
    await company.sql<{ id: string; provider_tokens: string | null }>(
      'select id, provider_tokens from auth.sessions where revoked_at is null order by created_at desc limit 1',
    )
  )[0]!;

describe('tokens of the provider', () => {
  test('are kept sealed with the session, and reach nobody', async () => {
    const { token } = await inside();
    const { provider_tokens: sealed } = await stored();
    expect(sealed).toBeTruthy();
    // How a signed token begins; three letters of that come by chance in one of a hundred sealed texts.
    expect(sealed).not.toMatch(/eyJhbGci|refresh/);
    expect(JSON.stringify(await company.done(authMe, {}, cookie(token)))).not.toMatch(/idToken|refreshToken|eyJhbGci/);
    expect(createSealing(Buffer.alloc(32)).open(sealed!, 'x')).toBeUndefined();
  });

  test('governance 9: Given two parallel refreshes, when run, then one provider call happens and both see the new token.', async () => {
    const { browser } = await inside();
    const before = grants().length;
    const sealed = await stored();
    await Promise.all([refresh(browser, { provider: true }), refresh(browser, { provider: true }), refresh(browser)]);
    expect(grants()).toHaveLength(before + 1);
    const renewed = await stored();
    expect(renewed.provider_tokens).not.toBe(sealed.provider_tokens);
    // The next one comes with the token that the last one gave.
    company.clock.pass(11_000);
    await refresh(browser);
    const [first, second] = grants().slice(-2);
    expect(second).not.toBe(first);
  });

  test('governance 9: in two processes at once, too, one asks and the other waits', async () => {
    const other = await federatedCompany({}, { beside: { databaseUrl: company.databaseUrl } });
    other.clock.at = company.clock.at;
    try {
      const { browser } = await inside();
      const before = grants().length;
      const here = refresh(browser, { provider: true });
      await Promise.all([here, other.done(authRefresh, { provider: true }, null, { browser }), other.done(authRefresh, {}, null, { browser })]);
      expect(grants()).toHaveLength(before + 1);
    } finally {
      await other.close();
    }
  });

  test('of a provider that was switched off are renewed no more, and the session goes on without', async () => {
    const { token, browser } = await inside();
    const before = grants().length;
    await company.sql('update identity_providers set enabled = false where id = $1', [ID]);
    try {
      expect((await refresh(browser)).tokenType).toBe('cookie');
      expect(await company.slugOf(authRefresh, { provider: true }, null, { browser })).toBe('refresh-unavailable');
      expect([await works(token), grants().length]).toEqual([true, before]);
    } finally {
      await company.sql('update identity_providers set enabled = true where id = $1', [ID]);
    }
    await refresh(browser, { provider: true });
    expect(grants()).toHaveLength(before + 1);
  });

  test('that the provider takes back end the session', async () => {
    const { browser, token } = await inside();
    idp.rejectsRefresh(true);
    company.clock.pass(11_000);
    const problem = await company.refused(authRefresh, {}, null, { browser });
    expect(problem.slug).toBe('session-revoked');
    expect(await works(token)).toBe(false);
  });

  test('are not asked for while the provider is down: the session goes on', async () => {
    const { browser, token } = await inside();
    idp.goes('down');
    await expect(refresh(browser)).resolves.toBeDefined();
    expect((await company.refused(authRefresh, { provider: true }, null, { browser })).slug).toBe('oidc-unavailable');
    expect(await works(token)).toBe(true);
    idp.goes('up');
    await expect(refresh(browser, { provider: true })).resolves.toBeDefined();
  });

  test('a session that has none says so to who asks for them', async () => {
    const browser = createBrowser();
    const { token } = await company.signIn('adam');
    browser.setCookie('sy_session', token!, {});
    await expect(refresh(browser)).resolves.toBeDefined();
    expect((await company.refused(authRefresh, { provider: true }, null, { browser })).slug).toBe('refresh-unavailable');
  });
});

describe('signing out', () => {
  test('revokes the tokens there, refresh token first, and says where to sign out there', async () => {
    const { token } = await inside();
    const out = await company.done(authLogout, {}, cookie(token));
    expect(
      idp
        .asked('revocation')
        .slice(-2)
        .map(({ parameters }) => parameters['token_type_hint']),
    ).toEqual(['refresh_token', 'access_token']);
    const url = new URL(out.endSessionUrl!);
    expect([url.origin, url.searchParams.get('post_logout_redirect_uri'), url.searchParams.get('client_id')]).toEqual([
      idp.origin,
      `${PUBLIC}/login`,
      'sy',
    ]);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^eyJhbGci/);
    expect(await works(token)).toBe(false);
  });

  test('governance 10: Given provider revocation fails, when logging out, then the session is gone, the answer is 200 and an Audit entry notes it.', async () => {
    const { token } = await inside();
    idp.failsAt('revocation');
    const out = await company.done(authLogout, {}, cookie(token));
    expect(out.ended).toBe(true);
    expect(await works(token)).toBe(false);
    const [tenant] = await company.sql<{ id: string }>(`select tenant_id as id from tenants where slug = 'acme'`);
    const { rows: entries } = await company.databases.tenant({ tenantId: tenant!.id }, (db) =>
      db.$client.query<{ result: string; reason: { code: string } | null }>(
        `select result, reason from audit_entries where operation = 'auth.logout' order by at desc, id desc limit 2`,
      ),
    );
    expect(entries.map(({ result, reason }) => `${result} ${reason?.code ?? ''}`)).toEqual(
      expect.arrayContaining(['failure provider-revocation-failed', 'success ']),
    );
    expect(JSON.stringify(entries)).not.toMatch(/eyJhbGci/);
    idp.failsAt(undefined);
  });

  test('a provider that is down keeps nobody signed in here', async () => {
    const { token } = await inside();
    idp.goes('down');
    expect(await company.done(authLogout, {}, cookie(token))).toMatchObject({ ended: true });
    expect(await works(token)).toBe(false);
  });
});

describe('back-channel logout', () => {
  const tokenOf = async (claims: Record<string, unknown>, key = idp.key()) =>
    new SignJWT({ iss: idp.issuer, aud: 'sy', jti: randomUUID(), events: { [EVENT]: {} }, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: String(idp.key().kid), typ: 'logout+jwt' })
      .setIssuedAt(Math.floor(company.clock.at.getTime() / 1000))
      .sign(await importJWK(key, 'RS256'));
  const logout = (token: string) => company.done(authOidcBackchannelLogout, { provider: ID, logout_token: token }, null);
  const refusal = (token: string) => company.slugOf(authOidcBackchannelLogout, { provider: ID, logout_token: token }, null);
  const sidOf = async () =>
    (
      await company.sql<{ sid: string }>('select provider_sid as sid from auth.sessions where revoked_at is null order by created_at desc limit 1')
    )[0]!.sid;

  test('ends the sessions of the provider’s session, and no others', async () => {
    const one = await inside();
    const sid = await sidOf();
    company.clock.pass(1_000);
    const other = await inside();
    expect(await logout(await tokenOf({ sid }))).toEqual({ ended: 1 });
    expect([await works(one.token), await works(other.token)]).toEqual([false, true]);
  });

  test('ends all that rest on the person there', async () => {
    const both = [await inside(), await inside()];
    const own = await company.signIn('dana');
    expect((await logout(await tokenOf({ sub: 'nell' }))).ended).toBeGreaterThanOrEqual(2);
    expect(await Promise.all(both.map(({ token }) => works(token)))).toEqual([false, false]);
    await expect(company.done(authMe, {}, bearer(own.token!))).resolves.toBeDefined();
  });

  test('is refused with a token that is not good, and ends nothing', async () => {
    const { token } = await inside();
    const bad = [
      await tokenOf({ sub: 'nell', aud: 'them' }),
      await tokenOf({ sub: 'nell', nonce: 'x' }),
      await tokenOf({ sub: 'nell', events: {} }),
      await tokenOf({ sub: 'nell', iss: 'https://other.example' }),
      await tokenOf({}),
      await tokenOf({ sub: 'nell' }, (await startedElsewhere()).key()),
    ];
    for (const one of bad) expect(await refusal(one)).toBe('oidc-token-invalid');
    expect(await works(token)).toBe(true);
    expect(await company.slugOf(authOidcBackchannelLogout, { provider: randomUUID(), logout_token: bad[0]! }, null)).toBe('provider-not-found');
  });

  async function startedElsewhere(): Promise<Oidc> {
    const other = await startOidc({ clients: [{ clientId: 'x', clientSecret: 'x', redirectUris: ['https://x.example'] }], people: [{ sub: 'x' }] });
    await other.close();
    return other;
  }
});
