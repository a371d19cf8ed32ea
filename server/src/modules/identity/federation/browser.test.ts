import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Company } from '#test/company.ts';
import { appleKeys, callbackOf, federatedCompany } from '#test/federation.ts';
import { createWanderer, startOidc, type Oidc } from '#test/idps.ts';
import { createHttp, type Http } from '#surfaces/http.ts';

const SITE = 'https://sy.example';
const keys = appleKeys();
let google: Oidc;
let apple: Oidc;
let company: Company;
let http: Http;
const at = (provider: string) => [
  { clientId: 'sy', clientSecret: 's3cret', redirectUris: [callbackOf(provider).replace('http://localhost:8420', SITE)] },
];

beforeAll(async () => {
  google = await startOidc({
    shape: 'google',
    clients: at('google'),
    people: [
      { sub: 'ann', claims: { email: 'ann@mail.example', email_verified: true, name: 'Ann' } },
      { sub: 'squatter', claims: { email: 'victim@mail.example', email_verified: false, name: 'Squatter' } },
    ],
  });
  apple = await startOidc({
    shape: 'apple',
    clients: at('apple'),
    appleKey: keys.publicKey,
    people: [{ sub: 'a', claims: { email: 'a@apple.example', email_verified: true } }],
  });
  company = await federatedCompany({
    publicUrl: SITE,
    providers: {
      google: { clientId: 'sy', clientSecret: 's3cret', issuer: google.issuer, trustMfa: false },
      apple: { clientId: 'sy', teamId: 'T', keyId: 'K', privateKey: keys.privateKey, issuer: apple.issuer },
    },
  });
  const nothing = async () => ({ status: 200, body: {} });
  http = await createHttp({
    registry: company.registry,
    gate: company.gate,
    config: { publicUrl: SITE, version: '0', rateLimitFactor: 1000 },
    log: pino({ level: 'silent' }),
    feeds: { change: () => ({}) as never, tenant: () => ({}) as never },
    probes: { live: nothing, ready: nothing, health: nothing, metrics: async () => ({ contentType: 'text/plain', body: '' }) },
  });
});
afterAll(async () => {
  await http.app.close();
  await Promise.all([company.close(), google.close(), apple.close()]);
});
beforeEach(async () => {
  google.as('ann');
  await company.sql('delete from auth.login_attempts');
});

/** A browser at our site: keeps its cookies, and says what it asks for. */
function createTab() {
  const jar = new Map<string, string>();
  const lines: string[] = [];
  return {
    jar,
    lines,
    async send(method: 'GET' | 'POST', url: string, { headers = {}, payload }: { headers?: Record<string, string>; payload?: string | object } = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await http.app.inject({
        method,
        url,
        headers: { host: 'sy.example', accept: 'text/html', cookie, ...headers },
        ...(payload === undefined ? {} : { payload }),
      });
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        lines.push(line);
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        if (value === '') jar.delete(name!);
        else jar.set(name!, value!);
      }
      return answer;
    },
  };
}
const wander = () => createWanderer(SITE);
const page = (location: unknown): URL => new URL(String(location), SITE);

test('a browser goes out, comes back with whatever the provider adds, and leaves with a cookie and no token', async () => {
  const tab = createTab();
  const out = await tab.send('GET', '/api/v1/auth/oauth/google?returnTo=/servers');
  expect([out.statusCode, out.headers['cache-control']]).toEqual([302, 'no-store']);
  expect(tab.lines).toEqual([expect.stringMatching(/^__Host-sy_flow=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/)]);
  const { parameters } = await wander()(String(out.headers.location));
  const query = new URLSearchParams({ ...parameters, scope: 'openid email', authuser: '0', prompt: 'none', hd: 'x.example', session_state: 'abc' });
  const back = await tab.send('GET', `/api/v1/auth/oauth/google/callback?${query.toString()}`);
  expect(back.statusCode).toBe(302);
  const landed = page(back.headers.location);
  expect([landed.pathname, landed.searchParams.get('returnTo'), landed.searchParams.get('code')]).toEqual([
    '/auth/oauth/callback',
    '/servers',
    expect.stringMatching(/^[\w-]{43}$/),
  ]);
  const done = await tab.send('POST', '/api/v1/auth/oauth/complete', {
    headers: { origin: SITE },
    payload: { code: landed.searchParams.get('code') },
  });
  expect([done.statusCode, done.json().status, done.json().token]).toEqual([200, 'signed-in', undefined]);
  expect(tab.jar.get('__Host-sy_session')).toMatch(/^[\w-]{43}$/);
  expect(tab.jar.has('__Host-sy_flow')).toBe(false);
  expect((await tab.send('GET', '/api/v1/me')).json().actor.email).toBe('ann@mail.example');
});

