import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Demo {
  url: string;
  mcpUrl: string;
  users: { email: string; password: string; role: string; apiKey: string }[];
}

let home: string;
let port: number;
let dnsPort: number;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'switchyard-start-'));
  // Open to the database's account, as a checkout is; otherwise root's database would lie in /var/lib.
  chmodSync(home, 0o711);
  [port, dnsPort] = [await freePort(), await freePort()];
});
// A failed test must not leave its product running.
afterEach(async () => {
  for (const pid of await processes('')) process.kill(pid, 'SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: found } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return found;
}

interface Started {
  npm: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function npmStart(env: Record<string, string> = {}): Started {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_OPTIONS|NODE_ENV|NODE_COMPILE_CACHE|TEST$|DATABASE_URL|SWITCHYARD_)/.test(name),
    ),
  );
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...inherited, SWITCHYARD_HOME: home, PORT: String(port), SWITCHYARD_DNS_PORT: String(dnsPort), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  npm.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => npm.once('close', resolve));
  return { npm, output: () => text, ended };
}

async function ready(started: Started): Promise<Demo> {
  let code: number | null | undefined;
  void started.ended.then((found) => (code = found));
  while (!started.output().includes('Ctrl-C stops everything')) {
    if (code !== undefined) throw new Error(`npm start ended with ${code}: ${started.output()}`);
    await sleep(50);
  }
  return JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as Demo;
}

/** Processes of this home, by what their environment or command line says (Linux). */
async function processes(word: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const [line, environment] = await Promise.all(['cmdline', 'environ'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')));
    if ((environment?.includes(`SWITCHYARD_HOME=${home}\0`) || line?.includes(home)) && line?.includes(word)) found.push(Number(name));
  }
  return found;
}
const nothingRuns = () => expect.poll(() => processes(''), { timeout: 60_000 }).toEqual([]);

async function login({ url, users }: Demo): Promise<number> {
  const [user] = users;
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: user?.email, password: user?.password, tokenType: 'bearer' }),
  });
  return answer.status;
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  let first: Demo;

  test('says address and logins and writes them for programs, readable by their owner only; SIGTERM stops all it started', async () => {
    const started = npmStart();
    first = await ready(started);
    expect(started.output()).toMatch(/1\/4 {2}Packages .*\n {2}2\/4 {2}Web .*\n {2}3\/4 {2}Server .*\n {2}4\/4 {2}Start/);
    expect(statSync(join(home, 'demo.json')).mode & 0o777).toBe(0o600);
    expect(first).toMatchObject({ url: `http://localhost:${port}`, mcpUrl: `http://localhost:${port}/mcp` });
    for (const user of first.users)
      expect(user).toMatchObject({
        email: expect.stringContaining('@'),
        password: expect.any(String),
        role: expect.any(String),
        apiKey: expect.stringMatching(/^sy_/),
      });
    expect(await login(first)).toBe(200);

    // A second one beside it: one clear line, and the first goes on.
    const second = npmStart();
    expect(await second.ended).not.toBe(0);
    expect(second.output()).toContain(`Port ${port} is taken by another program.`);
    expect(await login(first)).toBe(200);

    started.npm.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    await nothingRuns();
    // What was compiled is kept beside the rest for the next start.
    expect(readdirSync(join(home, 'compile-cache'), { recursive: true }).length).toBeGreaterThan(100);
  });

  test('killed without a word, launcher first, it leaves nothing running, and the next start has everything', async () => {
    const started = npmStart();
    const demo = await ready(started);
    expect(demo.users.map(({ email, password }) => [email, password])).toEqual(first.users.map(({ email, password }) => [email, password]));
    for (const launcher of await processes('scripts/start.mjs')) process.kill(launcher, 'SIGKILL');
    await started.ended;
    await nothingRuns();
  });

  test('when the server is killed, the launcher ends with its code and the database stops too', async () => {
    const started = npmStart();
    await ready(started);
    for (const server of await processes('server/dist/main.mjs')) process.kill(server, 'SIGKILL');
    expect(await started.ended).toBe(137);
    await nothingRuns();
    const again = npmStart();
    expect(await login(await ready(again))).toBe(200);
    again.npm.kill('SIGINT');
    expect(await again.ended).toBe(0);
    await nothingRuns();
  });

  test.each([
    ['postgres://u:hidden@127.0.0.1:1/d', 'Nothing listens at 127.0.0.1:1 (DATABASE_URL).'],
    ['postgres://u:hidden@no-such-host.invalid/d', 'The host "no-such-host.invalid" in DATABASE_URL is not known.'],
    ['mysql://u:hidden@127.0.0.1/d', 'DATABASE_URL'],
  ])('with DATABASE_URL=%s it says what is wrong in one line, without the password', async (url, line) => {
    const started = npmStart({ DATABASE_URL: url });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(line);
    expect(started.output()).not.toMatch(/hidden|^ +at /m);
    await nothingRuns();
  });
});
