import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Bench } from './database.ts';

export interface Running {
  url: string;
  port: number;
  pid: number;
  /** Resident memory in MB (Linux), of the process alone. */
  memory: () => Promise<number>;
  stop: () => Promise<void>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** `SWITCHYARD_*` of a process that uses the bench's database. */
export const environment = ({ url, masterKey, home }: Bench): Record<string, string> => ({
  DATABASE_URL: url,
  SWITCHYARD_HOME: home,
  SWITCHYARD_MASTER_KEY: masterKey.toString('base64'),
  SWITCHYARD_RATE_LIMIT_FACTOR: '1000000',
  SWITCHYARD_LOG_LEVEL: 'info',
});

/** As our launchers start it (scripts/start.mjs, deploy/). */
const FLAGS = ['--max-semi-space-size=32'];

/**
 * Starts `file` as a process of its own and waits until it answers. It ends when we do, however that is. BENCH_CPU_PROFILE names a
 * folder for V8 profiles of it.
 */
export async function startProcess(file: string, args: readonly string[], env: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const profile = process.env['BENCH_CPU_PROFILE'];
  const options = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`, '--cpu-prof-interval=250'] : [];
  const child = spawn(process.execPath, [...FLAGS, ...options, file, ...args], {
    env: { PATH: process.env['PATH'], ...env, PORT: String(port) },
    // Logs are written, as in production, and thrown away: what they cost belongs to the figure.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    if (words.length < 4_000) words += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${file} ended: ${words}`);
    const up = await fetch(`${url}/health/live`).then(({ ok }) => ok, () => false); // prettier-ignore
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    url,
    port,
    pid: child.pid!,
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const [built, source] = ['dist/main.mjs', 'src/main.ts'].map((path) => fileURLToPath(new URL(`../../../server/${path}`, import.meta.url))) as [
  string,
  string,
];
/** As users start it: `npm run bench` builds it first. */
export const MAIN = existsSync(built) ? built : source;

/** The product itself. */
export const startProduct = (bench: Bench, role: 'serve' | 'all', more: Record<string, string> = {}): Promise<Running> =>
  startProcess(MAIN, [role], { ...environment(bench), ...more });
