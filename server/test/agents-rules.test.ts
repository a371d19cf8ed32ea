import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAgent, createAgentWorld, keeper, type AgentWorld } from './agents.ts';

type Session = Awaited<ReturnType<AgentWorld['session']>>;

let world: AgentWorld;
let olivia: Session;
let priya: Session;
let dana: Session;
beforeAll(async () => {
  world = await createAgentWorld();
  [olivia, priya, dana] = [await world.session('olivia'), await world.session('priya'), await world.session('dana')];
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
    const { client } = await connectAgent(world, { endpoint: endpoint(), provider: keeper('Searching agent', 'switchyard.read'), person: dana });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['changes_get', 'operations_describe', 'operations_search', 'servers_list']);
    const found = await tool(client, 'operations_search', { q: 'list zones' });
    expect(found.structuredContent.items[0]).toMatchObject({ name: 'dns.listZones' });
    expect((await tool(client, 'operations_describe', { names: ['dns.listZones'] })).structuredContent.items[0]).toMatchObject({ tool: 'dns_listZones', inputSchema: { type: 'object' } });
    expect((await tool(client, 'dns_listZones')).structuredContent).toHaveProperty('items');
    expect((await tool(client, 'dns.listZones')).structuredContent).toHaveProperty('items');
    await client.close();
  });
}); // prettier-ignore
