import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Login {
  email: string;
  password: string;
  role: string;
  tenant: string;
  apiKey: string;
}

/** What a start leaves in `demo.json`. */
interface Demo {
  url: string;
  mcpUrl: string;
  users: Login[];
}

/** A process of the product on one folder, which may be started again and again. */
export interface ProductProcess {
  dnsPort: number;
  /** Of the process that was started last. */
  pid: () => number;
  runs: () => boolean;
  demo: () => Demo;
  /** What it has printed since its last start. */
  output: () => string;
  /** What it has printed since the first. */
  everything: () => string;
  start: () => Promise<void>;
  /** Ends it as a signal would, and answers its exit code; the folder stays. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** The server as it is built; of a single journey, its sources as they are now. */
const SERVER = process.env['E2E_SERVER'] ?? fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when the product says that it is ready; throws what it printed when it ends before. */
const ready = (child: ChildProcess, heard: () => string): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = (): void => void (heard().includes('Switchyard is ready') && resolve());
    child.stdout!.on('data', look);
    child.stderr!.on('data', look);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready:\n${heard()}`)));
  });

/** Nothing runs yet; every start is on the same folder and ports. */
export async function productIn(home: string, environment: Record<string, string>): Promise<ProductProcess> {
  const [port, dnsPort] = [await freePort(), await freePort()];
  let child: ChildProcess | undefined;
  let [before, printed] = ['', ''];
  let demo: Demo = { url: '', mcpUrl: '', users: [] };
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
  const runs = (): boolean => child?.exitCode === null && child.signalCode === null;

  return {
    dnsPort,
    pid: () => child!.pid!,
    runs,
    demo: () => demo,
    output: () => printed,
    everything: () => before + printed,
    async start() {
      before += printed;
      printed = '';
      child = spawn(process.execPath, ['--max-semi-space-size=32', SERVER, 'all', '--demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const hear = (part: Buffer): void => void (printed += part.toString());
      child.stdout!.on('data', hear);
      child.stderr!.on('data', hear);
      await ready(child, () => printed);
      demo = JSON.parse(await readFile(join(home, 'demo.json'), 'utf8')) as Demo;
    },
    async stop(signal = 'SIGTERM') {
      if (!child || !runs()) return child?.exitCode ?? null;
      const ended = once(child, 'exit');
      child.kill(signal);
      return ((await ended) as [number | null])[0];
    },
  };
}
