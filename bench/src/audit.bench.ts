import { createAuditWriter } from '../../server/src/modules/audit/writer.ts';
import { sealOnce } from '../../server/src/modules/audit/chain/sealer.ts';
import { chainIn } from '../../server/src/modules/audit/chain/source.ts';
import { checkerOf, createSigner } from '../../server/src/modules/audit/chain/signing.ts';
import { verifyChain } from '../../server/src/modules/audit/chain/verify.ts';
import { openDatabases } from '../../server/src/kernel/database.ts';
import { newId } from '../../server/src/kernel/ids.ts';
import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note } from './lib/figures.ts';
import { load, type Load } from './lib/load.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';

const ACTORS = 50;
/** Ten million take some minutes to put in: BENCH_AUDIT_ENTRIES=10000000. */
const MANY = Number(process.env['BENCH_AUDIT_ENTRIES'] ?? 1_000_000);
const FEW = MANY / 10;
const LINKED = 100_000;

/** Half of the entries are the tenant's, the rest others'; each of its actors has every fiftieth. Older ones first, as in life. */
const seed = ({ sql }: Bench, tenantId: string, from: number, to: number) =>
  sql(
    `insert into audit_entries (tenant_id, id, decision_id, at, actor_kind, actor_id, actor_name, roles, surface, operation, permission, risk, result, targets,
       rules, approver_ids, input_hash, request_id, duration_ms, timings, sensitive, occurrences, kept)
     select case when n % 2 = 0 then $1::uuid else md5((n % 20)::text)::uuid end, uuidv7(interval '1 second' * (n - $4::int)), uuidv7(interval '1 second' * (n - $4::int)),
       now() - interval '1 second' * ($4::int - n), 'user', 'actor-' || n / 2 % ${ACTORS}, 'Actor ' || n / 2 % ${ACTORS}, '{owner}', 'rest', (array['servers.get', 'servers.list', 'servers.create'])[1 + n % 3],
       'servers:read', 'read', case when n % 40 = 0 then 'denied' else 'success' end,
       jsonb_build_array(jsonb_build_object('type', 'server', 'id', md5((n % 5000)::text), 'name', 'web-' || n % 5000)),
       '{}', '{}', md5(n::text), 'request-' || n, 3, '{"run": 1}', false, 1, case when n % 40 = 0 then 'evidence' else 'reads' end
     from generate_series($2::int, $3::int) n`,
    [tenantId, from + 1, to, MANY],
  );

/** In pieces, so that no statement outlives its deadline. */
async function seedAll(bench: Bench, tenantId: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 250_000) await seed(bench, tenantId, at, Math.min(to, at + 250_000));
}

/** The list of one actor's entries: its first page, and pages from anywhere behind. */
async function paths({ sql }: Bench, tenantId: string): Promise<string[]> {
  const places = await sql<{ id: string; actor: string }>(
    `select id, actor_id as actor from audit_entries where tenant_id = $1 and actor_id like 'actor-%' and abs(hashtext(id::text)) % ${MANY / 1_000} < 4 limit 300`,
    [tenantId],
  );
  return places.map(({ id, actor }, n) => {
    const cursor = n % 3 === 0 ? '' : `&cursor=${Buffer.from(JSON.stringify([id])).toString('base64url')}`;
    return `/api/v1/audit/entries?actorId=${actor}${cursor}`;
  });
}

