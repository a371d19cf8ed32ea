import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Credentials } from '#kernel/gate.ts';
import { newId } from '#kernel/ids.ts';
import { Problem } from '#kernel/problem.ts';
import { authMe } from '#modules/identity/index.ts';
import { tenantsSettingsUpdate } from '#modules/tenancy/index.ts';
import { bearer, createCompany, type Company } from '#test/company.ts';
import {
  agentClientsCreate, agentClientsDelete, agentClientsList, agentsDisconnect, agentsList, agentsProve, oauth, oauthAuthorize, oauthConsentApprove, oauthConsentDeny,
  oauthConsentGet, oauthRegister, oauthRevoke, oauthToken, operationsDescribe, operationsSearch,
} from './index.ts'; // prettier-ignore

const HOST = 'https://sy.example';
const CALLBACK = 'http://127.0.0.1:4711/callback';
const DOCUMENT = 'https://agent.example/client.json';
const described = {
  client_id: DOCUMENT,
  client_name: 'Described agent',
  redirect_uris: ['https://agent.example/callback', CALLBACK],
  token_endpoint_auth_method: 'none',
};

let company: Company;
let acme: string;
let olivia: Credentials;
let documents: Record<string, { status: number; body: string }>;
let fetched: string[];

beforeAll(async () => {
  documents = { [DOCUMENT]: { status: 200, body: JSON.stringify(described) } };
  fetched = [];
  company = await createCompany({
    modules: [oauth],
    works: true,
    agents: {
      publicUrl: HOST,
      registration: 'open',
      fetchDocument: async (url) => {
        fetched.push(url);
        const found = documents[url];
        if (!found) throw new Error('no such host');
        return new Response(found.body, { status: found.status });
      },
    },
  });
  acme = (await company.sql<{ id: string }>(`select id from tenants where slug = 'acme'`))[0]!.id;
  olivia = bearer((await company.signIn('olivia', { slug: 'acme' })).token!);
});
afterAll(() => company.close());

const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};
const asked = (over: Record<string, string | undefined> = {}) => ({
  responseType: 'code', clientId: DOCUMENT, redirectUri: CALLBACK, scope: 'switchyard.read', state: 'xyz', challenge: pkce().challenge, challengeMethod: 'S256', resource: `${HOST}/mcp/acme`, ...over,
}); // prettier-ignore
const inner = (operation: never, input: unknown) =>
  company.gate.pass(operation, input, { surface: 'internal', credentials: null, ip: '192.0.2.9', requestId: newId(), envelope: {} });
async function public_<T>(operation: unknown, input: unknown): Promise<T> {
  const passed = await inner(operation as never, input);
  if (passed.status !== 'done') throw new Error(passed.status);
  return passed.output as T;
}
const slugOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((error: unknown) => error);
  return outcome instanceof Problem ? outcome.slug : `not refused: ${JSON.stringify(outcome)}`;
};
const begin = (over: Record<string, string | undefined> = {}) => public_<{ location: string }>(oauthAuthorize, asked(over));
const requestIn = (location: string): string => new URL(location).searchParams.get('request')!;

interface Pair {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
  scope: string;
}
/** From the request to a code, as the person in front of the browser makes it. */
async function consented(over: Record<string, string | undefined> = {}, risk: 'read' | 'write' | 'high' = 'high', who = olivia) {
  const { verifier, challenge } = pkce();
  const { location } = await begin({ challenge, scope: 'switchyard.high', ...over });
  const answer = await company.done(oauthConsentApprove, { request: requestIn(location), tenantId: acme, risk }, who);
  const back = new URL(answer.location);
  return { code: back.searchParams.get('code')!, verifier, back };
}
const exchange = (code: string, verifier: string, over: Record<string, string> = {}) =>
  public_<Pair>(oauthToken, { grantType: 'authorization_code', clientId: DOCUMENT, code, redirectUri: CALLBACK, verifier, ...over });
