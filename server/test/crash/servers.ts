import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '#kernel/config.ts';
import { createPasswords } from '#modules/identity/passwords.ts';
import { createApp } from '../../src/app.ts';
import { seedPeople, type DemoLogin } from '../../src/demo-people.ts';
import { testMasterKey } from '../clone.ts';
import { LEAN } from '../lean.ts';
import { program } from '../programs.ts';
import { freePort } from '../free-port.ts';

const MAIN = program(new URL('../../src/main.ts', import.meta.url));

export interface ServerProcess {
  url: string;
  port: number;
  /** It answers calls. Rejects when it ends before. */
  ready: Promise<void>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  signal: (signal: NodeJS.Signals) => void;
  /** What it has printed so far. */
  said: () => string;
}

/** Processes of `main.ts` on one database, and a folder that they share; all are gone after `end`. */
export function createServers(databaseUrl: string) {
  const home = mkdtempSync(join(tmpdir(), 'switchyard-servers-'));
  const all = new Set<ServerProcess>();
  const common = {
    SWITCHYARD_HOME: home,
    SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64'),
    SWITCHYARD_RATE_LIMIT_FACTOR: '1000',
    SWITCHYARD_LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
  };

  return {
    home,
    async start(role: 'all' | 'serve' | 'work', settings: Record<string, string> = {}, port?: number): Promise<ServerProcess> {
      const own = port ?? (await freePort());
      // It leaves when the channel closes: no process outlives the test, however that ends.
      const child = spawn(process.execPath, [MAIN, role], {
        env: { ...LEAN, ...common, PORT: `${own}`, ...settings },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      let said = '';
      const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
      const ready = new Promise<void>((resolve, reject) => {
        const hear = (part: Buffer): void => {
          said += part.toString();
          if (/Switchyard is (?:ready|working)/.test(said)) resolve();
        };
        child.stdout!.on('data', hear);
        child.stderr!.on('data', hear);
        void ended.then((how) => reject(new Error(`it ended (${how}) before it was ready: ${said}`)));
      });
      ready.catch(() => undefined); // only some wait for it
      const one = {
        url: `http://127.0.0.1:${own}`,
        port: own,
        ready,
        ended,
        said: () => said,
        signal: (signal: NodeJS.Signals) => void child.kill(signal),
      };
      all.add(one);
      void ended.then(() => all.delete(one));
      return one;
    },
    async end(): Promise<void> {
      for (const one of all) one.signal('SIGKILL');
      await Promise.all([...all].map(({ ended }) => ended));
      rmSync(home, { recursive: true, force: true });
    },
  };
}
export type Servers = ReturnType<typeof createServers>;

/** Two tenants with people in them, with keys to call by. */
export async function seedLogins(databaseUrl: string, home: string): Promise<DemoLogin[]> {
  const config = loadConfig({ SWITCHYARD_HOME: home, SWITCHYARD_MASTER_KEY: Buffer.from(testMasterKey()).toString('base64') });
  const { core, http } = await createApp({ config, databaseUrl, log: pino({ level: 'silent' }), version: '0.0.0-test', works: false });
  try {
    return await seedPeople(core, [], createPasswords({ memoryCost: 64, timeCost: 1, parallelism: 1 }));
  } finally {
    await http.app.close();
    await core.stop(5_000);
  }
}