interface PlanNode {
  'Node Type': string;
  'Actual Loops'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What PostgreSQL does for the first page of one actor: it must not grow with the table, and sort nothing. */
async function notePlan({ sql }: Bench, tenantId: string): Promise<void> {
  const page = `select * from audit_entries where tenant_id = '${tenantId}' and actor_id = 'actor-7' order by id desc limit 51`;
  const [row] = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (analyze, buffers, format json) ${page}`);
  const nodes = nodesOf(row!['QUERY PLAN'][0].Plan);
  const blocks = (nodes[0]!['Shared Hit Blocks'] ?? 0) + (nodes[0]!['Shared Read Blocks'] ?? 0);
  note('audit.list by actor: blocks for the first page', blocks, 'blocks');
  note('audit.list by actor: partitions looked at', nodes.filter((node) => node['Node Type'].includes('Scan') && (node['Actual Loops'] ?? 0) > 0).length, 'partitions'); // prettier-ignore
  note('audit.list by actor: sorts in the plan', nodes.filter((node) => node['Node Type'].includes('Sort')).length, 'sorts');
}

const words = (count: number): string => count.toLocaleString('en');

/** What one entry costs in a transaction of its own, and how fast a chain is made and proven. */
async function chain(bench: Bench): Promise<void> {
  const databases = openDatabases({ url: bench.url, masterKey: bench.masterKey });
  const writer = createAuditWriter(databases, () => undefined);
  const tenantId = newId();
  const actor = { kind: 'user' as const, id: 'x', name: 'X', email: 'x@example.com', tenantId, tenantSlug: 't', credentialId: null, permissionCap: null, ip: '192.0.2.1' };
  const entry = {
    decisionId: newId(), requestId: 'r', actor, surface: 'rest' as const, operation: 'servers.create', permission: 'servers:create', risk: 'write' as const, sensitive: true,
    result: 'success' as const, reason: null, targets: [{ type: 'server', id: newId(), name: 'web-1', environment: 'prod' }], grantId: newId(), rules: ['baseline/prod@3'],
    inputHash: 'a'.repeat(64), changeId: newId(), comment: 'because', at: new Date(), durationMs: 3, timings: { permission: 0.1, validate: 0.1, run: 1.5 },
  };
  const took: number[] = [];
  for (let n = 0; n < 3_000; n++)
    await databases.tenant({ tenantId }, async (db) => {
      const begun = performance.now();
      await writer.steps.write(db, entry);
      took.push(performance.now() - begun);
    });
  took.sort((a, b) => a - b);
  note('audit write within a transaction, p50', took[Math.floor(took.length * 0.5)]!, 'ms');
  atMost('audit write within a transaction, p99', took[Math.floor(took.length * 0.99)]!, 'ms', 5);
  for (let n = 0; n < LINKED; n++) await writer.steps.later(entry);
  await writer.flush();
  let begun = performance.now();
  let linked = 0;
  for (let count = 1; count > 0; linked += count) count = await sealOnce(databases, () => new Date());
  note('chain: links made', linked / ((performance.now() - begun) / 1_000), 'entries/s');
  const check = checkerOf([createSigner(new Uint8Array(32))]);
  begun = performance.now();
  const found = await databases.tenant({ tenantId, readOnly: true }, (db) => verifyChain(chainIn(db, tenantId), { check }));
  if (found.fault || found.checked < LINKED) throw new Error(`the chain does not hold: ${JSON.stringify(found)}`);
  note('chain: entries verified', found.checked / ((performance.now() - begun) / 1_000), 'entries/s');
  await databases.close();
} // prettier-ignore

await withDatabase(async (bench) => {
  await chain(bench);
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
  await seedAll(bench, tenantId, 0, FEW);
  const few = await measured();
  await seedAll(bench, tenantId, FEW, MANY);
  const many = await measured();
  await notePlan(bench, tenantId);
  note(`audit.list by actor, ${words(FEW)} entries, p99`, few.p99, 'ms');
  note(`audit.list by actor, ${words(MANY)} entries, p50`, many.p50, 'ms');
  atMost(`audit.list by actor, ${words(MANY)} entries, p99`, many.p99, 'ms', 50);
  // "Flat": ten times the rows must not show. The median, since a tail is the machine's more than the table's.
  atMost(`audit.list by actor, ${words(MANY)} entries against ${words(FEW)}, p50`, many.p50 / few.p50, 'x', 1.5);
});
