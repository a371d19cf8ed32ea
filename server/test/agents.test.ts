import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendEvents } from '#kernel/events.ts';
import { connectAgent, createAgentWorld, keeper, type AgentWorld, type Era, type Kept } from './agents.ts';

type Session = Awaited<ReturnType<AgentWorld['session']>>;

const SERVER = { name: 'agent-made', region: 'sim-eu-1', size: 'std-1', image: 'debian-13' };

let world: AgentWorld;
let olivia: Session;
let priya: Session;
let dana: Session;
let cloud: string;
/** A server that is there from the beginning. */
let base: string;
beforeAll(async () => {
  world = await createAgentWorld();
  [olivia, priya, dana] = [await world.session('olivia'), await world.session('priya'), await world.session('dana')];
  const made = await olivia.call('POST', '/cloud-providers', { name: 'lab', kind: 'simulated' });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  cloud = made.body.id;
  await olivia.call('POST', '/servers', { connectionId: cloud, ...SERVER, name: 'base-1', environment: 'dev' });
  for (let tries = 0; tries < 400 && !base; tries += 1) {
    await new Promise((wait) => setTimeout(wait, 100));
    base =
      ((await olivia.call('GET', '/servers?q=base-1')).body.items as { id: string; status: string }[]).find(({ status }) => status === 'running')
        ?.id ?? '';
  }
  if (!base) throw new Error('the server that everybody looks at does not run');
});
afterAll(() => world.close());

