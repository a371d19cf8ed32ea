import type { AddressInfo } from 'node:net';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { toy, TOKENS, type Toy } from '#test/toy.ts';
import { pageUri } from './pages.ts';
import { toolOf } from './tools.ts';

let world: Toy;
let url: string;
beforeAll(async () => {
  world = await toy();
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}/mcp`;
});
afterAll(() => world.app.close());

type Era = '2025' | '2026';
async function connected(token: string, era: Era): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, era === '2026' ? { versionNegotiation: { mode: 'auto' } } : {});
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${token}` } } }));
  return client;
}

interface Result {
  isError?: boolean;
  structuredContent?: Record<string, never>;
  content: { type: string; text?: string }[];
}
const call = async (client: Client, name: string, args: Record<string, unknown> = {}): Promise<Result> =>
  (await client.callTool({ name, arguments: args })) as unknown as Result;

describe.each(['2025', '2026'] as const)('revision %s', (era) => {
  let alice: Client;
  beforeAll(async () => {
    alice = await connected(TOKENS.alice, era);
  });
  afterAll(() => alice.close());

  test('speaks the revision that was asked for', () => {
    expect(alice.getNegotiatedProtocolVersion()).toBe(era === '2025' ? '2025-11-25' : '2026-07-28');
  });

  test('lists the tools that the caller may call, in order, with hints from their risk', async () => {
    const { tools } = await alice.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'changes_get',
      'lamps_break',
      'lamps_burn',
      'lamps_count',
      'lamps_create',
      'lamps_export',
      'lamps_get',
      'lamps_list',
      'lamps_update',
    ]);
    const hints = Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]));
    expect(hints['lamps_list']).toMatchObject({ readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false });
    expect(hints['lamps_create']).toMatchObject({ readOnlyHint: false, destructiveHint: false, idempotentHint: false });
    expect(hints['lamps_burn']).toMatchObject({ readOnlyHint: false, destructiveHint: true, openWorldHint: true });
    const create = tools.find(({ name }) => name === 'lamps_create')!;
    expect(create.inputSchema.properties).toMatchObject({
      name: { description: 'Shown in the list' },
      dryRun: { default: false },
      comment: {},
      idempotencyKey: {},
      wait: {},
    });
    expect(create.inputSchema['additionalProperties']).toBe(false);
  });

  test('a reader sees reading tools only, and a call by name is still refused', async () => {
    const reader = await connected(TOKENS.reader, era);
    expect((await reader.listTools()).tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    const refused = await call(reader, 'lamps_create', { name: 'x' });
    expect(refused).toMatchObject({
      isError: true,
      structuredContent: { status: 403, type: 'https://switchyard.dev/problems/permission-denied', decisionId: expect.any(String) },
    });
    await reader.close();
  });

  test('a result is the REST body, as structure and as text', async () => {
    const made = await call(alice, 'lamps_create', { name: 'hall', comment: 'dark there' });
    expect(made.structuredContent).toMatchObject({ name: 'hall', watts: 40 });
    expect(made.content[0]!.text).toContain('"name":"hall"');
    expect(world.audit.at(-1)).toMatchObject({ surface: 'mcp', comment: 'dark there', operation: 'lamps.create' });
  });

  test('devices 56: Given a high tool over MCP, when called without `dryRun: false`, then only a plan results', async () => {
    const planned = await call(alice, 'lamps_burn', { id: 'x' });
    expect(planned.isError).toBeFalsy();
    expect(planned.structuredContent).toMatchObject({ status: 'planned', plan: { summary: 'the lamp is gone' }, requirements: [{ rule: 'high' }] });
    expect(planned.content[0]!.text).toContain('nothing was done');
  });

  test('a Change that waits is a result that says how to go on', async () => {
    const accepted = await call(alice, 'lamps_burn', { id: 'x', dryRun: false });
    expect(accepted.isError).toBeFalsy();
    expect(accepted.structuredContent).toMatchObject({
      status: 'accepted',
      change: { number: 'CHG-7', state: 'awaiting_approval' },
      followUp: { tool: 'changes_get' },
    });
    expect(accepted.content[0]!.text).toContain('nothing has been executed');
  });

  test('bad arguments are an error that the model can correct', async () => {
    const bad = await call(alice, 'lamps_create', { name: '', colour: 'red' });
    expect(bad).toMatchObject({ isError: true, structuredContent: { status: 422, errors: [{ pointer: '/name' }, { pointer: '/colour' }] } });
    expect(await call(alice, 'lamps_create', { name: 'x', dryRun: 'yes' })).toMatchObject({
      isError: true,
      structuredContent: { errors: [{ pointer: '/dryRun' }] },
    });
    await expect(call(alice, 'lamps_get', { id: 'a\0b' })).rejects.toThrow('malformed-request');
  });

  test('a fault of ours tells nothing', async () => {
    const broken = await call(alice, 'lamps_break');
    expect(broken).toMatchObject({ isError: true, structuredContent: { status: 500 } });
    expect(JSON.stringify(broken)).not.toContain('socket');
  });

  test('an address that holds what no text may hold is refused before it is looked up', async () => {
    const page = `operation://lamps.get/0/${Buffer.from(JSON.stringify({ id: 'a\0b' })).toString('base64url')}`;
    for (const uri of [page, 'change://a%00b/summary']) await expect(alice.readResource({ uri })).rejects.toThrow(/NUL/);
  });

  test('a file comes as a resource', async () => {
    expect((await call(alice, 'lamps_export')).content[0]).toMatchObject({
      type: 'resource',
      resource: { mimeType: 'text/csv; charset=utf-8', text: 'id,name\n' },
    });
  });

  test('an unknown tool is an invalid parameter', async () => {
    await expect(call(alice, 'lamps_explode')).rejects.toMatchObject({ code: -32602 });
    await expect(call(alice, 'doors_open', { password: 'sesame' })).rejects.toMatchObject({ code: -32602 });
  });

  test('governance 71: Given MCP, when over quota, then HTTP 429 and JSON-RPC −32010', async () => {
    const seen: Response[] = [];
    const watch: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      seen.push(response.clone());
      return response;
    };
    const client = new Client({ name: 'test', version: '1' }, era === '2026' ? { versionNegotiation: { mode: 'auto' } } : {});
    await client.connect(
      new StreamableHTTPClientTransport(new URL(url), { fetch: watch, requestInit: { headers: { authorization: `Bearer ${TOKENS.flooded}` } } }),
    );
    await expect(call(client, 'lamps_count')).rejects.toThrow();
    const refusal = seen.at(-1)!;
    expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await refusal.json()).toMatchObject({
      jsonrpc: '2.0',
      id: expect.anything(),
      error: { code: -32010, data: { type: 'https://switchyard.dev/problems/rate-limited' } },
    });
    await client.close().catch(() => undefined);
  });
});

