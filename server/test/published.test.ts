import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callingGraph, link, nodeOf } from '#modules/workflows/testing.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { createAgentWorld, type AgentWorld } from './agents.ts';
import { createCli, type Cli } from './cli.ts';

type Session = Awaited<ReturnType<AgentWorld['session']>>;
type Fields = Record<string, unknown>;

const NAME = 'workflows.run.greet-a-team';
const TOOL = 'workflows_run_greet-a-team';
const PATH = '/workflows/run/greet-a-team';
const INPUT: Json = { type: 'object', required: ['team'], properties: { team: { type: 'string', minLength: 2, title: 'Team' } } };
const OUTPUT: Json = { type: 'object', required: ['greeting'], properties: { greeting: { type: 'string' } } };

let world: AgentWorld;
let [olivia, vera, gustav]: Session[] = [];
let cli: Cli;
let id: string;
beforeAll(async () => {
  world = await createAgentWorld();
  [olivia, vera, gustav] = [await world.session('olivia'), await world.session('vera'), await world.session('gustav', 'globex')];
  cli = await createCli(world.url);
  id = await published('Greet a team', { mode: 'operation', risk: 'read', description: 'Says hello to a team.', inputSchema: INPUT, outputSchema: OUTPUT });
}); // prettier-ignore
afterAll(async () => {
  cli.close();
  await world.close();
});

/** A workflow whose one step answers a greeting. */
async function published(name: string, trigger: Record<string, Json>): Promise<string> {
  const [start, greet] = [nodeOf('start', 'trigger', trigger), nodeOf('greet', 'transform', { mode: 'fields', fields: [{ name: 'greeting', value: 'Hello {{ trigger.body.team }}' }] })]; // prettier-ignore
  const made = await olivia!.call('POST', '/workflows', { name, graph: { nodes: [start, greet], connections: [link(start, greet)] } });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const version = await olivia!.call('POST', `/workflows/${made.body.id}/versions`, {});
  expect(version.status, JSON.stringify(version.body)).toBe(201);
  return made.body.id as string;
}

