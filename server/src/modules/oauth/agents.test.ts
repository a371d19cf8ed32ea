import { afterAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { providerOf } from '#kernel/port.ts';
import type { Problem } from '#kernel/problem.ts';
import { tenantsSettingsUpdate } from '#modules/tenancy/index.ts';
import { Credentials } from '#modules/tenancy/providers/port.ts';
import { bearer, createCompany } from '#test/company.ts';
import { createOAuthBench, HOST, CALLBACK, DOCUMENT, slugOf, requestIn } from '#test/oauth.ts';
import {
  agentClientsCreate,
  agentClientsDelete,
  agentClientsList,
  agentsDisconnect,
  agentsList,
  agentsProve,
  oauth,
  oauthConsentApprove,
  oauthConsentGet,
  oauthRegister,
  operationsDescribe,
  operationsSearch,
} from './index.ts';

const bench = await createOAuthBench();
const { company, acme, begin, exchange, consented, connected, asAgent, open } = bench;
afterAll(() => bench.company.close());

/** What leaving a tenant ends besides the membership, which Olivia keeps here to look at what is left. */
const createMembershipEnds = async (): Promise<void> => {
  const userId = await company.idOf('olivia');
  await providerOf(company.adapters)(Credentials).endInTenant(userId, acme);
  await bench.relogin();
};

describe('connected agents', () => {
  test('are shown to their person; those of others to who may see them', async () => {
    await connected('write');
    const { items } = await company.done(agentsList, {}, bench.olivia);
    expect(items[0]).toMatchObject({ name: 'Described agent', risk: 'write', host: 'localhost', endpoint: `${HOST}/mcp/acme` });
    const ada = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
    expect((await company.done(agentsList, {}, ada)).items).toEqual([]);
    expect(await company.slugOf(agentsList, { all: true }, ada)).toBe('permission-denied');
    expect(await company.slugOf(agentsDisconnect, { id: items[0]!.id }, ada)).toBe('not-found');
    expect((await company.done(agentsList, { all: true }, bench.olivia)).items.length).toBeGreaterThan(0);
  });

  test('end with the membership of their person, and do not come back with it', async () => {
    const { accessToken } = await bench.connected();
    expect((await bench.asAgent(accessToken)).status).toBe('done');
    await createMembershipEnds();
    expect(await slugOf(bench.asAgent(accessToken))).toBe('unauthenticated');
    expect((await company.done(agentsList, {}, bench.olivia)).items).toEqual([]);
  });

  test('go no further than was agreed to last, from that moment on', async () => {
    const { accessToken } = await connected('high');
    const capOf = () => company.gate.actor({ surface: 'mcp', credentials: bearer(accessToken), ip: null, requestId: newId(), envelope: {}, tenant: 'acme', endpoint: `${HOST}/mcp/acme` }).then(({ riskCap }) => riskCap); // prettier-ignore
    expect(await capOf()).toBe('high');
    await consented({}, 'read');
    expect(await capOf()).toBe('read');
  });

  test('are not proven for by anybody else', async () => {
    await connected();
    const { items } = await company.done(agentsList, {}, bench.olivia);
    const vera = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
    expect(await company.slugOf(agentsProve, { id: items[0]!.id }, vera)).toBe('not-found');
    expect(await company.done(agentsProve, { id: items[0]!.id }, bench.olivia)).toEqual({ id: items[0]!.id });
  });
});

describe('registration', () => {
  const metadata = { client_name: 'Late agent', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_post' };
  test('gives a client id without a secret', async () => {
    const made = await open<{ clientId: string }>(oauthRegister, { metadata });
    expect(made).toMatchObject({ clientId: expect.stringMatching(/^swc_/), name: 'Late agent', redirectUris: [CALLBACK] });
    const { code, verifier } = await consented({ clientId: made.clientId });
    expect((await exchange(code, verifier, { clientId: made.clientId })).scope).toContain('switchyard.high');
  });
  test.each([
    [{ ...metadata, redirect_uris: ['http://agent.example/cb'] }, 'oauth-invalid-redirect-uri'],
    [{ ...metadata, redirect_uris: undefined }, 'oauth-invalid-redirect-uri'],
    [{ ...metadata, grant_types: ['client_credentials'] }, 'oauth-invalid-client-metadata'],
    [{ ...metadata, response_types: ['token'] }, 'oauth-invalid-client-metadata'],
  ])('of %o is refused', async (wrong, slug) => expect(await slugOf(open(oauthRegister, { metadata: JSON.parse(JSON.stringify(wrong)) }))).toBe(slug));
  test('is closed unless the installation opens it', async () => {
    const closed = await createCompany({ modules: [oauth], beside: company, agents: { publicUrl: HOST } });
    const outcome = await closed.gate.pass(oauthRegister, { metadata }, { surface: 'internal', credentials: null, ip: null, requestId: newId(), envelope: {} }).catch((error: unknown) => error as Problem); // prettier-ignore
    expect((outcome as Problem).slug).toBe('oauth-registration-closed');
    await closed.close();
  });
}); // prettier-ignore

describe('a tenant that lists its agents', () => {
  const allow = async (clients: 'any' | 'listed') => {
    const passed = await company.call(tenantsSettingsUpdate, { id: acme, agents: { clients } }, bench.olivia);
    if (passed.status === 'accepted')
      expect(await company.carriedOut(passed, bearer((await company.signIn('priya', { slug: 'acme' })).token!))).toMatchObject({
        state: 'succeeded',
        problem: null,
      });
  };
  test('lets people connect those and no others', async () => {
    await allow('listed');
    const request = requestIn((await begin()).location);
    expect((await company.done(oauthConsentGet, { request }, bench.olivia)).tenants).toMatchObject([{ slug: 'acme', allowed: false }]);
    expect(await company.slugOf(oauthConsentApprove, { request, tenantId: acme, risk: 'read' }, bench.olivia)).toBe('agent-not-allowed');

    const entered = await company.done(agentClientsCreate, { name: 'Described', clientId: DOCUMENT }, bench.olivia);
    expect((await company.done(agentClientsList, {}, bench.olivia)).items).toMatchObject([{ name: 'Described', clientId: DOCUMENT }]);
    const pair = await connected();
    expect((await asAgent(pair.accessToken)).status).toBe('done');
    await company.done(agentClientsDelete, { id: entered.id }, bench.olivia);
    expect(await slugOf(asAgent(pair.accessToken))).toBe('unauthenticated');
    await allow('any');
  });

  test('gives a client id to one without a document, for this tenant alone', async () => {
    const { clientId } = await company.done(agentClientsCreate, { name: 'Own agent', redirectUris: [CALLBACK] }, bench.olivia);
    const { code, verifier } = await consented({ clientId });
    expect((await exchange(code, verifier, { clientId })).expiresIn).toBe(3_600);
    const elsewhere = requestIn((await begin({ clientId, resource: `${HOST}/mcp/globex` })).location);
    const gustav = bearer((await company.signIn('gustav')).token!);
    expect((await company.done(oauthConsentGet, { request: elsewhere }, gustav)).tenants).toMatchObject([{ slug: 'globex', allowed: false }]);
    expect(await company.slugOf(agentClientsCreate, { name: 'Nothing' }, bench.olivia)).toBe('validation-failed');
  });
});

test('operations are found by words and described, as far as the caller may call them', async () => {
  const { items } = await company.done(operationsSearch, { q: 'list roles' }, bench.olivia);
  expect(items[0]).toMatchObject({ name: 'roles.list', risk: 'read' });
  const [described] = (await company.done(operationsDescribe, { names: ['roles.list'] }, bench.olivia)).items;
  expect(described).toMatchObject({ name: 'roles.list', tool: 'roles_list', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } });
  const vera = bearer((await company.signIn('vera', { slug: 'acme' })).token!);
  expect(await company.slugOf(operationsDescribe, { names: ['roles.create'] }, vera)).toBe('not-found');
  expect((await company.done(operationsSearch, { q: 'create a role' }, vera)).items.map(({ name }) => name)).not.toContain('roles.create');
});