test('a Change is watched by its id alone: its number is that of other Changes in other tenants', async () => {
  const alice = await connected(TOKENS.alice, '2025');
  await expect(alice.subscribeResource({ uri: 'change://CHG-7/summary' })).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(/by its id/),
  });
  await expect(alice.subscribeResource({ uri: 'change://0197a1b2-0000-7000-8000-00000000c4a9/summary' })).resolves.toEqual({});
  await alice.close();
});

describe('the door', () => {
  const post = (headers: Record<string, string>, body: unknown = { jsonrpc: '2.0', id: 1, method: 'tools/list' }) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const alice = { authorization: `Bearer ${TOKENS.alice}` };
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
  };

  test.each([[{}], [{ authorization: 'Bearer sy_nobody' }], [{ cookie: `sy_session=${TOKENS.alice}`, origin: 'https://sy.example' }]])(
    '%o is 401 and says how to sign in',
    async (headers) => {
      const answer = await post(headers);
      const said = answer.headers.get('www-authenticate') ?? '';
      expect([answer.status, said.includes('error="invalid_token"')]).toEqual([401, 'authorization' in headers]);
      expect(said).toContain('scope="switchyard.read", resource_metadata="https://sy.example/.well-known/oauth-protected-resource/mcp"');
      expect(await answer.json()).toMatchObject({ jsonrpc: '2.0', error: { code: -32001 } });
    },
  );

  test('a page of another site is refused even with a token', async () => {
    expect((await post({ ...alice, origin: 'https://evil.example' })).status).toBe(403);
  });

  test.each([
    ['{', 400, -32700],
    ['{"jsonrpc":"2.0","jsonrpc":"2.0"}', 400, -32700],
  ])('%s answers %i', async (body, status, code) => {
    const answer = await post(alice, body);
    expect([answer.status, ((await answer.json()) as { error: { code: number } }).error.code]).toEqual([status, code]);
  });

  test('a session belongs to who opened it; to anyone else it does not exist', async () => {
    const opened = await post(alice, initialize);
    const session = opened.headers.get('mcp-session-id')!;
    await opened.text();
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    const version = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' };
    expect((await post({ ...alice, ...version }, list)).status).toBe(200);
    expect((await post({ authorization: `Bearer ${TOKENS.reader}`, ...version }, list)).status).toBe(404);
    expect((await fetch(url, { method: 'DELETE', headers: { ...alice, ...version } })).status).toBe(200);
    expect((await post({ ...alice, ...version }, list)).status).toBe(404);
  });

  test('a tool is built once, since agents list tools at every start', () => {
    for (const operation of world.registry.operations.values()) expect(toolOf(operation)).toBe(toolOf(operation));
  });
});

