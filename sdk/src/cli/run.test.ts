import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isReserved } from './run.ts';

const SWITCHYARD = fileURLToPath(new URL('../../bin/switchyard.mjs', import.meta.url));
const CANARY = 'canary $(id) "quoted" \n of two lines';

interface Asked {
  path: string;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
}
let server: Server;
let home = '';
let answer: { status: number; body: object };
const asked: Asked[] = [];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-run-'));
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      asked.push({ path: request.url!, body: JSON.parse(text || '{}'), headers: request.headers });
      response.writeHead(answer.status, { 'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json' }).end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}); // prettier-ignore
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  asked.length = 0;
  answer = { status: 200, body: { values: { DB_PASSWORD: CANARY, LOG_LEVEL: 'debug' } } };
});

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  SWITCHYARD_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  SWITCHYARD_API_KEY: 'sy_test',
  SWITCHYARD_CONFIG_DIR: home,
  NO_COLOR: '1',
  LOG_LEVEL: 'info',
  STAYS: 'as it was',
});
interface Ran {
  code: number;
  out: string;
  err: string;
}
const run = (args: readonly string[], stdin = ''): Promise<Ran> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [SWITCHYARD, 'run', ...args], { env: env(), timeout: 30_000 }, (error, out, err) =>
      done({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    );
    child.stdin!.on('error', () => undefined); // a command that is refused reads nothing
    child.stdin!.end(stdin);
  });
const script = (text: string): string[] => ['--', process.execPath, '-e', text];

test('the command has the variables over its own environment, its arguments as they are, and our streams', async () => {
  const text = `process.stdin.on('data', (part) => process.stdout.write(String(part).toUpperCase()));
    process.stderr.write(JSON.stringify([process.env.DB_PASSWORD, process.env.LOG_LEVEL, process.env.STAYS, process.argv.slice(1)]))`;
  const { code, out, err } = await run(['--project', 'shop', '--environment=prod', ...script(text), '--', '--help', '--json', 'two words'], 'piped through\n');
  expect([code, out]).toEqual([0, 'PIPED THROUGH\n']);
  expect(JSON.parse(err)).toEqual([CANARY, 'debug', 'as it was', ['--help', '--json', 'two words']]);
  expect(asked).toMatchObject([{ path: '/api/v1/secrets/inject', body: { project: 'shop', environment: 'prod' } }]);
  // What is kept for a repetition is kept without values, so it is asked for as what cannot be repeated.
  expect(asked[0]!.headers).not.toHaveProperty('idempotency-key');
  expect(asked[0]!.headers['authorization']).toBe('Bearer sy_test');
}); // prettier-ignore

test('nothing of a value is in the arguments of any process', async () => {
  const text = `const { readFileSync } = require('node:fs');
    console.log(['self', process.ppid].map((pid) => readFileSync('/proc/' + pid + '/cmdline', 'latin1')).join(''))`;
  const { out } = await run(script(text));
  expect(out).toContain('node');
  expect(out).not.toContain('canary');
});

test('only what is named is asked for', async () => {
  await run(['--only', 'DB_PASSWORD,LOG_LEVEL', '--only', 'THIRD', ...script('')]);
  expect(asked.map(({ body }) => body)).toEqual([{ names: ['DB_PASSWORD', 'LOG_LEVEL', 'THIRD'] }]);
});

test('the exit code is the command’s, or tells the signal that ended it, or that it was not found', async () => {
  expect((await run(script('process.exit(42)'))).code).toBe(42);
  expect((await run(script(`process.kill(process.pid, 'SIGKILL')`))).code).toBe(137);
  expect(await run(['--', 'no-such-command-here'])).toMatchObject({ code: 127, err: expect.stringContaining('cannot be started (ENOENT)') });
  expect((await run(['--', home])).code).toBe(126);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1'] as const)('%s reaches the command, which ends in its own way', async (signal) => {
  const text = `process.on('${signal}', () => { console.log('heard'); process.exit(7) }); setInterval(() => undefined, 1000); console.log('up')`;
  const child = spawn(process.execPath, [SWITCHYARD, 'run', ...script(text)], { env: env(), stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => {
    if ((out += part.toString()) === 'up\n') child.kill(signal);
  });
  const [code] = (await once(child, 'close')) as [number];
  expect([out, code]).toEqual(['up\nheard\n', 7]);
});

test('names that tell how programs are found or started are refused before anything is', async () => {
  answer = { status: 200, body: { values: { LD_PRELOAD: '/tmp/x.so', PATH: '/tmp', FINE: '1' } } };
  const { code, out, err } = await run(script(`console.log('ran')`));
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('LD_PRELOAD, PATH would change how programs are found or started');
  for (const name of ['path', 'NODE_OPTIONS', 'DYLD_INSERT_LIBRARIES', 'BASH_ENV', 'PYTHONPATH', 'GIT_SSH_COMMAND', 'GIT_CONFIG_COUNT', 'SSH_ASKPASS', 'DOTNET_STARTUP_HOOKS', 'OPENSSL_CONF', 'SWITCHYARD_API_KEY']) expect([name, isReserved(name)]).toEqual([name, true]);
  for (const name of ['PATHS', 'DATABASE_URL', 'GITHUB_TOKEN', 'GIT_TOKEN', 'OPENSSL_PASSPHRASE', 'HOMEPAGE']) expect([name, isReserved(name)]).toEqual([name, false]);
}); // prettier-ignore

test('a refusal of the server is told in its words, and the command is not run', async () => {
  answer = { status: 403, body: { type: 'https://switchyard.dev/problems/permission-denied', title: 'Permission denied', status: 403, detail: 'You lack secrets:use.' } };
  expect(await run(script(`console.log('ran')`))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('You lack secrets:use.') });
}); // prettier-ignore

test('without a command it says how it is meant; with --help what there is', async () => {
  for (const args of [[], ['--'], ['node', 'server.js'], ['--only', '--', 'x']]) expect((await run(args)).code).toBe(2);
  expect(asked).toEqual([]);
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  expect(out).toMatch(/switchyard run \[flags\] -- <command>[^]*--environment <name>/);
});