const refresh = (refreshToken: string, over: Record<string, string> = {}) =>
  public_<Pair>(oauthToken, { grantType: 'refresh_token', clientId: DOCUMENT, refreshToken, ...over });
async function connected(risk: 'read' | 'write' | 'high' = 'high'): Promise<Pair> {
  const { code, verifier } = await consented({}, risk);
  return exchange(code, verifier);
}
const asAgent = (token: string, endpoint: string | undefined = `${HOST}/mcp/acme`, tenant = 'acme') =>
  company.gate.pass(authMe, {}, { surface: 'mcp', credentials: bearer(token), ip: '192.0.2.9', requestId: newId(), envelope: {}, tenant, endpoint });

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
    documents[url] = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    return url;
  };
  test('is fetched once an hour', async () => {
    const url = document('cached', { ...described, client_id: 'https://agent.example/cached.json' });
    await begin({ clientId: url });
    await begin({ clientId: url });
    expect(fetched.filter((one) => one === url)).toHaveLength(1);
    company.clock.pass(3_700_000);
    await begin({ clientId: url });
    expect(fetched.filter((one) => one === url)).toHaveLength(2);
    olivia = bearer((await company.signIn('olivia', { slug: 'acme' })).token!);
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
    expect(fetched.filter((one) => one === url)).toHaveLength(1);
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
    expect(await company.done(oauthConsentGet, { request: requestIn(location) }, olivia)).toMatchObject({
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
    const { location: back } = await company.done(oauthConsentDeny, { request }, olivia);
    expect(Object.fromEntries(new URL(back).searchParams)).toMatchObject({ error: 'access_denied', state: 'xyz', iss: HOST });
    expect(await company.slugOf(oauthConsentApprove, { request, tenantId: acme, risk: 'read' }, olivia)).toBe('consent-over');
    const late = requestIn((await begin()).location);
    company.clock.pass(601_000);
    expect(await company.slugOf(oauthConsentGet, { request: late }, olivia)).toBe('consent-over');
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
    const refused = await company.slugOf(oauthConsentApprove, { request: requestIn(location), tenantId: acme, risk: 'read' }, olivia);
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
      (await company.done(oauthConsentGet, { request: requestIn((await begin(over)).location) }, olivia)).remembered;
    expect(await remembered({ ...https, scope: 'switchyard.high' })).toBe(true);
    expect(await remembered({ scope: 'switchyard.read' })).toBe(false);
    await consented();
    expect(await remembered({ scope: 'switchyard.read' })).toBe(false);
  });
});

describe('a code', () => {
  test('leads to tokens for an hour, stored as hashes', async () => {
    const pair = await connected();
    expect(pair).toMatchObject({ expiresIn: 3_600, scope: 'switchyard.read switchyard.write switchyard.high' });
    const stored =
      JSON.stringify(await company.sql(`select * from auth.oauth_tokens`)) + JSON.stringify(await company.sql(`select * from auth.oauth_codes`));
    for (const token of [pair.accessToken, pair.refreshToken]) expect(stored).not.toContain(token);
    expect(company.log.join('')).not.toContain(pair.accessToken);
  });

  test('is good for a minute', async () => {
    const { code, verifier } = await consented();
    company.clock.pass(61_000);
    expect(await slugOf(exchange(code, verifier))).toBe('oauth-invalid-grant');
  });

  test.each([
    ['another verifier', { verifier: 'a'.repeat(43) }],
    ['another client', { clientId: 'swc_other' }],
    ['another redirect URI', { redirectUri: 'http://127.0.0.1:4712/callback' }],
  ])('with %s is spent, and leads to nothing', async (_what, over) => {
    const { code, verifier } = await consented();
    expect(await slugOf(exchange(code, verifier, over))).toBe('oauth-invalid-grant');
    expect(await slugOf(exchange(code, verifier))).toBe('oauth-invalid-grant');
  });

  test('for another resource leads to nothing', async () => {
    const { code, verifier } = await consented();
    expect(await slugOf(exchange(code, verifier, { resource: `${HOST}/mcp/globex` }))).toBe('oauth-invalid-target');
  });

  test('that comes a second time ends what it led to', async () => {
    const { code, verifier } = await consented();
    const pair = await exchange(code, verifier);
    expect((await asAgent(pair.accessToken)).status).toBe('done');
    expect(await slugOf(exchange(code, verifier))).toBe('oauth-invalid-grant');
    expect(await slugOf(asAgent(pair.accessToken))).toBe('unauthenticated');
    expect(await slugOf(refresh(pair.refreshToken))).toBe('oauth-invalid-grant');
    const told = async () => company.sql(`select 1 from events where type = 'agent.reused' and tenant_id = $1`, [acme]);
    for (let tries = 0; tries < 100 && (await told()).length === 0; tries += 1) await new Promise((wait) => setTimeout(wait, 20));
    expect((await told()).length).toBeGreaterThan(0);
  });
});