test('a sensitive reading of 5 MB comes in pages; each is decided anew, and is in the trail as sensitive', async () => {
  const line = 'set interface ether1 disabled=no\n';
  const config = line.repeat(Math.ceil(5_000_000 / line.length));
  const lampsConfig = defineOperation({
    name: 'lamps.config', summary: 'Show the configuration', permission: 'lamps:read', risk: 'read', sensitive: true, targets: 'none', input: z.object({ id: z.string() }), output: z.object({ config: z.string() }),
    run: async () => ({ config }),
  });
  const own = await toy({ more: [lampsConfig] });
  await own.app.listen({ host: '127.0.0.1', port: 0 });
  const at = new URL(`http://127.0.0.1:${(own.app.server.address() as AddressInfo).port}/mcp`);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(at, { requestInit: { headers: { authorization: `Bearer ${TOKENS.alice}` } } }));
  const entries = (): unknown[] => own.audit.filter(({ operation }) => operation === 'lamps.config').map(({ sensitive, result, surface }) => [sensitive, result, surface]);

  const called = await call(client, 'lamps_config', { id: 'hall' });
  expect(called.content[0]!.text!.length).toBeLessThan(103_000);
  let next: string | undefined = pageUri(lampsConfig, { id: 'hall' }, 0);
  expect(called.content).toContainEqual(expect.objectContaining({ type: 'resource_link', uri: expect.stringMatching(/^operation:\/\/lamps\.config\//) }));
  const pages: string[] = [];
  while (next !== undefined && pages.length < 3) {
    const { contents }: { contents: { text?: string; _meta?: Record<string, unknown> }[] } = await client.readResource({ uri: next }) as never;
    expect(contents[0]!._meta).toMatchObject({ classification: 'sensitive', total: JSON.stringify({ config }).length });
    pages.push(contents[0]!.text!);
    next = contents[0]!._meta!['nextPage'] as string | undefined;
  }
  expect(JSON.stringify({ config }).startsWith(pages.join(''))).toBe(true);
  expect(pages.map(({ length }) => length)).toEqual([102_400, 102_400, 102_400]);
  expect(entries()).toEqual(Array.from({ length: 4 }, () => [true, 'success', 'mcp']));
  own.gone.add('alice');
  await expect(client.readResource({ uri: next! })).rejects.toThrow();
  await client.close();
  await own.app.close();
}); // prettier-ignore

test('twenty streams of one agent are enough: another is refused until one has ended, and others have theirs', async () => {
  const body = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'subscriptions/listen', params: { notifications: { resourceSubscriptions: ['change://0197a1b2-0000-7000-8000-00000000c4a9/summary'] }, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} } } });
  const open = (token: string, id: number, signal?: AbortSignal) =>
    fetch(url, { method: 'POST', body: body(id), ...(signal ? { signal } : {}), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' } });
  const ends = Array.from({ length: 20 }, () => new AbortController());
  const streams = await Promise.all(ends.map(({ signal }, at) => open(TOKENS.alice, at, signal)));
  expect(streams.map(({ status }) => status)).toEqual(ends.map(() => 200));
  const refused = await open(TOKENS.alice, 21);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
  expect(await refused.json()).toMatchObject({ error: { code: -32010 } });
  const other = new AbortController();
  expect((await open(TOKENS.reader, 1, other.signal)).status).toBe(200);
  other.abort();
  ends.pop()!.abort();
  const last = new AbortController();
  await expect.poll(async () => (await open(TOKENS.alice, 22, last.signal)).status, { timeout: 60_000 }).toBe(200);
  for (const end of [...ends, last]) end.abort();
}); // prettier-ignore
