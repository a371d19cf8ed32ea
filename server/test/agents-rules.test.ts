import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, createAgentWorld, keeper, type AgentWorld } from './agents.ts';

type Session = Awaited<ReturnType<AgentWorld['session']>>;

let world: AgentWorld;
let olivia: Session;
let priya: Session;
let dana: Session;
/** A server that is there from the beginning. */
let base: string | undefined;
beforeAll(async () => {
  world = await createAgentWorld();
  [olivia, priya, dana] = [await world.session('olivia'), await world.session('priya'), await world.session('dana')];
  const { id } = (await olivia.call('POST', '/cloud-providers', { name: 'lab', kind: 'simulated' })).body;
  await olivia.call('POST', '/servers', {
    connectionId: id,
    name: 'base-1',
    region: 'sim-eu-1',
    size: 'std-1',
    image: 'debian-13',
    environment: 'dev',
  });
  for (let tries = 0; tries < 400 && !base; tries += 1) {
    await new Promise((wait) => setTimeout(wait, 50));
    const { items } = (await olivia.call('GET', '/servers?q=base-1')).body as { items: { id: string; status: string }[] };
    base = items.find(({ status }) => status === 'running')?.id;
  }
});
afterAll(() => world.close());

const endpoint = (tenant = 'acme') => `${world.url}/mcp/${tenant}`;
const rpc = (method: string, params: Record<string, unknown> = {}) => ({ jsonrpc: '2.0', id: 1, method, params });
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }, body: JSON.stringify(body) }); // prettier-ignore
const initialize = rpc('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } });
interface Result {
  isError?: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- results are read field by field
  structuredContent?: any;
  content: { type: string; text?: string; uri?: string }[];
}
const tool = async (client: Client, name: string, args: Record<string, unknown> = {}): Promise<Result> =>
  (await client.callTool({ name, arguments: args })) as unknown as Result;

describe('tenants', () => {
  const settings = async (agents: Record<string, unknown>) => {
    const { id } = (await olivia.call('GET', '/me')).body.tenant;
    const { status, body } = await olivia.call('PATCH', `/tenants/${id}/settings`, { agents });
    if (status === 202) {
      const { planHash } = (await priya.call('GET', `/changes/${body.change.id}`)).body;
      await world.session('adam').then((adam) => adam.call('POST', `/changes/${body.change.id}/approve`, { planHash }));
      for (let tries = 0; tries < 200; tries += 1) {
        const { state, endedAt } = (await olivia.call('GET', `/changes/${body.change.id}`)).body;
        if (endedAt !== null) return expect(state).toBe('succeeded');
        await new Promise((wait) => setTimeout(wait, 50));
      }
    }
  };

  test('never see one another’s Changes, by address or by watching', async () => {
    const gustav = await world.session('gustav', 'globex');
    const { client } = await connectAgent(world, { endpoint: endpoint('globex'), provider: keeper('Foreign agent'), person: gustav, risk: 'read' });
    await olivia.call('POST', '/service-accounts', { name: 'Nobody else’s', ownerId: (await olivia.call('GET', '/me')).body.actor.id });
    const { items } = (await olivia.call('GET', '/changes')).body as { items: { id: string }[] };
    const uri = `change://${items[0]!.id}/summary`;
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602 });
    expect((await client.listResources()).resources.filter((one) => one.uri.startsWith('change://'))).toEqual([]);
    await client.close();
  });

  test('that let people decide over MCP offer it to people in a session of their own, and to no agent or key', async () => {
    const names = async (headers: Record<string, string>): Promise<string[]> => {
      const client = new Client({ name: 't', version: '1' });
      await client.connect(new StreamableHTTPClientTransport(new URL(endpoint()), { requestInit: { headers } }));
      const { tools } = await client.listTools();
      await client.close();
      return tools.map(({ name }) => name);
    };
    const person = { authorization: `Bearer ${priya.token}` };
    const asked = (await dana.call('DELETE', `/servers/${base}`)).body.change as { id: string; state: string };
    expect(asked.state).toBe('awaiting_approval');
    expect(await names(person)).not.toContain('changes_approve');
    await settings({ decisions: true });
    for (let tries = 0; tries < 200 && !(await names(person)).includes('changes_approve'); tries += 1) await new Promise((wait) => setTimeout(wait, 50));
    expect(await names(person)).toContain('changes_approve');
    expect(await names({ authorization: `Bearer ${world.loginOf('priya').apiKey}` })).not.toContain('changes_approve');
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider: keeper('Deciding agent'), person: priya });
    await expect(tool(client, 'changes_approve', { id: asked.id })).rejects.toMatchObject({ code: -32602 });
    await client.close();

    const own = new Client({ name: 't', version: '1' });
    await own.connect(new StreamableHTTPClientTransport(new URL(endpoint()), { requestInit: { headers: person } }));
    const { planHash } = (await priya.call('GET', `/changes/${asked.id}`)).body;
    expect((await tool(own, 'changes_approve', { id: asked.id, planHash })).isError).toBeFalsy();
    await own.close();
  });

  test('that want agents only by consent refuse API keys, and say how to come instead', async () => {
    const key = { authorization: `Bearer ${world.loginOf('dana').apiKey}` };
    expect((await post(endpoint(), initialize, key)).status).toBe(200);
    await settings({ apiKeys: false, tools: 'search', favourites: ['servers.list'] });
    // Who holds a credential is remembered for five seconds.
    let refused = await post(endpoint(), initialize, key);
    for (let tries = 0; tries < 200 && refused.status !== 401; tries += 1) {
      await new Promise((wait) => setTimeout(wait, 50));
      refused = await post(endpoint(), initialize, key);
    }
    expect([refused.status, refused.headers.get('www-authenticate')?.includes('resource_metadata=')]).toEqual([401, true]);
    expect((await fetch(`${world.url}/api/v1/servers`, { headers: key })).status).toBe(200);
  });

  test('that want small contexts list the search and their favourites, and every other tool can still be called', async () => {
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider: keeper('Searching agent', 'switchyard.read'), era: '2025', person: dana });
    const names = async (): Promise<string[]> => (await client.listTools()).tools.map(({ name }) => name);
    for (let tries = 0; tries < 200 && (await names()).length > 4; tries += 1) await new Promise((wait) => setTimeout(wait, 50));
    expect(await names()).toEqual(['changes_get', 'operations_describe', 'operations_search', 'servers_list']);
    const found = await tool(client, 'operations_search', { q: 'list zones' });
    expect(found.structuredContent.items[0]).toMatchObject({ name: 'dns.listZones' });
    expect((await tool(client, 'operations_describe', { names: ['dns.listZones'] })).structuredContent.items[0]).toMatchObject({ tool: 'dns_listZones', inputSchema: { type: 'object' } });
    expect((await tool(client, 'dns_listZones')).structuredContent).toHaveProperty('items');
    expect((await tool(client, 'dns.listZones')).structuredContent).toHaveProperty('items');
    await client.close();
  });
}); // prettier-ignore
