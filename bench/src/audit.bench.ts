import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note } from './lib/figures.ts';
import { load, type Load } from './lib/load.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';

const ACTORS = 50;
const FEW = 100_000;
const MANY = 1_000_000;

/** Half of the entries are the tenant's, the rest others'; each of its actors has every fiftieth. Older ones first, as in life. */
const seed = ({ sql }: Bench, tenantId: string, from: number, to: number) =>
  sql(
    `insert into audit_entries (tenant_id, id, decision_id, at, actor_kind, actor_id, actor_name, surface, operation, permission, risk, result, targets,
       rules, input_hash, request_id, duration_ms, timings, sensitive)
     select case when n % 2 = 0 then $1::uuid else md5((n % 20)::text)::uuid end, uuidv7(interval '1 second' * (n - $4::int)), uuidv7(interval '1 second' * (n - $4::int)),
       now() - interval '1 second' * ($4::int - n), 'user', 'actor-' || n / 2 % ${ACTORS}, 'Actor ' || n / 2 % ${ACTORS}, 'rest', (array['servers.get', 'servers.list', 'servers.create'])[1 + n % 3],
       'servers:read', 'read', case when n % 40 = 0 then 'denied' else 'success' end,
       jsonb_build_array(jsonb_build_object('type', 'server', 'id', md5((n % 5000)::text), 'name', 'web-' || n % 5000)),
       '{}', md5(n::text), 'request-' || n, 3, '{"run": 1}', false
     from generate_series($2::int, $3::int) n`,
    [tenantId, from + 1, to, MANY],
  );

/** The list of one actor's entries: its first page, and pages from anywhere behind. */
async function paths({ sql }: Bench, tenantId: string): Promise<string[]> {
  const places = await sql<{ id: string; actor: string }>(
    `select id, actor_id as actor from audit_entries where tenant_id = $1 and abs(hashtext(id::text)) % 1000 < 4 limit 300`,
    [tenantId],
  );
  return places.map(({ id, actor }, n) => {
    const cursor = n % 3 === 0 ? '' : `&cursor=${Buffer.from(JSON.stringify([id])).toString('base64url')}`;
    return `/api/v1/audit/entries?actorId=${actor}${cursor}`;
  });
}

await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  const measured = async (): Promise<Load> => {
    await bench.sql('vacuum analyze audit_entries');
    const pages = await paths(bench, tenantId);
    const product = await startProduct(bench, 'serve');
    const run = (seconds: number) =>
      load({
        port: product.port,
        path: (n) => pages[(n * 7_919) % pages.length]!,
        headers: { Authorization: `Bearer ${apiKey}` },
        connections: 2,
        seconds,
      });
    await run(2);
    const found = await run(6);
    await product.stop();
    return found;
  };
  await seed(bench, tenantId, 0, FEW);
  const few = await measured();
  await seed(bench, tenantId, FEW, MANY);
  const many = await measured();
  note('audit.list by actor, 100,000 entries, p99', few.p99, 'ms');
  note('audit.list by actor, 1,000,000 entries, p50', many.p50, 'ms');
  atMost('audit.list by actor, 1,000,000 entries, p99', many.p99, 'ms', 50);
  // "Flat": ten times the rows must not show. The median, since a tail is the machine's more than the table's.
  atMost('audit.list by actor, 1,000,000 entries against 100,000, p50', many.p50 / few.p50, 'x', 1.5);
});