describe('a refresh token', () => {
  test('leads to the next pair', async () => {
    const first = await connected('write');
    const next = await refresh(first.refreshToken);
    expect(next.scope).toBe('switchyard.read switchyard.write');
    expect((await asAgent(next.accessToken)).status).toBe('done');
  });

  test('may ask for less for a while, and never for more', async () => {
    const first = await connected('write');
    const less = await refresh(first.refreshToken, { scope: 'switchyard.read' });
    expect(less.scope).toBe('switchyard.read');
    expect((await refresh(less.refreshToken)).scope).toBe('switchyard.read switchyard.write');
    expect(await slugOf(refresh(less.refreshToken, { scope: 'switchyard.high' }))).toBe('oauth-invalid-scope');
  });

  test('whose answer was lost may be sent again within ten seconds', async () => {
    const first = await connected();
    await refresh(first.refreshToken);
    company.clock.pass(5_000);
    expect((await asAgent((await refresh(first.refreshToken)).accessToken)).status).toBe('done');
  });

  test('that comes back later ends all that came from its code', async () => {
    const first = await connected();
    const next = await refresh(first.refreshToken);
    company.clock.pass(11_000);
    expect(await slugOf(refresh(first.refreshToken))).toBe('oauth-invalid-grant');
    expect(await slugOf(refresh(next.refreshToken))).toBe('oauth-invalid-grant');
    expect(await slugOf(asAgent(next.accessToken))).toBe('unauthenticated');
  });

  test('of another program, or an access token in its place, is nothing', async () => {
    const pair = await connected();
    expect(await slugOf(refresh(pair.refreshToken, { clientId: 'swc_other' }))).toBe('oauth-invalid-grant');
    expect(await slugOf(refresh(pair.accessToken))).toBe('oauth-invalid-grant');
    expect(await slugOf(public_(oauthToken, { grantType: 'password', clientId: DOCUMENT }))).toBe('oauth-unsupported-grant-type');
  });
});

