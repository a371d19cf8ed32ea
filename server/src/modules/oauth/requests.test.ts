import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Problem } from '#kernel/problem.ts';
import { bearer, createCompany } from '#test/company.ts';
import { createOAuthBench, HOST, CALLBACK, asked, described, slugOf, requestIn } from '#test/oauth.ts';
import { oauth, oauthAuthorize, oauthConsentApprove, oauthConsentDeny, oauthConsentGet } from './index.ts';

const bench = await createOAuthBench();
const { company, acme, begin, exchange, consented } = bench;
afterAll(() => bench.company.close());

describe('a request', () => {
  test('leads to the page that asks, and is kept as a hash only', async () => {
    const { location } = await begin();
    expect(location).toMatch(new RegExp(`^${HOST}/oauth/consent\\?request=[\\w-]{43}$`));
    const kept = JSON.stringify(await company.sql(`select * from auth.oauth_requests`));
    expect(kept).not.toContain(requestIn(location));
  });

  test.each([
    [{ challengeMethod: 'plain' }, 'invalid_request'],
    [{ challengeMethod: undefined }, 'invalid_request'],
    [{ challenge: undefined }, 'invalid_request'],
    [{ challenge: 'short' }, 'invalid_request'],
    [{ responseType: 'token' }, 'unsupported_response_type'],
    [{ scope: 'switchyard.admin' }, 'invalid_scope'],
    [{ resource: 'https://other.example/mcp/acme' }, 'invalid_target'],
  ])('%o goes back to the program with its error, its state and our issuer', async (over, error) => {
    const back = new URL((await begin(over)).location);
    expect(back.origin + back.pathname).toBe(CALLBACK);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ error, state: 'xyz', iss: HOST });
  });

  test.each([
    [{ redirectUri: 'https://evil.example/callback' }, 'oauth-invalid-redirect-uri'],
    [{ redirectUri: 'http://127.0.0.1:4711/other' }, 'oauth-invalid-redirect-uri'],
    [{ redirectUri: undefined }, 'oauth-invalid-redirect-uri'],
    [{ clientId: 'swc_unknown' }, 'oauth-invalid-client'],
    [{ clientId: undefined }, 'oauth-invalid-request'],
  ])('%o is sent nowhere', async (over, slug) => expect(await slugOf(begin(over))).toBe(slug));

  test('the port of a loopback address is free', async () => {
    expect((await begin({ redirectUri: 'http://127.0.0.1:9/callback' })).location).toContain('/oauth/consent');
  });
});

describe('a metadata document', () => {
  const document = (path: string, body: unknown, status = 200) => {
    const url = `https://agent.example/${path}.json`;
    bench.documents[url] = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    return url;
  };
  test('is fetched once an hour', async () => {
    const url = document('cached', { ...described, client_id: 'https://agent.example/cached.json' });
    await begin({ clientId: url });
    await begin({ clientId: url });
    expect(bench.fetched.filter((one) => one === url)).toHaveLength(1);
    company.clock.pass(3_700_000);
    await begin({ clientId: url });
    expect(bench.fetched.filter((one) => one === url)).toHaveLength(2);
    await bench.relogin();
  });
  test.each([
    ['other-id', { ...described, client_id: 'https://agent.example/elsewhere.json' }],
    ['secret', { ...described, client_id: 'https://agent.example/secret.json', token_endpoint_auth_method: 'client_secret_basic' }],
    ['script', { ...described, client_id: 'https://agent.example/script.json', redirect_uris: ['javascript:alert(1)'] }],
    ['none', { ...described, client_id: 'https://agent.example/none.json', redirect_uris: [] }],
    ['text', 'not json'],
    ['list', []],
  ])('%s is no client', async (name, body) => expect(await slugOf(begin({ clientId: document(name, body) }))).toBe('oauth-invalid-client'));
  test('that is not there is no client, and is not asked for again at once', async () => {
    const url = document('gone', '', 404);
    expect(await slugOf(begin({ clientId: url }))).toBe('oauth-invalid-client');
    expect(await slugOf(begin({ clientId: url }))).toBe('oauth-invalid-client');
    expect(bench.fetched.filter((one) => one === url)).toHaveLength(1);
  });
});

