import { request, Agent } from 'node:http';
import { cpuSeconds } from './lib/cpu.ts';
import { withDatabase } from './lib/database.ts';
import { note, quantile } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct, type Running } from './lib/process.ts';
import { publishHook, startEcho, workloads } from './lib/workflows.ts';

const SECONDS = Number(process.env['BENCH_WORKFLOW_SECONDS'] ?? 5);
const BODY = JSON.stringify({ n: 42, name: 'bench' });
const HEADERS = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(BODY) };

/** One call, to the last byte of its answer; whatever is not 200 ends the bench. */
const call = (agent: Agent, port: number, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers: HEADERS }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`))));
    });
    sent.once('error', reject).end(BODY);
  });

/** So many callers, each with one call on its way, for so long. */
async function measure(name: string, { port, pid }: Running, databasePid: number, path: string, connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  for (let n = 0; n < 20; n += 1) await call(agent, port, path);
  const times: number[] = [];
  const from = performance.now();
  const [used, usedBelow] = [await cpuSeconds(pid), await cpuSeconds(databasePid)];
  const caller = async (): Promise<void> => {
    while (performance.now() - from < SECONDS * 1_000) {
      const at = performance.now();
      await call(agent, port, path);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  const took = (performance.now() - from) / 1_000;
  const label = `workflows: ${name}, ${connections} ${connections === 1 ? 'caller' : 'callers'}`;
  note(`${label}, executions`, times.length / took, '/s');
  note(`${label}, p50`, quantile(times, 0.5), 'ms');
  note(`${label}, p99`, quantile(times, 0.99), 'ms');
  note(`${label}, processor time of an execution, ours`, (1_000 * ((await cpuSeconds(pid)) - used)) / times.length, 'ms');
  note(`${label}, processor time of an execution, PostgreSQL`, (1_000 * ((await cpuSeconds(databasePid)) - usedBelow)) / times.length, 'ms');
  agent.destroy();
}

await withDatabase(async (bench) => {
  const { tenantId } = await seedCaller(bench);
  const echo = await startEcho();
  const all = workloads(echo.url);
  const hooks: [string, string][] = [];
  for (const [name, graph] of Object.entries(all)) hooks.push([`${name}, durability full`, await publishHook(bench, tenantId, graph)]);
  for (const name of ['A', 'B', 'C'] as const) hooks.push([`${name}, durability end`, await publishHook(bench, tenantId, all[name], { durability: 'end' })]);
  const product = await startProduct(bench, 'all', { SWITCHYARD_ALLOW_PRIVATE_TARGETS: 'true', SWITCHYARD_LOG_LEVEL: 'warn' });
  try {
    for (const [name, path] of hooks) for (const connections of [1, 16]) await measure(name, product, bench.pid, path, connections);
    const [row] = await bench.sql<{ n: number; bad: number }>(
      `select count(*)::int as n, (count(*) filter (where status <> 'completed'))::int as bad from workflow_executions where ended_at is not null`,
    );
    note('workflows: executions that ended otherwise than completed', row!.bad, '');
  } finally {
    await product.stop();
    await echo.close();
  }
}); // prettier-ignore
