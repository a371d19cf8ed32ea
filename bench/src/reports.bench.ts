import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';

const CHANGES = 100_000;
const LOOK_MS = 100;

const seed = ({ sql }: Bench, tenantId: string) =>
  sql(
    `insert into changes (tenant_id, id, number, operation, summary, state, risk, environment, input, input_hash, targets, plan, plan_hash, requirements, requester_id, requester,
       surface, request_id, decision_id, submitted_at, approved_at, started_at, ended_at, created_at)
     select $1, uuidv7(), 1000 + n, 'servers.resize', 'Resize web-' || n, 'succeeded', 'write', 'prod', '{}', md5(n::text),
       jsonb_build_array(jsonb_build_object('type', 'server', 'id', md5((n % 5000)::text), 'name', 'web-' || n % 5000, 'environment', 'prod')), '{}', '', '[]', 'user-' || n % 50,
       jsonb_build_object('kind', 'user', 'id', 'user-' || n % 50, 'name', 'User ' || n % 50, 'email', 'user' || n % 50 || '@bench.example'), 'rest', 'request-' || n, gen_random_uuid(),
       at, at + interval '1 minute', at + interval '2 minutes', at + interval '3 minutes', at
     from (select n, now() - interval '1 second' * (${CHANGES} + 600 - n) as at from generate_series(1, ${CHANGES}) n) every`,
    [tenantId],
  ); // prettier-ignore

interface Report {
  id: string;
  state: string;
  rows: number;
  bytes: number;
  problem: string | null;
}

await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  await seed(bench, tenantId);
  await bench.sql('vacuum analyze changes');
  const product = await startProduct(bench, 'all');
  const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
  const read = async (path: string, init: object = {}): Promise<Report> =>
    (await (await fetch(`${product.url}/api/v1${path}`, { headers, ...init })).json()) as Report;
  const body = JSON.stringify({ format: 'csv', from: new Date(Date.now() - 300 * 86_400_000).toISOString(), to: new Date(Date.now() + 60_000).toISOString() });
  const idle = await product.memory();
  let peak = idle;
  const from = performance.now();
  let report = await read('/reports/production-changes', { method: 'POST', body });
  while (report.state === 'waiting' || report.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    peak = Math.max(peak, await product.memory());
    report = await read(`/reports/${report.id}`);
  }
  const seconds = (performance.now() - from) / 1000;
  if (report.state !== 'done' || report.rows < CHANGES) throw new Error(JSON.stringify(report));
  atMost('report of 100,000 Changes as CSV', seconds, 's', 15);
  atMost('report of 100,000 Changes as CSV, resident memory that it adds', peak - idle, 'MB', 256);
  note('report of 100,000 Changes as CSV, resident memory before', idle, 'MB');
  note('report of 100,000 Changes as CSV, size', report.bytes / 1_000_000, 'MB');
  await product.stop();
}); // prettier-ignore