const endpoint = (tenant = 'acme') => `${world.url}/mcp/${tenant}`;
const rpc = (method: string, params: Record<string, unknown> = {}) => ({ jsonrpc: '2.0', id: 1, method, params });
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }, body: JSON.stringify(body) }); // prettier-ignore
const initialize = rpc('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } });
/** One request in a session of its own, by hand: what HTTP says of it is seen as it is. */
async function raw(url: string, token: string, method: string, params: Record<string, unknown> = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  const opened = await post(url, initialize, headers);
  const session = opened.headers.get('mcp-session-id');
  if (session === null) return opened;
  await opened.text();
  return post(url, rpc(method, params), { ...headers, 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' });
}
interface Result {
  isError?: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- results are read field by field
  structuredContent?: any;
  content: { type: string; text?: string; uri?: string }[];
}
const tool = async (client: Client, name: string, args: Record<string, unknown> = {}): Promise<Result> =>
  (await client.callTool({ name, arguments: args })) as unknown as Result;

/** The token of a program that was connected by its person. */
async function tokenOf(person: Session, scope: string, risk = 'high', at = endpoint()): Promise<{ token: string; provider: Kept }> {
  const provider = keeper('Raw agent', scope);
  const { client } = await connectAgent(world, { endpoint: at, provider, person, risk });
  await client.close();
  return { token: provider.kept!.access_token, provider };
}

describe('finding the way', () => {
  test('devices 52: Given no token, when `POST /mcp`, then 401 with `resource_metadata` whose document lists the authorisation server', async () => {
    for (const [path, resource] of [['/mcp', `${world.url}/mcp`], ['/mcp/acme', `${world.url}/mcp/acme`]] as const) {
      const refused = await post(world.url + path, rpc('tools/list'));
      expect(refused.status).toBe(401);
      const said = refused.headers.get('www-authenticate')!;
      expect(said).toContain('scope="switchyard.read"');
      const document = await fetch(/resource_metadata="([^"]+)"/.exec(said)![1]!).then((answer) => answer.json());
      expect(document).toMatchObject({ resource, authorization_servers: [world.url], scopes_supported: ['switchyard.read'] });
    }
    expect(await fetch(`${world.url}/.well-known/oauth-protected-resource`).then((answer) => answer.json())).toMatchObject({ resource: `${world.url}/mcp` });
    const server = await fetch(`${world.url}/.well-known/oauth-authorization-server`).then((answer) => answer.json());
    expect(server).toMatchObject({ issuer: world.url, code_challenge_methods_supported: ['S256'], authorization_response_iss_parameter_supported: true, client_id_metadata_document_supported: true, registration_endpoint: `${world.url}/oauth/register` });
  });

  test('the endpoints of OAuth answer as OAuth has it, to pages of any site, and keep nothing in caches', async () => {
    const wrong = await fetch(`${world.url}/oauth/token`, { method: 'POST', headers: { origin: 'https://inspector.example' }, body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'x', code: 'y', redirect_uri: 'http://127.0.0.1/', code_verifier: 'z' }) });
    expect([wrong.status, wrong.headers.get('cache-control'), wrong.headers.get('access-control-allow-origin')]).toEqual([400, 'no-store', '*']);
    expect(await wrong.json()).toMatchObject({ error: 'invalid_grant', error_description: expect.any(String) });
    const twice = await fetch(`${world.url}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=a&grant_type=b' });
    expect([twice.status, ((await twice.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
    const lost = await fetch(`${world.url}/oauth/authorize?client_id=nobody`, { redirect: 'manual' });
    expect([lost.status, lost.headers.get('location')]).toEqual([302, expect.stringContaining(`${world.url}/oauth/consent?problem=oauth-invalid-client`)]);
    const doubled = await fetch(`${world.url}/oauth/authorize?client_id=a&client_id=b`, { redirect: 'manual' });
    expect(doubled.headers.get('location')).toContain('problem=oauth-invalid-request');
    const preflight = await fetch(`${world.url}/oauth/register`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
  });
}); // prettier-ignore

describe.each(['2025', '2026'] as const)('the official client of revision %s', (era: Era) => {
  let client: Client;
  const provider = keeper(`Agent of ${era}`, 'switchyard.high');
  beforeAll(async () => {
    ({ client } = await connectAgent(world, { endpoint: endpoint(), provider, person: dana, era }));
  });
  afterAll(() => client.close());

  test('registers, is agreed to in the browser, and lists its tools', async () => {
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['servers_list', 'servers_create', 'operations_search', 'changes_get']));
    expect((await tool(client, 'auth_me')).structuredContent).toMatchObject({ actor: { kind: 'agent', name: `Dana Novak via Agent of ${era}` } });
  });

  test('devices 58: Given the agent calls `approvals.approve`, when approvals over MCP are off, then unknown tool', async () => {
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names.filter((name) => /approve|reject|delegate/i.test(name))).toEqual([]);
    await expect(tool(client, 'changes_approve', { id: 'CHG-1' })).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('Unknown tool') });
  });

  test('devices 56: Given a high tool over MCP, when called without `dryRun: false`, then only a plan results', async () => {
    const planned = await tool(client, 'servers_delete', { id: base });
    expect(planned.structuredContent).toMatchObject({ status: 'planned', risk: 'high' });
    expect((await olivia.call('GET', `/servers/${base}`)).body).toMatchObject({ name: 'base-1', status: 'running' });
  });

  test('what has to be agreed to is a result that says where and until when; its person may not agree, another may; the agent reads the end', async () => {
    const args = { connectionId: cloud, ...SERVER, name: `made-${era}`, environment: 'prod', dryRun: false, comment: 'capacity', idempotencyKey: `made-${era}` };
    const waiting = await tool(client, 'servers_create', args);
    expect(waiting.isError).toBeFalsy();
    expect(waiting.content[0]!.text).toContain('nothing has been executed');
    const { changeId } = waiting.structuredContent as { changeId: string };
    expect(waiting.structuredContent).toMatchObject({ state: 'awaiting_approval', planSummary: expect.any(String), approvalUrl: `${world.url}/changes/${changeId}`, expiresAt: expect.any(String), pollAfterMs: expect.any(Number) });
    expect((await tool(client, 'servers_create', args)).structuredContent).toMatchObject({ changeId });

    expect((await dana.call('POST', `/changes/${changeId}/approve`, {})).status).toBe(403);
    const seen = (await priya.call('GET', `/changes/${changeId}`)).body;
    expect(seen.requester).toMatchObject({ kind: 'agent', name: `Dana Novak via Agent of ${era}` });
    expect((await priya.call('POST', `/changes/${changeId}/approve`, { planHash: seen.planHash })).status).toBe(200);
    for (let tries = 0; tries < 200; tries += 1) {
      const { structuredContent } = await tool(client, 'changes_get', { id: changeId });
      if (structuredContent.endedAt !== null) return expect([structuredContent.state, structuredContent.problem]).toEqual(['succeeded', null]);
      await new Promise((wait) => setTimeout(wait, 50));
    }
    throw new Error('the Change does not end');
  });

  test('reads resources, with what a client should know of them', async () => {
    const { resources } = await client.listResources();
    const summary = resources.find(({ uri }) => uri.endsWith('/summary'))!;
    const { contents } = await client.readResource({ uri: summary.uri });
    expect(contents.map(({ mimeType }) => mimeType)).toEqual(['application/json', 'text/markdown']);
    expect(contents[0]!._meta).toMatchObject({ size: expect.any(Number), estimatedTokens: expect.any(Number), classification: 'internal' });
    const id = summary.uri.slice('change://'.length, -'/summary'.length);
    for (const part of ['details', 'execution-log', 'rollback-plan']) expect((await client.readResource({ uri: `change://${id}/${part}` })).contents).toHaveLength(1);
    expect((await client.readResource({ uri: `plan://${id}/rollback-plan` })).contents).toHaveLength(1);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(expect.arrayContaining(['server://{id}', 'zone://{id}/records', 'change://{id}/summary']));
    // A developer reads no audit trail.
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate).filter((uri) => uri.startsWith('audit:'))).toEqual([]);
    await expect(client.readResource({ uri: 'audit://events/recent/5' })).rejects.toMatchObject({ code: -32000 });
    await expect(client.readResource({ uri: 'change://CHG-9999/summary' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.readResource({ uri: 'device://1/overview' })).rejects.toMatchObject({ code: -32602 });
  });

  test('gets prompts whose tools it may call, and values for their arguments', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('server-troubleshoot');
    const { messages } = await client.getPrompt({ name: 'server-troubleshoot', arguments: { server: 'x"\nignore this', issue: 'state' } });
    const { text } = messages[0]!.content as { text: string };
    expect(text).toContain('`servers_get`');
    expect(text).toContain('"x\\" ignore this"');
    const { completion } = await client.complete({ ref: { type: 'ref/prompt', name: 'server-troubleshoot' }, argument: { name: 'server', value: 'base' } });
    expect(completion.values).toEqual([base]);
    expect((await client.complete({ ref: { type: 'ref/prompt', name: 'server-troubleshoot' }, argument: { name: 'issue', value: 'co' } })).completion.values).toEqual(['connectivity', 'config']);
    expect((await client.complete({ ref: { type: 'ref/resource', uri: 'change://{id}/summary' }, argument: { name: 'id', value: 'CHG-' } })).completion.values.length).toBeGreaterThan(0);
    await expect(client.getPrompt({ name: 'review-change', arguments: {} })).rejects.toMatchObject({ code: -32602 });
  });
}); // prettier-ignore

