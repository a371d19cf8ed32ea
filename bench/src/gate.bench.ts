import { fileURLToPath } from 'node:url';
import { ROLES, urlFor } from '../../server/src/kernel/database.ts';
import { cpuSeconds } from './lib/cpu.ts';
import { withDatabase } from './lib/database.ts';
import { atLeast, atMost, median, note } from './lib/figures.ts';
import { load, type Load } from './lib/load.ts';
import { seedCaller } from './lib/people.ts';
import { startProcess, startProduct } from './lib/process.ts';
import { seedServers } from './lib/servers.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = 3;
const CONNECTIONS = 16;
const BARE = fileURLToPath(new URL('./lib/bare.ts', import.meta.url));

/** `servers.get` through REST and Gate against a bare handler doing the same query, in turns on the same machine and database. */
await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  await seedServers(bench, tenantId, 1_000);
  const ids = (await bench.sql<{ id: string }>('select id from servers')).map(({ id }) => id);
  const path = (n: number): string => `/api/v1/servers/${ids[(n * 7) % ids.length]}`;
  const product = await startProduct(bench, 'serve');
  const bare = await startProcess(BARE, [], { BARE_DATABASE_URL: urlFor(bench.url, ROLES.app, bench.masterKey), BARE_TENANT: tenantId });
  const headers = { Authorization: `Bearer ${apiKey}` };
  const through = { gate: { port: product.port, headers }, bare: { port: bare.port, headers } };
  const runs: Record<'gate' | 'bare', Load[]> = { gate: [], bare: [] };
  const cost: Record<'gate' | 'bare', { own: number; database: number }[]> = { gate: [], bare: [] };
  async function measure(which: 'gate' | 'bare', seconds: number): Promise<Load> {
    const processor = async () => ({ own: await cpuSeconds(which === 'gate' ? product.pid : bare.pid), database: await cpuSeconds(bench.pid) });
    const before = await processor();
    const found = await load({ ...through[which], path, connections: CONNECTIONS, seconds });
    const after = await processor();
    const each = (of: 'own' | 'database'): number => ((after[of] - before[of]) * 1e6) / found.count;
    cost[which].push({ own: each('own'), database: each('database') });
    return found;
  }

  for (const which of ['gate', 'bare'] as const) await measure(which, 2); // until the code is hot
  for (let round = 0; round < ROUNDS; round++) {
    // Who goes first changes, so that neither has the better half of every round.
    const order = round % 2 === 0 ? (['gate', 'bare'] as const) : (['bare', 'gate'] as const);
    for (const which of order) runs[which].push(await measure(which, SECONDS));
  }
  await Promise.all([product.stop(), bare.stop()]);

  // Ratios of neighbours, then their median: what the machine did meanwhile has hit both.
  const ratios = (of: (one: Load) => number): number => median(runs.gate.map((gate, round) => of(gate) / of(runs.bare[round]!)));
  note('servers.get, bare handler', median(runs.bare.map(({ rate }) => rate)), '1/s');
  note('servers.get, through the Gate', median(runs.gate.map(({ rate }) => rate)), '1/s');
  note('servers.get p99, bare handler', median(runs.bare.map(({ p99 }) => p99)), 'ms');
  note('servers.get p99, through the Gate', median(runs.gate.map(({ p99 }) => p99)), 'ms');
  for (const which of ['bare', 'gate'] as const) {
    const spent = cost[which].slice(1); // the first one warmed up
    note(`servers.get, ${which}: processor in Node`, median(spent.map(({ own }) => own)), 'µs');
    note(`servers.get, ${which}: processor in PostgreSQL`, median(spent.map(({ database }) => database)), 'µs');
  }
  atLeast('Gate throughput against bare', ratios(({ rate }) => rate), 'x', 0.7); // prettier-ignore
  atMost('Gate p99 against bare', ratios(({ p99 }) => p99), 'x', 1.5); // prettier-ignore
});