test('who is turned away lands on a page that says why, and nothing of what the provider said', async () => {
  const tab = createTab();
  const back = await tab.send('GET', '/api/v1/auth/oauth/google/callback?state=x&code=y', { headers: { 'x-request-id': 'request-1' } });
  expect([back.statusCode, back.headers.location]).toEqual([302, '/auth/oauth/callback?problem=oauth-state-invalid&request=request-1']);
  const program = await tab.send('GET', '/api/v1/auth/oauth/google/callback?state=x&code=y', { headers: { accept: 'application/json' } });
  expect([program.statusCode, program.json().type]).toEqual([400, 'https://switchyard.dev/problems/oauth-state-invalid']);
});

test('Apple’s page posts its form across sites, with the cookie that was made for it', async () => {
  const tab = createTab();
  const out = await tab.send('GET', '/api/v1/auth/oauth/apple');
  expect(tab.lines.at(-1)).toMatch(/SameSite=None$/);
  const { parameters, by } = await wander()(String(out.headers.location));
  expect(by).toBe('form');
  const payload = new URLSearchParams({ ...parameters, user: '{"name":{"firstName":"Al","lastName":"Pel"}}' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://appleid.apple.com' };
  const back = await tab.send('POST', '/api/v1/auth/oauth/apple/callback', { headers, payload });
  expect(page(back.headers.location).searchParams.get('code')).toMatch(/^[\w-]{43}$/);
  // The page that turns the code into a session is ours alone.
  const foreign = await tab.send('POST', '/api/v1/auth/oauth/complete', {
    headers: { origin: 'https://evil.example', accept: '*/*' },
    payload: { code: 'x'.repeat(43) },
  });
  expect(foreign.json().type).toContain('origin-denied');
});

test('there is one address for the only provider, where there is only one', async () => {
  const tab = createTab();
  expect((await tab.send('GET', '/api/v1/auth/login')).headers.location).toMatch(/^\/auth\/oauth\/callback\?problem=provider-not-found/);
});

test('a provider ends sessions with a form from server to server', async () => {
  const send = (payload: string, type = 'application/x-www-form-urlencoded') =>
    http.app.inject({
      method: 'POST',
      url: '/api/v1/auth/oidc/google/backchannel-logout',
      headers: { host: 'sy.example', 'content-type': type },
      payload,
    });
  expect((await send('logout_token=a.b.c')).json().type).toContain('oidc-token-invalid');
  expect((await send('logout_token=a.b.c&logout_token=d.e.f')).json().type).toContain('malformed-request');
  expect((await send('')).json().type).toContain('validation-failed');
});

test('the owner of an address confirms it without letting in whoever named it at a provider', async () => {
  google.as('squatter');
  const attacker = createTab();
  const away = async (tab: ReturnType<typeof createTab>) => {
    const { parameters } = await wander()(String((await tab.send('GET', '/api/v1/auth/oauth/google')).headers.location));
    return tab.send('GET', `/api/v1/auth/oauth/google/callback?${new URLSearchParams(parameters).toString()}`);
  };
  expect(page((await away(attacker)).headers.location).searchParams.get('problem')).toBe('email-not-verified');
  const mail = company.mails.findLast(({ to }) => to === 'victim@mail.example')!;
  const token = /#token=(.+)$/.exec((mail.data as { link: string }).link)![1]!;
  const phone = createTab();
  const verify = (payload: object) => phone.send('POST', '/api/v1/auth/verify-email', { headers: { origin: SITE, accept: '*/*' }, payload });
  const asked = (await verify({ token })).json();
  expect([asked.status, asked.email, phone.lines]).toEqual(['password-required', 'victim@mail.example', []]);
  expect((await verify({ token: asked.proof, password: 'vumqe xahilog trip' })).json()).toEqual({ status: 'verified', email: 'victim@mail.example' });
  expect(phone.lines).toEqual([]);
  expect(await company.sql(`select 1 from auth.oauth_accounts where subject = 'squatter'`)).toEqual([]);
  expect(page((await away(attacker)).headers.location).searchParams.get('problem')).toBe('account-exists');
});

test('in the browser that came by the provider, the confirmed address brings the identity along', async () => {
  google.person('squatter').claims!['email'] = 'honest@mail.example';
  google.as('squatter');
  const tab = createTab();
  const { parameters } = await wander()(String((await tab.send('GET', '/api/v1/auth/oauth/google')).headers.location));
  await tab.send('GET', `/api/v1/auth/oauth/google/callback?${new URLSearchParams(parameters).toString()}`);
  const mail = company.mails.findLast(({ to }) => to === 'honest@mail.example')!;
  const token = /#token=(.+)$/.exec((mail.data as { link: string }).link)![1]!;
  const answer = await tab.send('POST', '/api/v1/auth/verify-email', { headers: { origin: SITE, accept: '*/*' }, payload: { token } });
  expect([answer.statusCode, answer.json().status]).toEqual([200, 'signed-in']);
  expect(await company.sql(`select provider from auth.oauth_accounts where subject = 'squatter'`)).toEqual([{ provider: 'google' }]);
});
