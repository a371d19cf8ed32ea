import { withDatabase, type Bench } from './lib/database.ts';
import { atMost, note } from './lib/figures.ts';
import { load } from './lib/load.ts';
import { seedCaller } from './lib/people.ts';
import { startProduct } from './lib/process.ts';

const COUNT = 10_000;

/** Open requests of somebody else, written by the database itself: half of them ask a team that the caller is not in. */
async function seedRequests({ sql }: Bench, tenantId: string): Promise<void> {
  const requester = JSON.stringify({ kind: 'user', id: 'somebody', name: 'Somebody', email: null, tenantId, tenantSlug: 'acme', credentialId: null, permissionCap: null, ip: null }); // prettier-ignore
  const plan = JSON.stringify({ summary: 'x', steps: [], changes: [], downtime: { kind: 'none', seconds: 0 }, dataLoss: null, reversible: null, cost: null, quota: [], warnings: [], facts: {}, observed: {} }); // prettier-ignore
  const need = JSON.stringify([{ rule: 'bench/rule', text: 'One.', need: { who: 'scopeApprovers', count: 1 } }]);
  await sql(
    `insert into changes (tenant_id, id, number, operation, summary, state, risk, environment, input, input_hash, targets, plan, plan_hash, requirements,
       requester_id, requester, surface, request_id, decision_id, deadline_at)
     select $1, uuidv7(), 100000 + n, 'servers.resize', 'Resize web-' || n, 'awaiting_approval', 'high', (array['lab', 'prod'])[1 + n % 2], '{}', 'h',
       jsonb_build_array(jsonb_build_object('type', 'server', 'id', 's' || n, 'environment', (array['lab', 'prod'])[1 + n % 2])), $2::jsonb, 'p', $3::jsonb,
       'somebody', $4::jsonb, 'rest', 'bench', uuidv7(), now() + interval '1 day'
     from generate_series(1, $5::int) n`,
    [tenantId, plan, need, requester, COUNT],
  );
  await sql(
    `insert into approval_requests (tenant_id, id, change_id, plan_hash, status, requirements, needed, expires_at, requester_id, asks, sla_due_at, next_step_at)
     select tenant_id, uuidv7(), id, 'p', 'pending', requirements, 1, now() + interval '1 day', 'somebody',
       case when number % 2 = 0 then '{scope}'::text[] else '{team:others}'::text[] end, now() + interval '1 second' * (number % 14400), now() + interval '2 hours'
     from changes where tenant_id = $1 and request_id = 'bench'`,
    [tenantId],
  );
  await sql('vacuum analyze changes');
  await sql('vacuum analyze approval_requests');
}

await withDatabase(async (bench) => {
  const { tenantId, apiKey } = await seedCaller(bench);
  await seedRequests(bench, tenantId);
  const product = await startProduct(bench, 'serve');
  const measure = (path: string, seconds: number) =>
    load({ port: product.port, path: () => path, headers: { Authorization: `Bearer ${apiKey}` }, connections: 1, seconds });
  const lists = {
    'that wait for me': '/api/v1/approvals?mine=assigned',
    'all open': '/api/v1/approvals?status=open',
    'that I asked for': '/api/v1/approvals/my-requests',
  };
  for (const [name, path] of Object.entries(lists)) {
    await measure(path, 1);
    const { p50, p99 } = await measure(path, 4);
    note(`approvals.list ${name}, ${COUNT.toLocaleString('en')} open, p50`, p50, 'ms');
    atMost(`approvals.list ${name}, ${COUNT.toLocaleString('en')} open, p99`, p99, 'ms', 100);
  }
  await product.stop();
});
