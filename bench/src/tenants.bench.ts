import { openDatabases } from '../../server/src/kernel/database.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';

const TENANTS = 200;
const ROWS_EACH = 1_000;
const CALLS = 3_000;
const LIST = 'select * from members order by name, id limit 25';

/** platform.md 21, scenario 80: what one tenant costs among many. That it is an index scan of few pages, a test proves. */
await withDatabase(async ({ url, masterKey, sql }) => {
  await sql(`insert into tenants (tenant_id, id, slug, name) select i, i, 'many-' || n, 'Many' from (select gen_random_uuid() i, n from generate_series(1, ${TENANTS}) n) x`);
  await sql(`insert into members (tenant_id, id, email, name) select t.tenant_id, gen_random_uuid(), n || '@many.example', 'Name ' || n from tenants t, generate_series(1, ${ROWS_EACH}) n`);
  await sql('analyze members');
  const tenants = (await sql<{ id: string }>('select tenant_id as id from tenants order by random()')).map(({ id }) => id);
  const databases = openDatabases({ url, masterKey, poolSize: 2 });
  const one = (call: number) => ({ tenantId: tenants[call % TENANTS]!, readOnly: true });
  const listed = async (call: number): Promise<number> => {
    const from = performance.now();
    const { rowCount } = await databases.tenant(one(call), (db) => db.execute(LIST));
    if (rowCount !== 25) throw new Error(`${rowCount} rows instead of 25`);
    return performance.now() - from;
  };
  const inServer = async (call: number): Promise<number> => {
    const { rows } = await databases.tenant(one(call), (db) => db.execute<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${LIST}`));
    return Number(/Execution Time: ([\d.]+) ms/.exec(rows.map((row) => row['QUERY PLAN']).join(' '))![1]);
  };
  for (let call = 0; call < TENANTS; call += 1) await listed(call); // until plans and code are hot
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) times.push(await listed(call));
  const own: number[] = [];
  for (let call = 0; call < TENANTS; call += 1) own.push(await inServer(call));
  await databases.close();
  atMost('25 of 200,000 members over 200 tenants, p50', quantile(times, 0.5), 'ms', 2);
  note('25 of 200,000 members over 200 tenants, p99', quantile(times, 0.99), 'ms');
  note('25 of 200,000 members over 200 tenants, in PostgreSQL, p50', quantile(own, 0.5), 'ms');
}); // prettier-ignore
