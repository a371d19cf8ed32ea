import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note, quantile } from './lib/figures.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';
import { seedServers } from './lib/servers.ts';

const SERVERS = 100_000;
const CALLS = 300;

interface Api {
  get: (path: string) => Promise<{ ms: number; body: { items: { id: string }[]; nextCursor: string | null } }>;
}

const apiOf = (url: string, key: string): Api => ({
  async get(path) {
    const from = performance.now();
    const response = await fetch(`${url}/api/v1${path}`, { headers: { Authorization: `Bearer ${key}` } });
    const body = (await response.json()) as { items: { id: string }[]; nextCursor: string | null };
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
    return { ms: performance.now() - from, body };
  },
});

/** Walks a list page by page, one caller, and answers how long each page took. */
async function walk(api: Api, path: string, pages: number): Promise<number[]> {
  const times: number[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const next: string = cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`;
    const { ms, body } = await api.get(next);
    times.push(ms);
    cursor = body.nextCursor;
  }
  return times;
}

/** Entries of one tenant by 200 actors, spread over a year. */
async function seedAudit({ sql }: Bench, tenantId: string, from: number, to: number): Promise<void> {
  await sql(
    `insert into audit_entries (tenant_id, id, decision_id, at, actor_kind, actor_id, actor_name, surface, operation, permission, risk, result, targets, rules,
       input_hash, request_id, duration_ms, timings, sensitive)
     select $1, uuidv7(interval '30 seconds' * (n - $3::int)), uuidv7(), now() - interval '30 seconds' * ($3::int - n), 'user', 'actor-' || n % 200, 'Actor', 'rest', 'servers.get', 'servers:read', 'read', 'success',
       '[]', '{}', 'h', 'bench', 1, '{}', false
     from generate_series($2::int + 1, $3::int) n`,
    [tenantId, from, to],
  );
  await sql('vacuum analyze audit_entries');
}

/** Lists stay quick however long they are: any page of 100 k servers, and the audit trail by actor as it grows from 100 k to 1 M. */
await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  await seedServers(bench, tenantId, SERVERS);
  const product = await startProduct(bench, 'serve');
  const api = apiOf(product.url, apiKey);
  await walk(api, '/servers?limit=50', 50); // until the code is hot

  for (const [name, query] of [
    ['by age', 'sort=-createdAt'],
    ['by name', 'sort=name'],
    ['by environment', 'environment=prod&sort=-createdAt'],
  ] as const) {
    atMost(`servers, 100 k, ${name}, any page, p99`, quantile(await walk(api, `/servers?limit=50&${query}`, CALLS), 0.99), 'ms', 30);
  }

  const byActor = async (): Promise<number> => {
    const times: number[] = [];
    for (let n = 0; n < CALLS; n++) times.push((await api.get(`/audit/entries?limit=50&actorId=actor-${(n * 37) % 200}`)).ms);
    return quantile(times, 0.99);
  };
  await seedAudit(bench, tenantId, 0, 100_000);
  const small = await byActor();
  await seedAudit(bench, tenantId, 100_000, 1_000_000);
  const large = await byActor();
  note('audit, 100 k, by actor, p99', small, 'ms');
  atMost('audit, 1 M, by actor, p99', large, 'ms', 50);
  atMost('audit, p99 at 1 M against 100 k', large / small, 'x', 1.5);
  await product.stop();
});