describe('an access token', () => {
  test('carries the person, the program and how far it goes', async () => {
    const { accessToken } = await connected('write');
    const actor = await company.gate.actor({ surface: 'mcp', credentials: bearer(accessToken), ip: '192.0.2.9', requestId: newId(), envelope: {}, tenant: 'acme', endpoint: `${HOST}/mcp/acme` });
    expect(actor).toMatchObject({ kind: 'agent', id: await company.idOf('olivia'), tenantSlug: 'acme', agent: { clientId: DOCUMENT, name: 'Described agent' }, riskCap: 'write', name: expect.stringMatching(/ via Described agent$/) });
  }); // prettier-ignore

  test('devices 53: Given a token for another audience, when used, then 401', async () => {
    const { accessToken } = await connected();
    for (const [endpoint, tenant] of [[`${HOST}/mcp/globex`, 'globex'], [`${HOST}/mcp`, 'acme'], [undefined, 'acme'], ['https://other.example/mcp/acme', 'acme']] as const) {
      const refused = await company.gate
        .pass(authMe, {}, { surface: endpoint ? 'mcp' : 'rest', credentials: bearer(accessToken), ip: '192.0.2.9', requestId: newId(), envelope: {}, tenant, endpoint })
        .catch((error: unknown) => error as Problem);
      expect([(refused as Problem).slug, (refused as Problem).kind.status], String(endpoint)).toEqual(['unauthenticated', 401]);
    }
  }); // prettier-ignore

  test('is over after an hour', async () => {
    const { accessToken } = await connected();
    company.clock.pass(3_601_000);
    expect(await slugOf(asAgent(accessToken))).toBe('unauthenticated');
    olivia = bearer((await company.signIn('olivia', { slug: 'acme' })).token!);
  });

  test('ends with its agent, at once', async () => {
    const { accessToken, refreshToken } = await connected();
    expect((await asAgent(accessToken)).status).toBe('done');
    const { items } = await company.done(agentsList, {}, olivia);
    for (const { id } of items.filter(({ clientId }) => clientId === DOCUMENT)) await company.done(agentsDisconnect, { id }, olivia);
    expect(await slugOf(asAgent(accessToken))).toBe('unauthenticated');
    expect(await slugOf(refresh(refreshToken))).toBe('oauth-invalid-grant');
  });

  test('that its program gives back is over, with those beside it', async () => {
    const { accessToken, refreshToken } = await connected();
    await public_(oauthRevoke, { token: refreshToken, clientId: 'swc_other' });
    expect((await asAgent(accessToken)).status).toBe('done');
    await public_(oauthRevoke, { token: refreshToken, clientId: DOCUMENT });
    expect(await slugOf(asAgent(accessToken))).toBe('unauthenticated');
    expect(await public_(oauthRevoke, { token: 'swf_nothing', clientId: DOCUMENT })).toEqual({});
  });
});

describe('connected agents', () => {
  test('are shown to their person; those of others to who may see them', async () => {
    await connected('write');
    const { items } = await company.done(agentsList, {}, olivia);
    expect(items[0]).toMatchObject({ name: 'Described agent', risk: 'write', host: 'localhost', endpoint: `${HOST}/mcp/acme` });
    const ada = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
    expect((await company.done(agentsList, {}, ada)).items).toEqual([]);
    expect(await company.slugOf(agentsList, { all: true }, ada)).toBe('permission-denied');
    expect(await company.slugOf(agentsDisconnect, { id: items[0]!.id }, ada)).toBe('not-found');
    expect((await company.done(agentsList, { all: true }, olivia)).items.length).toBeGreaterThan(0);
  });

  test('are not proven for by anybody else', async () => {
    await connected();
    const { items } = await company.done(agentsList, {}, olivia);
    const vera = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
    expect(await company.slugOf(agentsProve, { id: items[0]!.id }, vera)).toBe('not-found');
    expect(await company.done(agentsProve, { id: items[0]!.id }, olivia)).toEqual({ id: items[0]!.id });
  });
});