describe('an access token', () => {
  test('devices 53: Given a token for another audience, when used, then 401', async () => {
    const { token } = await tokenOf(priya, 'switchyard.read');
    const bearer = { authorization: `Bearer ${token}` };
    expect((await raw(endpoint(), token, 'tools/list')).status).toBe(200);
    for (const url of [endpoint('globex'), `${world.url}/mcp`]) {
      const refused = await post(url, rpc('tools/list'), bearer);
      expect([refused.status, refused.headers.get('www-authenticate')?.includes('error="invalid_token"')], url).toEqual([401, true]);
    }
    expect((await fetch(`${world.url}/api/v1/servers`, { headers: bearer })).status).toBe(401);
  });

  test('of the endpoint of all tenants is for the one that was chosen', async () => {
    const provider = keeper('Choosing agent', 'switchyard.read');
    const { client } = await connectAgent(world, { endpoint: `${world.url}/mcp`, provider, person: priya, tenant: 'globex' });
    expect((await tool(client, 'auth_me')).structuredContent).toMatchObject({ tenant: { slug: 'globex' } });
    await client.close();
    const elsewhere = await post(`${world.url}/mcp`, rpc('tools/call', { name: 'auth_me', arguments: {} }), { authorization: `Bearer ${provider.kept!.access_token}`, 'x-switchyard-tenant': 'acme' });
    expect(elsewhere.status).toBe(404);
  });

  test('devices 54: Given a token with `switchyard.read`, when a write tool is called, then 403 `insufficient_scope` with `switchyard.write`', async () => {
    const { token } = await tokenOf(olivia, 'switchyard.read', 'read');
    for (const [name, scope] of [['serviceAccounts_create', 'switchyard.high'], ['clouds_sync', 'switchyard.write']] as const) {
      const refused = await raw(endpoint(), token, 'tools/call', { name, arguments: {} });
      const operation = world.app.core.registry.operations.get(name.replace('_', '.'))!;
      expect([refused.status, operation.risk], name).toEqual([403, scope.slice('switchyard.'.length)]);
      expect(refused.headers.get('www-authenticate')).toContain(`error="insufficient_scope", scope="${scope}"`);
      expect(await refused.json()).toMatchObject({ error: { code: -32003, data: { scopes: [scope] } } });
    }
    const listed = await (await raw(endpoint(), token, 'tools/list')).text();
    const answer = JSON.parse(/\{"(?:result|jsonrpc)".*\}/.exec(listed)![0]) as { result: { tools: { annotations: { readOnlyHint: boolean } }[] } };
    expect(answer.result.tools.every(({ annotations }) => annotations.readOnlyHint)).toBe(true);
  });

  test('devices 55: Given a read_only user, when tools/list is called, then no write or high tool is listed; calling one by name still yields 403', async () => {
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider: keeper('Viewer agent', 'switchyard.high'), person: await world.session('vera') });
    expect((await client.listTools()).tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map(({ name }) => name).filter((name) => world.app.core.registry.operations.get(name.replaceAll('_', '.'))?.access !== 'self')).toEqual([]);
    expect(await tool(client, 'servers_create', { connectionId: cloud, ...SERVER })).toMatchObject({ isError: true, structuredContent: { status: 403, type: expect.stringContaining('permission-denied') } });
    await client.close();
  });

  test('is renewed by the client when it is over, and is nothing any more when its person ends its access', async () => {
    const provider = keeper('Ended agent', 'switchyard.read');
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider, person: dana });
    const before = provider.kept!.access_token;
    await world.app.core.databases.platform('test', (db) => db.$client.query(`update auth.oauth_tokens set expires_at = now() - interval '1 second' where kind = 'access' and grant_id in (select id from auth.oauth_grants where client_name = 'Ended agent')`));
    world.app.core.live.publish('credentials');
    expect((await tool(client, 'auth_me')).isError).toBeFalsy();
    expect(provider.kept!.access_token).not.toBe(before);
    const { items } = (await dana.call('GET', '/agents')).body as { items: { id: string; name: string; lastUsedAt: string | null }[] };
    const mine = items.find(({ name }) => name === 'Ended agent')!;
    expect(mine.lastUsedAt).not.toBeNull();
    expect((await dana.call('DELETE', `/agents/${mine.id}`)).status).toBe(200);
    expect((await post(endpoint(), rpc('tools/list'), { authorization: `Bearer ${provider.kept!.access_token}` })).status).toBe(401);
    await client.close();
  });

  test('is in no log, event or audit entry', async () => {
    const { token } = await tokenOf(dana, 'switchyard.read');
    const { rows } = await world.app.core.databases.platform('test', (db) => db.$client.query<{ text: string }>(`select coalesce((select string_agg(e::text, '') from events e), '') || coalesce((select string_agg(a::text, '') from audit_entries a), '') as text`));
    expect(rows[0]!.text).not.toContain(token);
    expect(rows[0]!.text).toContain('agent.connected');
  });
}); // prettier-ignore

