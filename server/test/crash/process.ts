import { pino } from 'pino';
import { crashPoint } from '#modules/governance/runner/work.ts';
import { openCompany } from './company.ts';

/** What a process of the crash tests is told, as JSON in its environment. */
export interface Orders {
  role: 'serve' | 'work';
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  outside: string;
  ms?: number;
  port?: number;
  /** It also walks a round each minute, which takes `watchMs` milliseconds. */
  watchMs?: number;
  /** It has an exchange too. */
  joining?: boolean;
  /** End (or stop, until SIGCONT) here, at the first time that this point is reached. */
  at?: { point: string; signal: 'SIGKILL' | 'SIGSTOP' };
}

const orders = JSON.parse(process.env['CRASH_ORDERS']!) as Orders;

// Whoever started us is gone, however it ended: so are we.
process.stdin.resume().once('end', () => process.exit(0)).once('error', () => process.exit(0)); // prettier-ignore

let reached = false;
crashPoint.at = (point) => {
  if (reached || point !== orders.at?.point) return;
  reached = true;
  process.kill(process.pid, orders.at.signal);
};

// Read by those that need it: hundreds of these begin.
const more = orders.joining ? [(await import('#modules/exchange/index.ts')).exchange] : [];
const core = await openCompany({
  ...orders,
  masterKey: Buffer.from(orders.masterKey, 'base64'),
  works: orders.role === 'work',
  more,
});
if (orders.role === 'work') await core.work();
else {
  const [{ createHttp }, { createFeeds }] = await Promise.all([import('#surfaces/http.ts'), import('#modules/governance/feeds.ts')]);
  const { app } = await createHttp({
    registry: core.registry,
    gate: core.gate,
    config: { publicUrl: `http://127.0.0.1:${orders.port}`, version: 'test' },
    log: pino({ level: 'silent' }),
    feeds: createFeeds(core.databases, core.live),
    probes: {
      live: async () => ({ status: 200, body: {} }),
      ready: async () => ({ status: 200, body: {} }),
      health: async () => ({ status: 200, body: {} }),
      metrics: async () => ({ contentType: 'text/plain', body: '' }),
    },
  });
  await app.listen({ host: '127.0.0.1', port: orders.port ?? 0 });
}
process.stdout.write('ready\n');