test('a metadata document at a private address is never fetched', async () => {
  const guarded = await createCompany({ modules: [oauth], beside: company, agents: { publicUrl: HOST } });
  for (const clientId of ['https://169.254.169.254/client.json', 'https://10.0.0.1/client.json', 'https://[::1]/client.json', 'https://localhost/client.json', 'https://127.0.0.1:1/client.json']) {
    const outcome = await guarded.gate
      .pass(oauthAuthorize, asked({ clientId }), { surface: 'internal', credentials: null, ip: '192.0.2.9', requestId: newId(), envelope: {} })
      .catch((error: unknown) => error as Problem);
    expect((outcome as Problem).slug, clientId).toBe('oauth-invalid-client');
    expect(String(((outcome as Problem).cause as Error | undefined)?.message), clientId).toMatch(/must not be called|leads to/);
  }
  await guarded.close();
}); // prettier-ignore

describe('consent', () => {
  test('names the program, where its answers go, how far it may go, and the tenant', async () => {
    const { location } = await begin({ scope: 'switchyard.read switchyard.write' });
    expect(await company.done(oauthConsentGet, { request: requestIn(location) }, bench.olivia)).toMatchObject({
      client: { name: 'Described agent', kind: 'document', host: 'localhost' },
      risk: 'write',
      tenants: [{ slug: 'acme', allowed: true }],
      remembered: false,
    });
  });

  test('is given by a person in a session: neither a key nor an agent can', async () => {
    const { location } = await begin();
    const input = { request: requestIn(location), tenantId: acme, risk: 'read' };
    expect(await company.slugOf(oauthConsentApprove, input, company.key('olivia'))).toBe('session-required');
    expect(await company.slugOf(oauthConsentGet, { request: input.request }, company.key('olivia'))).toBe('session-required');
  });

  test('is answered once, and within ten minutes', async () => {
    const { location } = await begin();
    const request = requestIn(location);
    const { location: back } = await company.done(oauthConsentDeny, { request }, bench.olivia);
    expect(Object.fromEntries(new URL(back).searchParams)).toMatchObject({ error: 'access_denied', state: 'xyz', iss: HOST });
    expect(await company.slugOf(oauthConsentApprove, { request, tenantId: acme, risk: 'read' }, bench.olivia)).toBe('consent-over');
    const late = requestIn((await begin()).location);
    company.clock.pass(601_000);
    expect(await company.slugOf(oauthConsentGet, { request: late }, bench.olivia)).toBe('consent-over');
  });

  test('gives what the person says, be it less or more than is asked for', async () => {
    const more = await consented({ scope: 'switchyard.read' }, 'write');
    expect(Object.fromEntries(more.back.searchParams)).toMatchObject({ state: 'xyz', iss: HOST });
    expect((await exchange(more.code, more.verifier)).scope).toBe('switchyard.read switchyard.write');
    const less = await consented({ scope: 'switchyard.high' }, 'read');
    expect((await exchange(less.code, less.verifier)).scope).toBe('switchyard.read');
  });

  test('for one tenant gives nothing in another', async () => {
    const { location } = await begin({ resource: `${HOST}/mcp/globex` });
    const refused = await company.slugOf(oauthConsentApprove, { request: requestIn(location), tenantId: acme, risk: 'read' }, bench.olivia);
    expect(refused).toBe('oauth-invalid-target');
    const outsider = await begin({ resource: `${HOST}/mcp/acme` });
    const gustav = bearer((await company.signIn('gustav')).token!);
    expect((await company.done(oauthConsentGet, { request: requestIn(outsider.location) }, gustav)).tenants).toEqual([]);
    expect(await company.slugOf(oauthConsentApprove, { request: requestIn(outsider.location), tenantId: acme, risk: 'read' }, gustav)).toBe(
      'tenant-not-found',
    );
  });

  test('is remembered for who answers by https, and asked for again on the person’s own machine', async () => {
    const https = { redirectUri: 'https://agent.example/callback' };
    const first = await consented(https);
    await exchange(first.code, first.verifier, { redirectUri: https.redirectUri });
    const remembered = async (over: Record<string, string>) =>
      (await company.done(oauthConsentGet, { request: requestIn((await begin(over)).location) }, bench.olivia)).remembered;
    expect(await remembered({ ...https, scope: 'switchyard.high' })).toBe(true);
    expect(await remembered({ scope: 'switchyard.read' })).toBe(false);
    await consented();
    expect(await remembered({ scope: 'switchyard.read' })).toBe(false);
  });
});