describe('registration', () => {
  const metadata = { client_name: 'Late agent', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_post' };
  test('gives a client id without a secret', async () => {
    const made = await public_<{ clientId: string }>(oauthRegister, { metadata });
    expect(made).toMatchObject({ clientId: expect.stringMatching(/^swc_/), name: 'Late agent', redirectUris: [CALLBACK] });
    const { code, verifier } = await consented({ clientId: made.clientId });
    expect((await exchange(code, verifier, { clientId: made.clientId })).scope).toContain('switchyard.high');
  });
  test.each([
    [{ ...metadata, redirect_uris: ['http://agent.example/cb'] }, 'oauth-invalid-redirect-uri'],
    [{ ...metadata, redirect_uris: undefined }, 'oauth-invalid-redirect-uri'],
    [{ ...metadata, grant_types: ['client_credentials'] }, 'oauth-invalid-client-metadata'],
    [{ ...metadata, response_types: ['token'] }, 'oauth-invalid-client-metadata'],
  ])('of %o is refused', async (wrong, slug) => expect(await slugOf(public_(oauthRegister, { metadata: JSON.parse(JSON.stringify(wrong)) }))).toBe(slug));
  test('is closed unless the installation opens it', async () => {
    const closed = await createCompany({ modules: [oauth], beside: company, agents: { publicUrl: HOST } });
    const outcome = await closed.gate.pass(oauthRegister, { metadata }, { surface: 'internal', credentials: null, ip: null, requestId: newId(), envelope: {} }).catch((error: unknown) => error as Problem); // prettier-ignore
    expect((outcome as Problem).slug).toBe('oauth-registration-closed');
    await closed.close();
  });
}); // prettier-ignore

describe('a tenant that lists its agents', () => {
  const allow = async (clients: 'any' | 'listed') => {
    const passed = await company.call(tenantsSettingsUpdate, { id: acme, agents: { clients } }, olivia);
    if (passed.status === 'accepted')
      expect(await company.carriedOut(passed, bearer((await company.signIn('priya', { slug: 'acme' })).token!))).toMatchObject({
        state: 'succeeded',
        problem: null,
      });
  };
  test('lets people connect those and no others', async () => {
    await allow('listed');
    const request = requestIn((await begin()).location);
    expect((await company.done(oauthConsentGet, { request }, olivia)).tenants).toMatchObject([{ slug: 'acme', allowed: false }]);
    expect(await company.slugOf(oauthConsentApprove, { request, tenantId: acme, risk: 'read' }, olivia)).toBe('agent-not-allowed');

    const entered = await company.done(agentClientsCreate, { name: 'Described', clientId: DOCUMENT }, olivia);
    expect((await company.done(agentClientsList, {}, olivia)).items).toMatchObject([{ name: 'Described', clientId: DOCUMENT }]);
    const pair = await connected();
    expect((await asAgent(pair.accessToken)).status).toBe('done');
    await company.done(agentClientsDelete, { id: entered.id }, olivia);
    expect(await slugOf(asAgent(pair.accessToken))).toBe('unauthenticated');
    await allow('any');
  });

  test('gives a client id to one without a document, for this tenant alone', async () => {
    const { clientId } = await company.done(agentClientsCreate, { name: 'Own agent', redirectUris: [CALLBACK] }, olivia);
    const { code, verifier } = await consented({ clientId });
    expect((await exchange(code, verifier, { clientId })).expiresIn).toBe(3_600);
    const elsewhere = requestIn((await begin({ clientId, resource: `${HOST}/mcp/globex` })).location);
    const gustav = bearer((await company.signIn('gustav')).token!);
    expect((await company.done(oauthConsentGet, { request: elsewhere }, gustav)).tenants).toMatchObject([{ slug: 'globex', allowed: false }]);
    expect(await company.slugOf(agentClientsCreate, { name: 'Nothing' }, olivia)).toBe('validation-failed');
  });
});

test('operations are found by words and described, as far as the caller may call them', async () => {
  const { items } = await company.done(operationsSearch, { q: 'list roles' }, olivia);
  expect(items[0]).toMatchObject({ name: 'roles.list', risk: 'read' });
  const [described] = (await company.done(operationsDescribe, { names: ['roles.list'] }, olivia)).items;
  expect(described).toMatchObject({ name: 'roles.list', tool: 'roles_list', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } });
  const vera = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
  expect(await company.slugOf(operationsDescribe, { names: ['roles.create'] }, vera)).toBe('not-found');
  expect((await company.done(operationsSearch, { q: 'create a role' }, vera)).items.map(({ name }) => name)).not.toContain('roles.create');
});