const document = async (token?: string): Promise<{ paths: Record<string, Fields>; etag: string }> => {
  const got = await fetch(`${world.url}/api/v1/openapi.json`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return { ...((await got.json()) as { paths: Record<string, Fields> }), etag: got.headers.get('etag')! };
};
const manifest = async (who: Session): Promise<Fields | undefined> =>
  ((await who.call('GET', '/manifest')).body.operations as Fields[]).find(({ name }) => name === NAME);

/** Tools as a program with this person’s key has them. */
async function agent(name: string) {
  const client = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${world.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${world.loginOf(name).apiKey}` } } })); // prettier-ignore
  const tools = async () => {
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      found.push(...page.tools.map((tool) => tool.name));
      if ((cursor = page.nextCursor) === undefined) return found;
    }
  };
  return { client, tools };
}

test('workflows 67: A workflow published as Operation appears in REST, OpenAPI, MCP tools, CLI and palette, and passes the Gate', async () => {
  const ran = await olivia!.call('POST', PATH, { inputs: { team: 'Network' } });
  expect(ran).toMatchObject({ status: 200, body: { done: true, execution: { status: 'completed', workflowId: id }, outputs: { greeting: 'Hello Network' } } }); // prettier-ignore
  expect((await olivia!.call('GET', `/executions/${ran.body.execution.id}`)).body).toMatchObject({ trigger: { kind: 'operation' }, startedBy: { name: 'Olivia Owens' } }); // prettier-ignore
  // What does not fit, and what nobody publishes.
  expect((await olivia!.call('POST', PATH, { inputs: { team: 'x' } })).body).toMatchObject({ type: expect.stringContaining('inputs-invalid') });
  expect((await olivia!.call('POST', PATH, {})).status).toBe(422);
  expect((await olivia!.call('POST', '/workflows/run/nobody', { inputs: {} })).status).toBe(404);

  const { paths } = await document(olivia!.token);
  expect(paths[`/api/v1${PATH}`]?.['post']).toMatchObject({ operationId: NAME, summary: 'Run Greet a team', 'x-switchyard': { risk: 'read', permission: 'workflows:execute', tool: TOOL } }); // prettier-ignore
  expect(JSON.stringify(paths[`/api/v1${PATH}`])).toContain('"minLength":2');
  expect(await manifest(olivia!)).toMatchObject({ name: NAME, group: 'workflows', risk: 'read', path: `/api/v1${PATH}`, command: ['workflows', 'run', 'greet-a-team'], input: { required: ['inputs'] } }); // prettier-ignore

  const { client, tools } = await agent('olivia');
  expect(await tools()).toContain(TOOL);
  const answer = (await client.callTool({ name: TOOL, arguments: { inputs: { team: 'Core' } } })) as unknown as { isError?: boolean; structuredContent: Fields }; // prettier-ignore
  expect(answer.isError ?? false, JSON.stringify(answer)).toBe(false);
  expect(answer.structuredContent).toMatchObject({ done: true, outputs: { greeting: 'Hello Core' } });
  const searched = (await client.callTool({ name: 'operations_search', arguments: { q: 'greet team' } })) as unknown as { structuredContent: { items: Fields[] } }; // prettier-ignore
  expect(searched.structuredContent.items.map(({ name }) => name)).toContain(NAME);
  await client.close();

  const env = { SWITCHYARD_API_KEY: world.loginOf('olivia').apiKey };
  const run = await cli.run(['workflows', 'run', 'greet-a-team', '--set', 'inputs.team=Edge', '--json'], { env });
  expect(run.err).toBe('');
  expect(run.json()).toMatchObject({ done: true, outputs: { greeting: 'Hello Edge' } });

  // The Gate: who may not run workflows is refused, and both are in the trail.
  expect(await vera!.call('POST', PATH, { inputs: { team: 'Network' } })).toMatchObject({ status: 403, body: { permission: 'workflows:execute' } });
  const trail = async () =>
    ((await olivia!.call('GET', `/audit/entries?operation=${NAME}&limit=50`)).body.items as Fields[]).map(({ result }) => result);
  await expect.poll(trail, { timeout: 60_000 }).toEqual(expect.arrayContaining(['success', 'denied']));
});

test('workflows 67: it is there for its tenant alone, for those who may call it, and as long as it is published', async () => {
  expect((await gustav!.call('POST', PATH, { inputs: { team: 'Network' } })).status).toBe(404);
  for (const doc of [await document(), await document(gustav!.token), await document(vera!.token), await document('not-a-token')]) expect(doc.paths).not.toHaveProperty([`/api/v1${PATH}`]); // prettier-ignore
  expect([await manifest(gustav!), await manifest(vera!)]).toEqual([undefined, undefined]);
  const foreign = await agent('gustav');
  expect(await foreign.tools()).not.toContain(TOOL);
  await expect(foreign.client.callTool({ name: TOOL, arguments: { inputs: { team: 'Core' } } })).rejects.toThrow('Unknown tool');
  await foreign.client.close();
  // A tenant may publish the same name: each calls its own.
  const before = await document(olivia!.token);
  expect((await olivia!.call('POST', `/workflows/${id}/pause`, {})).status).toBe(200);
  expect((await olivia!.call('POST', PATH, { inputs: { team: 'Network' } })).status).toBe(404);
  const paused = await document(olivia!.token);
  expect(paused.paths).not.toHaveProperty([`/api/v1${PATH}`]);
  expect(paused.etag).not.toBe(before.etag);
  expect(await manifest(olivia!)).toBeUndefined();
  expect((await olivia!.call('POST', `/workflows/${id}/activate`, {})).status).toBe(200);
  expect((await olivia!.call('POST', PATH, { inputs: { team: 'Network' } })).status).toBe(200);
});

test('workflows 67: one that writes leaves a Change, shows a plan when it is asked for one, and says no less of its risk than what is in it', async () => {
  const other = await published('Write down', { mode: 'operation', risk: 'write' });
  const planned = await olivia!.call('POST', '/workflows/run/write-down?dryRun=true', { inputs: { team: 'A' } });
  expect(planned).toMatchObject({ status: 200, body: { risk: 'write', plan: { summary: 'Run workflow Write down', changes: [{ type: 'execution' }] } } }); // prettier-ignore
  const runs = async () => (await olivia!.call('GET', `/executions?workflowId=${other}`)).body.items as Fields[];
  expect(await runs()).toEqual([]);
  const ran = await olivia!.call('POST', '/workflows/run/write-down', { inputs: { team: 'A' } });
  expect(ran).toMatchObject({ status: 200, body: { done: true, outputs: { greeting: 'Hello A' } } });
  expect(await runs()).toHaveLength(1);
  const [change] = (await olivia!.call('GET', `/changes?operation=workflows.run.write-down`)).body.items as Fields[];
  expect(change).toMatchObject({ operation: 'workflows.run.write-down', state: 'succeeded', requester: { name: 'Olivia Owens' } });

  const graph = callingGraph({ mode: 'operation', risk: 'read' }, [{ operation: 'servers.reboot', input: { id: '{{ trigger.body.id }}' } }]);
  const { body } = await olivia!.call('POST', '/workflows', { name: 'Reboot one', graph });
  const refused = await olivia!.call('POST', `/workflows/${body.id}/versions`, {});
  expect(refused).toMatchObject({ status: 422, body: { findings: [{ rule: 'V03', pointer: '/config/risk', nodeKey: 'start' }] } });
});

test('workflows 67: where a rule asks for agreement it waits for it, and is run with what was agreed to', async () => {
  const waiting = await published('Burn all', { mode: 'operation', risk: 'high' });
  const asked = await olivia!.call('POST', '/workflows/run/burn-all', { inputs: { team: 'B' } });
  expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 202, body: { change: { state: 'awaiting_approval' } } });
  const priya = await world.session('priya');
  const said = await priya.call('POST', `/changes/${asked.body.change.id}/approve`, {});
  expect(said.status, JSON.stringify(said.body)).toBe(200);
  const state = async () => (await olivia!.call('GET', `/changes/${asked.body.change.id}`)).body.state as string;
  await expect.poll(state, { timeout: 60_000 }).toBe('succeeded');
  const [run] = (await olivia!.call('GET', `/executions?workflowId=${waiting}`)).body.items as Fields[];
  expect(run).toMatchObject({ trigger: { kind: 'operation' }, startedBy: { name: 'Olivia Owens' } });
});
