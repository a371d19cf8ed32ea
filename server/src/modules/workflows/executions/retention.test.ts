import { afterAll, beforeAll, expect, test } from 'vitest';
import { LegalHolds } from '#kernel/holds.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import { provide, providerOf } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { draw, publish } from '../engine/testing.ts';
import type { WorkflowSettings } from '../graph.ts';
import { executionsGet } from './operations/executions.get.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';
import { pruneExecutions } from './retention.ts';

let flows: Flows;
let ana: Person;
const hold = { on: false };
beforeAll(async () => {
  flows = await createFlows({ adapters: () => [provide(LegalHolds, { isHeld: async () => hold.on })] });
  ana = flows.as({ name: 'ana' });
});
afterAll(() => flows.close());

const inTenant: TenantJob['tx'] = (work) =>
  flows.databases.tenant({ tenantId: flows.tenantId }, (db) =>
    work({ db, tenantId: flows.tenantId, now: () => new Date(), provider: providerOf(flows.adapters) } as unknown as WorkContext),
  );
const prune = (tx = inTenant, most?: number): Promise<void> => pruneExecutions({ tx }, most);
async function ran(days: number, settings: Partial<WorkflowSettings> = {}, fails = false): Promise<{ id: string; workflowId: string }> {
  const graph = draw({ start: ['trigger'], t: fails ? ['fail', { message: 'no' }] : ['transform', { mode: 'expression', expression: '"payload-canary"' }] }, 'start -> t');
  const { workflowId } = await publish(flows.databases, flows.tenantId, graph, settings);
  const { execution } = await flows.done(workflowsExecute, { id: workflowId, inputs: { n: 'input-canary' } }, ana);
  await flows.ended(execution.id);
  await flows.rows(`update workflow_executions set ended_at = now() - $2 * interval '1 day' where id = $1`, [execution.id, days]);
  return { id: execution.id, workflowId };
} // prettier-ignore
const exists = async (id: string): Promise<boolean> => (await flows.rows('select 1 from workflow_executions where id = $1', [id])).length === 1;
const canaries = async (id: string): Promise<boolean> => {
  const [row] = await flows.rows<{ text: string }>(
    `select (select to_jsonb(e)::text from workflow_executions e where id = $1) || coalesce((select jsonb_agg(to_jsonb(n))::text from node_executions n where execution_id = $1), '')
      || coalesce((select jsonb_agg(to_jsonb(w))::text from execution_waits w where execution_id = $1), '') as text`,
    [id],
  );
  return /canary/.test(row?.text ?? '');
};

test('workflows 87: pruning removes payloads by retention, keeps counters, and skips legal hold', async () => {
  const retention = { successDays: 10, failedDays: 20, payloadDays: 3 };
  const [fresh, middle, old, failed, oldest] = [
    await ran(1, { retention }),
    await ran(5, { retention }),
    await ran(12, { retention }),
    await ran(12, { retention }, true),
    await ran(21, { retention }, true),
  ];
  await flows.rows(
    `insert into execution_waits (tenant_id, id, execution_id, node_id, node_key, kind, state, woken) values ($1, $2, $3, $2, 'ask', 'input', 'closed', '"answer-canary"')`,
    [flows.tenantId, newId(), middle.id],
  );
  hold.on = true;
  await prune();
  expect(await Promise.all([fresh, middle, old, failed, oldest].map(({ id }) => exists(id)))).toEqual([true, true, true, true, true]);
  expect(await canaries(middle.id)).toBe(true);
  hold.on = false;
  await prune();
  expect(await Promise.all([fresh, middle, old, failed, oldest].map(({ id }) => exists(id)))).toEqual([true, true, false, true, false]);
  expect([await canaries(fresh.id), await canaries(middle.id), await canaries(failed.id)]).toEqual([true, false, false]);
  expect(await flows.done(executionsGet, { id: middle.id, include: ['payloads'] }, ana)).toMatchObject({
    status: 'completed',
    payloads: 'erased',
    actions: { retry: { allowed: false, reason: 'its payloads were erased' } },
  });
  expect(
    await flows.rows(`select status, executions from execution_tallies where workflow_id = any($1) order by status`, [
      [old.workflowId, oldest.workflowId],
    ]),
  ).toEqual([
    { status: 'completed', executions: 1 },
    { status: 'failed', executions: 1 },
  ]);
  // Records, logs and messages went with what they were of.
  for (const table of ['node_executions', 'execution_logs', 'execution_events'])
    expect(await flows.rows(`select 1 from ${table} where execution_id = $1`, [old.id])).toEqual([]);
  await prune();
  expect(await exists(fresh.id)).toBe(true);
});

test('what a workflow wishes to keep longer than the plan of the tenant lets it goes by the plan', async () => {
  const { id } = await ran(500, { retention: { successDays: 400, failedDays: 400, payloadDays: 400 } });
  await prune();
  expect(await exists(id)).toBe(false);
});

test('it goes slice by slice: what was pruned stays so when a later slice fails, and the next night goes on', async () => {
  const retention = { successDays: 1, failedDays: 1, payloadDays: 1 };
  const old: { id: string }[] = [];
  for (let days = 305; days > 300; days -= 1) old.push(await ran(days, { retention }));
  let slices = 0;
  const weak: TenantJob['tx'] = (work) => {
    slices += 1;
    if (slices === 2) throw new Error('the database went away');
    return inTenant(work);
  };
  await expect(prune(weak, 2)).rejects.toThrow('the database went away');
  expect(await Promise.all(old.map(({ id }) => exists(id)))).toEqual([false, false, true, true, true]);
  await prune(weak, 2);
  expect(await Promise.all(old.map(({ id }) => exists(id)))).toEqual([false, false, false, false, false]);
  expect(slices).toBeGreaterThan(4);
});