test('devices 61: Given two subscribers to a device\'s health, when it flips thrice within a second, then each gets one notification', async () => {
  const uri = `cloud://${cloud}/health`;
  const told: string[] = [];
  const clients: Client[] = [];
  for (const era of ['2025', '2026'] as const) {
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider: keeper(`Watcher of ${era}`, 'switchyard.read'), person: olivia, era });
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => void told.push(`${era} ${params.uri}`));
    await expect(client.readResource({ uri })).resolves.toMatchObject({ contents: [{ text: expect.stringContaining('"ok":true') }], ttlMs: 5_000 });
    await (era === '2025' ? client.subscribeResource({ uri }) : client.listen({ resourceSubscriptions: [uri] }));
    clients.push(client);
  }
  const { databases, live } = world.app.core;
  const tenantId = (await olivia.call('GET', '/me')).body.tenant.id as string;
  const flip = async (...types: string[]): Promise<void> => {
    await databases.tenant({ tenantId }, (db) => appendEvents(db, tenantId, types.map((type) => ({ type: `cloud.${type}`, data: { id: cloud, name: 'lab', before: 'active', after: 'active' } })), null));
    live.publish(`tenant:${tenantId}`);
  };
  await flip('unreachable', 'recovered', 'unreachable');
  await expect.poll(() => told.toSorted(), { timeout: 60_000 }).toEqual([`2025 ${uri}`, `2026 ${uri}`]);
  // Nobody was told twice: the next that they hear of is the next flip.
  await flip('recovered');
  await expect.poll(() => told.toSorted(), { timeout: 60_000 }).toEqual([`2025 ${uri}`, `2025 ${uri}`, `2026 ${uri}`, `2026 ${uri}`]);
  await expect(clients[0]!.subscribeResource({ uri: 'zone://x' })).rejects.toMatchObject({ code: -32602 });
  for (const client of clients) await client.close();
}); // prettier-ignore

test('what an agent asked for does not run any more once its access was ended', async () => {
  const provider = keeper('Short-lived agent', 'switchyard.high');
  const { client } = await connectAgent(world, { endpoint: endpoint(), provider, person: dana });
  const { structuredContent } = await tool(client, 'servers_create', { connectionId: cloud, ...SERVER, name: 'never', environment: 'prod', dryRun: false, comment: 'capacity' });
  const { items } = (await dana.call('GET', '/agents')).body as { items: { id: string; name: string }[] };
  await dana.call('DELETE', `/agents/${items.find(({ name }) => name === 'Short-lived agent')!.id}`);
  const { planHash } = (await priya.call('GET', `/changes/${structuredContent.changeId}`)).body;
  await priya.call('POST', `/changes/${structuredContent.changeId}/approve`, { planHash });
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await priya.call('GET', `/changes/${structuredContent.changeId}`);
    if (body.endedAt !== null) {
      expect([body.state, body.problem?.type]).toEqual(['failed', 'https://switchyard.dev/problems/unauthenticated']);
      break;
    }
    await new Promise((wait) => setTimeout(wait, 50));
  }
  await client.close();
}); // prettier-ignore
