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

interface Outcome {
  code: number | null;
  /** Scenarios with their verdict. */
  passed: string[];
  failed: string[];
  /** Scenarios that a revision runs without asking for them: extensions, and those younger than it. */
  unscored: string[];
  output: string;
}

const every = (output: string, pattern: RegExp): string[] => [...output.matchAll(pattern)].map(([, name]) => name!);

/** What a revision requires was frozen at its release; the suite goes on growing. Each scenario has time for a machine that is busy. */
const requirements = (url: string, revision: string): Promise<Outcome> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [suite, 'server', '--url', url, '--requirements', revision, '--timeout', '90000'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (data) => (said += String(data)));
    child.stderr.on('data', (data) => (said += String(data)));
    child.on('error', fail);
    child.on('close', (code) => {
      const output = said.slice(said.indexOf('=== SUMMARY ==='));
      const verdicts = output.slice(0, output.indexOf('\nTotal:'));
      done({ code, output, passed: every(verdicts, /^✓ (\S+): [1-9]/gm), failed: every(verdicts, /^✗ (\S+):/gm), unscored: every(output, /^ {2}[✓✗] (\S+) \(/gm) });
    });
  }); // prettier-ignore

const required = ({ passed, unscored }: Outcome): string[] => passed.filter((name) => !unscored.includes(name));

test('devices 49: Given no Origin mismatch, when the conformance suite 0.1.16 runs, then 30/30 scenarios pass', { timeout: 240_000 }, async () => {
  const outcome = await requirements(await open(fixtureServer), '2025-11-25');
  expect(outcome.code, outcome.output).toBe(0);
  expect(outcome.failed).toEqual([]);
  expect(required(outcome)).toHaveLength(30);
});

test('devices 50: Given revision 2026-07-28, when the frozen requirement set runs, then 37/37 pass on Node 20', { timeout: 240_000 }, async () => {
  const outcome = await requirements(await open(fixtureServer), '2026-07-28');
  expect(outcome.code, outcome.output).toBe(0);
  expect(required(outcome)).toHaveLength(37);
  // The extension for tasks is not offered; of all the rest, also what came after the release, nothing fails.
  expect(outcome.failed.filter((name) => !name.startsWith('tasks-'))).toEqual([]);
  expect(outcome.passed).toEqual(expect.arrayContaining(['http-header-validation', 'http-custom-header-server-validation', 'json-schema-2020-12']));
});

/** Scenarios that need no tool, resource or prompt of the suite, so the product passes them as it is. */
const OF_ANY_SERVER = {
  '2025-11-25': 'server-initialize ping completion-complete tools-list server-sse-multiple-streams resources-list prompts-list dns-rebinding-protection server-session-lifecycle',
  '2026-07-28': 'completion-complete tools-list server-sse-multiple-streams resources-list sep-2164-resource-not-found prompts-list dns-rebinding-protection caching input-required-result-unsupported-methods http-header-validation',
} as const; // prettier-ignore

test.each(['2025-11-25', '2026-07-28'] as const)('the product itself passes what %s asks of any server', { timeout: 240_000 }, async (revision) => {
  const { passed, output } = await requirements(await open(), revision);
  expect(passed, output).toEqual(expect.arrayContaining(OF_ANY_SERVER[revision].split(' ')));
});
