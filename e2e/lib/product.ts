import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plantCanary, searchRemains, searchRunning } from './canary-search.ts';

export interface Login {
  email: string;
  password: string;
  role: string;
  tenant: string;
  apiKey: string;
}

/** The whole product in a process and folder of its own, as `npm start` runs it. */
export interface Product {
  url: string;
  mcpUrl: string;
  home: string;
  pid: number;
  dnsPort: number;
  /** The first demo login with this role. */
  as: (role: string) => Login;
  logins: () => readonly Login[];
  /** What it has printed so far. */
  output: () => string;
  /** Ends it as a signal would; the folder stays. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
  /** Starts it again on the same folder and port. */
  start: () => Promise<void>;
  /** Ends it and removes its folder, having looked everywhere for the value of a secret that it was given: throws when it was seen. */
  close: () => Promise<void>;
}

const SERVER = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const home = await mkdtemp(join(tmpdir(), 'switchyard-e2e-'));
  const [port, dnsPort] = [await freePort(), await freePort()];
  let child: ChildProcess | undefined;
  let printed = '';
  let before = '';
  let logins: Login[] = [];
  let found = { url: '', mcpUrl: '' };

  async function start(): Promise<void> {
    before += printed;
    printed = '';
    const env = {
      ...process.env,
      SWITCHYARD_HOME: home,
      PORT: String(port),
      SWITCHYARD_DNS_PORT: String(dnsPort),
      SWITCHYARD_LOG_LEVEL: 'warn',
      // A journey asks in a minute for what people ask for in an hour.
      SWITCHYARD_RATE_LIMIT_FACTOR: '100',
      ...environment,
    };
    const started = spawn(process.execPath, [SERVER, 'all', '--demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    const ready = new Promise<void>((resolve, reject) => {
      const hear = (part: Buffer): void => {
        printed += part.toString();
        if (printed.includes('Switchyard is ready')) resolve();
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready:\n${printed}`)));
    });
    await ready;
    const demo = JSON.parse(await readFile(join(home, 'demo.json'), 'utf8')) as { url: string; mcpUrl: string; users: Login[] };
    logins = demo.users;
    found = demo;
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    return ((await ended) as [number | null])[0];
  }

  await start();
  // In the tenant that journeys look at least.
  const keeper = logins.find(({ tenant, role }) => tenant === 'globex' && role === 'owner') ?? raise('no demo login owns the second tenant');
  const canary = await plantCanary({ url: found.url, home }, keeper).catch(async (error: unknown) => {
    await stop();
    await rm(home, { recursive: true, force: true });
    throw error;
  });
  return {
    get url() {
      return found.url;
    },
    get mcpUrl() {
      return found.mcpUrl;
    },
    get pid() {
      return child!.pid!;
    },
    home,
    dnsPort,
    as: (role) => logins.find((login) => login.role === role) ?? raise(`no demo login has the role ${role}`),
    logins: () => logins,
    output: () => printed,
    stop,
    start,
    async close() {
      const runs = child?.exitCode === null && child.signalCode === null;
      try {
        if (runs) await searchRunning({ url: found.url, home }, keeper, canary, environment['DATABASE_URL'] ?? process.env['DATABASE_URL']);
        await stop();
        await searchRemains({ home }, before + printed);
      } catch (error) {
        // What the journey would have closed after us keeps its process alive.
        setTimeout(() => process.exit(1), 10_000).unref();
        throw error;
      } finally {
        await stop();
        await rm(home, { recursive: true, force: true });
      }
    },
  };
}

const raise = (message: string): never => {
  throw new Error(message);
};
