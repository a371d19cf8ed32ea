import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { fixtureServer } from './mcp-fixtures.ts';
import { toy, TOKENS, type Toy } from './toy.ts';

const suite = fileURLToPath(new URL('../node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url));

let world: Toy | undefined;
afterEach(async () => {
  await world?.app.close();
});

async function open(mcpServer?: typeof fixtureServer): Promise<string> {
  world = await toy(mcpServer ? { mcpServer } : {});
  // The suite sends no credential; everything else of the door is as it is for anyone.
  world.app.addHook('onRequest', async (request) => {
    request.headers.authorization ??= `Bearer ${TOKENS.alice}`;
  });
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}/mcp`;
}

const run = (...args: string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [suite, 'server', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.stderr.on('data', (data) => (output += String(data)));
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });

test('devices 49: Given no Origin mismatch, when the conformance suite 0.1.16 runs, then 30/30 scenarios pass', { timeout: 240_000 }, async () => {
  const { code, output } = await run('--url', await open(fixtureServer));
  const summary = output.slice(output.indexOf('=== SUMMARY ==='));
  expect(code, summary || output).toBe(0);
  expect(output).toMatch(/Running active suite \(30 scenarios\)/);
  expect(output).toMatch(/Total: \d+ passed, 0 failed/);
});

test.each(['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'])(
  'the product itself passes %s',
  async (scenario) => {
    const { code, output } = await run('--url', await open(), '--scenario', scenario);
    expect(code, output).toBe(0);
  },
);
