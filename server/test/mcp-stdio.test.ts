import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toy, TOKENS, type Toy } from './toy.ts';

const bin = fileURLToPath(new URL('../../sdk/bin/switchyard.mjs', import.meta.url));

let world: Toy;
let env: Record<string, string>;
beforeAll(async () => {
  world = await toy();
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  env = {
    PATH: process.env['PATH'] ?? '',
    SWITCHYARD_URL: `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`,
    SWITCHYARD_API_KEY: TOKENS.alice,
    SWITCHYARD_CONFIG_DIR: fileURLToPath(new URL('./nowhere/', import.meta.url)),
  };
});
afterAll(() => world.app.close());

describe.each(['2025', '2026'])('revision %s over standard input and output', (era) => {
  test('the same tools, results and refusals as over HTTP', async () => {
    const client = new Client({ name: 'test', version: '1' }, era === '2026' ? { versionNegotiation: { mode: 'auto' } } : {});
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [bin, 'mcp'], env }));
    expect(client.getNegotiatedProtocolVersion()).toBe(era === '2025' ? '2025-11-25' : '2026-07-28');
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('lamps_create');
    const made = await client.callTool({ name: 'lamps_create', arguments: { name: `stdio-${era}` } });
    expect(made.structuredContent).toMatchObject({ name: `stdio-${era}` });
    const bad = await client.callTool({ name: 'lamps_get', arguments: { id: 'nope' } });
    expect(bad).toMatchObject({ isError: true, structuredContent: { status: 404 } });
    await expect(client.callTool({ name: 'lamps_explode', arguments: {} })).rejects.toMatchObject({ code: -32602 });
    await client.close();
  });
});

/** Feeds lines to `switchyard mcp` and answers what it wrote until it ended. */
const lines = (input: string, more: Record<string, string> = {}): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, 'mcp'], { env: { ...env, ...more } });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
    child.stdin.end(input);
  });

const initialize =
  '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}';

test('standard output carries messages and nothing else, and ends with the input', async () => {
  const { code, out } = await lines(`${initialize}\n\nnot json\n{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n`);
  const messages = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { id: number | null }); // prettier-ignore
  expect([code, messages.length, new Set(messages.map(({ id }) => id))]).toEqual([0, 3, new Set([null, 1, 2])]);
});

test('a refused credential is an answer to the request, not silence', async () => {
  const { out } = await lines(`${initialize}\n`, { SWITCHYARD_API_KEY: 'sy_nobody' });
  expect(JSON.parse(out)).toMatchObject({ id: 1, error: { code: -32001 } });
});

test('without a credential it does not start', async () => {
  expect(await lines('', { SWITCHYARD_API_KEY: '' })).toMatchObject({ code: 2, out: '', err: expect.stringContaining('switchyard login') });
});

test('a session that the server has forgotten is opened again', async () => {
  const client = new Client({ name: 'test', version: '1' }, {});
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [bin, 'mcp'], env }));
  await client.callTool({ name: 'lamps_count', arguments: {} });
  const { port } = world.app.server.address() as AddressInfo;
  await world.app.close();
  world = await toy();
  await world.app.listen({ host: '127.0.0.1', port });
  expect((await client.callTool({ name: 'lamps_count', arguments: {} })).structuredContent).toMatchObject({ count: expect.any(Number) });
  await client.close();
});
