import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { probes, type Probe } from '../engine/probes.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import type { Graph, Json } from '../graph.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { executionsCancel } from './operations/executions.cancel.ts';
import { executionsExport } from './operations/executions.export.ts';
import { executionsGet } from './operations/executions.get.ts';
import { executionsInput } from './operations/executions.input.ts';
import { executionsLogs } from './operations/executions.logs.ts';
import { executionsMigrate } from './operations/executions.migrate.ts';
import { executionsRetry } from './operations/executions.retry.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';

let flows: Flows;
let probe: Probe;
let ana: Person;
beforeAll(async () => {
  probe = probes();
  flows = await createFlows({ workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = flows.as({ name: 'ana' });
});
afterAll(() => flows.close());

const value = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];
const made = (nodes: Drawn, lines: string) => publish(flows.databases, flows.tenantId, draw({ start: ['trigger'], ...nodes }, lines));
const begin = async (workflowId: string, inputs: Json = {}) => (await flows.done(workflowsExecute, { id: workflowId, inputs }, ana)).execution.id;
/** Another version of the workflow, which becomes active. */
async function version(workflowId: string, number: number, graph: Graph): Promise<void> {
  await flows.databases.tenant({ tenantId: flows.tenantId }, async (db) => {
    await db.execute(sql`insert into workflow_versions (tenant_id, id, workflow_id, number, graph, settings, hash, author, validation)
      select tenant_id, ${newId()}, workflow_id, ${number}, ${JSON.stringify(graph)}::jsonb, settings, ${`v${number}-${workflowId}`}, author, '{}' from workflow_versions where workflow_id = ${workflowId} and number = 1`);
    await db.execute(
      sql`update workflows set active_version = ${number}, last_version = ${number}, draft = ${JSON.stringify(graph)}::jsonb where id = ${workflowId}`,
    );
  });
}
const changed = (graph: Graph, key: string, config: Record<string, Json>): Graph => ({ ...graph, nodes: graph.nodes.map((node) => (node.key === key ? { ...node, config } : node)) }); // prettier-ignore
const actsOf = (key: string) => probe.acts.filter((act) => act.key === key);

test('workflows 76: retry from the failed node reruns only that node and its followers; earlier effects are not repeated', async () => {
  let isDown = true;
  probe.on.set('ship', () => {
    if (isDown) throw new Error('the carrier is down');
    return 'shipped';
  });
  const { workflowId } = await made({ pay: ['post_probe', { value: { paid: 7 } }], beside: ['put_probe', { value: 'b' }], ship: ['post_probe'], tell: value('nodes.pay.output.paid') }, 'start -> pay -> ship -> tell, start -> beside');
  const id = await begin(workflowId);
  expect(await flows.ended(id)).toMatchObject({ status: 'failed' });
  isDown = false;
  const { execution, links } = await flows.done(executionsRetry, { id }, ana);
  expect(links.self).toContain(execution.id);
  expect(await flows.ended(execution.id)).toMatchObject({ status: 'completed' });
  expect([actsOf('pay').length, actsOf('ship').length]).toEqual([1, 2]);
  // What is done again by a person's wish goes by another key.
  expect(new Set(actsOf('ship').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  const again = await flows.done(executionsGet, { id: execution.id, include: ['payloads'] }, ana);
  expect(again).toMatchObject({ parentExecutionId: id, trigger: { kind: 'retry' } });
  expect(again.nodes.find(({ key }) => key === 'pay')).toMatchObject({ reused: true, output: { paid: 7 } });
  expect(again.nodes.find(({ key }) => key === 'tell')).toMatchObject({ reused: false, output: 7 });
  // From the beginning, and with other inputs, only when that is asked for.
  expect((await flows.refused(executionsRetry, { id, inputs: { n: 2 } }, ana)).slug).toBe('execution-not-retryable');
  const whole = await flows.done(executionsRetry, { id, reuse: false }, ana);
  expect(await flows.ended(whole.execution.id)).toMatchObject({ status: 'completed' });
  expect(actsOf('pay').length).toBe(2);
  expect((await flows.refused(executionsRetry, { id, fromNode: 'nobody' }, ana)).slug).toBe('node-not-found');
}); // prettier-ignore

test('workflows 77: retry inside a loop keeps finished iterations', async () => {
  let isDown = true;
  probe.on.set('each', (run) => {
    if (isDown && run.path === '2') throw new Error('the third fails');
    return `did ${run.path}`;
  });
  const { workflowId } = await made({ l: ['loop', { items: '[1, 2, 3, 4]' }], each: ['post_probe'] }, 'start -> l, l.body -> each -> l.next');
  const id = await begin(workflowId);
  expect(await flows.ended(id)).toMatchObject({ status: 'failed' });
  expect(actsOf('each').map(({ path }) => path)).toEqual(['0', '1', '2']);
  isDown = false;
  const { execution } = await flows.done(executionsRetry, { id, fromNode: 'each@2' }, ana);
  const ended = await flows.ended(execution.id);
  expect([ended.status, (ended.outputs as { results: Json }).results]).toEqual(['completed', ['did 0', 'did 1', 'did 2', 'did 3']]);
  expect(actsOf('each').map(({ path }) => path)).toEqual(['0', '1', '2', '2', '3']);
});

test('workflows 78: retry on the active version with a changed earlier node answers 409 naming it', async () => {
  const { workflowId, graph } = await made({ early: ['put_probe', { value: 1 }], late: ['post_probe', { fails: 9 }] }, 'start -> early -> late');
  const id = await begin(workflowId);
  expect(await flows.ended(id)).toMatchObject({ status: 'failed' });
  await version(workflowId, 2, changed(graph, 'early', { value: 2 }));
  const problem = await flows.refused(executionsRetry, { id, version: 'active' }, ana);
  expect([problem.slug, problem.kind.status, problem.extras['nodes']]).toEqual(['retry-incompatible', 409, ['early']]);
  // One whose later node alone is another is taken.
  await version(workflowId, 3, changed(graph, 'late', { value: 'mended' }));
  const { execution } = await flows.done(executionsRetry, { id, version: 'active' }, ana);
  expect(await flows.ended(execution.id)).toMatchObject({ status: 'completed', outputs: 'mended' });
  expect(actsOf('early').length).toBe(1);
});

test('workflows 79: a waiting execution is migrated to a compatible version and refused for an incompatible one', async () => {
  const { workflowId, graph } = await made(
    { early: ['put_probe', { value: 1 }], w: ['wait_event', { kind: 'signal' }], after: value('"old"') },
    'start -> early -> w -> after',
  );
  const id = await begin(workflowId);
  await expect.poll(async () => (await flows.done(executionsGet, { id }, ana)).status).toMatch(/waiting|paused/);
  await version(workflowId, 2, changed(graph, 'early', { value: 2 }));
  await version(workflowId, 3, changed(graph, 'after', { mode: 'expression', expression: '"new"' }));
  const problem = await flows.refused(executionsMigrate, { id, version: 2 }, ana);
  expect([problem.slug, problem.extras['nodes']]).toEqual(['migrate-incompatible', ['early']]);
  expect((await flows.refused(executionsMigrate, { id, version: 9 }, ana)).slug).toBe('version-not-found');
  expect(await flows.done(executionsMigrate, { id, version: 3 }, ana)).toMatchObject({ version: 3 });
  await flows.rows(`update execution_waits set state = 'fired', woken = '{"kind":"input","value":null,"by":null}' where execution_id = $1`, [id]);
  await flows.rows(`update workflow_executions set wake_at = now(), nudged = true where id = $1`, [id]);
  flows.engine().nudge(id);
  expect(await flows.ended(id)).toMatchObject({ status: 'completed', outputs: 'new' });
});

test('what a sensitive node made stands for no other run: the retry says where to begin', async () => {
  probe.on.set('late', () => {
    throw new Error('not now');
  });
  const { workflowId } = await made({ hush: ['read_probe', { value: 'hush' }, { sensitive: true }], late: ['post_probe'] }, 'start -> hush -> late');
  const id = await begin(workflowId);
  expect(await flows.ended(id)).toMatchObject({ status: 'failed' });
  const refusal = await flows.refused(executionsRetry, { id }, ana);
  expect([refusal.slug, refusal.message]).toEqual(['execution-not-retryable', expect.stringContaining('hush')]);
  probe.on.set('late', () => 'done');
  const { execution } = await flows.done(executionsRetry, { id, fromNode: ['hush'] }, ana);
  expect(await flows.ended(execution.id)).toMatchObject({ status: 'completed', outputs: 'done' });
});

test('what a sensitive node begins, or one that hangs on it, is told on no surface and kept nowhere in the clear; whoever began it has what it made', async () => {
  const below = await made({ t: value('input.word + "-below"') }, 'start -> t');
  const hold = ['wait_event', { kind: 'signal' }] as const;
  const part = await made({ hold, code: ['code', { code: 'export default (inputs) => { console.log(inputs.word); return inputs }', inputs: { word: 'trigger.body.word' } }], sub: ['sub_workflow', { workflow: below.workflowId, inputs: 'input' }], say: ['respond', { body: '{{ input }}', bodyType: 'text' }] }, 'start -> hold -> code -> sub -> say');
  const whole = await made({ own: ['sub_workflow', { workflow: part.workflowId, inputs: '{"word": "veil-" + "canary"}' }, { sensitive: true }], t: value('size(nodes.own.output)') }, 'start -> own -> t');
  probe.on.set('hush', () => ({ word: 'veil-canary' }));
  const fed = await made({ hush: ['read_probe', {}, { sensitive: true }], sub: ['sub_workflow', { workflow: part.workflowId, inputs: 'input' }], t: value('size(nodes.sub.output)') }, 'start -> hush -> sub -> t');
  for (const [{ workflowId }, shown] of [[whole, []], [fed, ['sub', 't']]] as const) {
    const id = await begin(workflowId);
    const children = () => flows.rows<{ id: string; status: string }>('select id, status from workflow_executions where root_id = $1 and id <> $1 order by depth', [id]);
    await expect.poll(async () => (await children())[0]?.status, { timeout: 60_000, interval: 20 }).toMatch(/waiting|paused/);
    const told = async (): Promise<string[]> => {
      const all = [id, ...(await children()).map((one) => one.id)];
      const found: string[] = [];
      for (const table of ['node_executions', 'execution_events', 'execution_logs', 'execution_waits', 'execution_blobs']) {
        const [row] = await flows.rows<{ n: string }>(`select count(*) as n from ${table} t where execution_id = any ($1::uuid[]) and to_jsonb(t)::text like '%veil-canary%'`, [all]);
        if (row!.n !== '0') found.push(table);
      }
      const [row] = await flows.rows<{ n: string }>(`select count(*) as n from workflow_executions t where id = any ($1::uuid[]) and to_jsonb(t)::text like '%veil-canary%'`, [all]);
      if (row!.n !== '0') found.push('workflow_executions');
      for (const one of all.slice(1)) {
        const views = [await flows.done(executionsGet, { id: one, include: ['payloads'] }, ana), await flows.done(executionsExport, { id: one }, ana), await flows.done(executionsLogs, { id: one }, ana)];
        if (JSON.stringify(views).includes('veil-canary')) found.push(one);
      }
      return found;
    };
    expect(await told()).toEqual([]);
    const [child] = await children();
    const { nodes } = await flows.done(executionsGet, { id: child!.id }, ana);
    await flows.done(executionsInput, { id: child!.id, recordId: nodes.find(({ key }) => key === 'hold')!.id, value: {} }, ana);
    expect(await flows.ended(id)).toMatchObject({ status: 'completed', outputs: 'veil-canary-below'.length });
    // What a node made of it that is not sensitive is shown as ever: in its own record.
    expect(await told()).toEqual(shown.length === 0 ? [] : ['node_executions']);
    expect(await flows.rows(`select execution_id as id, node_key as key from node_executions t where to_jsonb(t)::text like '%veil-canary%' and execution_id in (select id from workflow_executions where root_id = $1) order by 2`, [id])).toEqual(shown.map((key) => ({ id, key })));
    expect(await flows.rows('select id from workflow_executions where root_id = $1 and coalesce(sealed_inputs, sealed_outputs) is not null', [id])).toEqual([]);
    expect((await flows.refused(executionsRetry, { id: child!.id, reuse: false }, ana)).slug).toBe('execution-not-retryable');
  }
}, 30_000); // prettier-ignore

test('one that still goes cannot be tried again, nor one whose payloads are gone', async () => {
  const { workflowId } = await made({ w: ['wait_event', { kind: 'signal' }] }, 'start -> w');
  const id = await begin(workflowId);
  expect((await flows.refused(executionsRetry, { id }, ana)).slug).toBe('execution-not-retryable');
  await expect.poll(async () => (await flows.done(executionsGet, { id }, ana)).status).toMatch(/waiting|paused/);
  await flows.done(executionsCancel, { id }, ana);
  await flows.ended(id);
  await flows.rows('update workflow_executions set payloads_erased_at = now() where id = $1', [id]);
  expect((await flows.refused(executionsRetry, { id }, ana)).message).toMatch(/no longer kept/);
});
