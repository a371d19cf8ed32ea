import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Problem } from '#kernel/problem.ts';
import { authMe } from '#modules/identity/index.ts';
import { bearer } from '#test/company.ts';
import { createOAuthBench, HOST, DOCUMENT, slugOf } from '#test/oauth.ts';
import { agentsDisconnect, agentsList, oauthRevoke, oauthToken } from './index.ts';

const bench = await createOAuthBench();
const { company, acme, exchange, refresh, consented, connected, asAgent, open } = bench;
afterAll(() => bench.company.close());

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
    expect(await slugOf(open(oauthToken, { grantType: 'password', clientId: DOCUMENT }))).toBe('oauth-unsupported-grant-type');
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
    await bench.relogin();
  });

  test('ends with its agent, at once', async () => {
    const { accessToken, refreshToken } = await connected();
    expect((await asAgent(accessToken)).status).toBe('done');
    const { items } = await company.done(agentsList, {}, bench.olivia);
    for (const { id } of items.filter(({ clientId }) => clientId === DOCUMENT)) await company.done(agentsDisconnect, { id }, bench.olivia);
    expect(await slugOf(asAgent(accessToken))).toBe('unauthenticated');
    expect(await slugOf(refresh(refreshToken))).toBe('oauth-invalid-grant');
  });

  test('that its program gives back is over, with those beside it', async () => {
    const { accessToken, refreshToken } = await connected();
    await open(oauthRevoke, { token: refreshToken, clientId: 'swc_other' });
    expect((await asAgent(accessToken)).status).toBe('done');
    await open(oauthRevoke, { token: refreshToken, clientId: DOCUMENT });
    expect(await slugOf(asAgent(accessToken))).toBe('unauthenticated');
    expect(await open(oauthRevoke, { token: 'swf_nothing', clientId: DOCUMENT })).toEqual({});
  });
});
