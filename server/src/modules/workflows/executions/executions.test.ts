import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import { probes, type Probe } from '../engine/probes.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import type { Json, WorkflowSettings } from '../graph.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { Person } from '../../../../test/world.ts';
import { executionsBulkCancel } from './operations/executions.bulk.cancel.ts';
import { executionsBulkRetry } from './operations/executions.bulk.retry.ts';
import { executionsCancel } from './operations/executions.cancel.ts';
import { executionsExport } from './operations/executions.export.ts';
import { executionsGet } from './operations/executions.get.ts';
import { executionsInput } from './operations/executions.input.ts';
import { executionsList } from './operations/executions.list.ts';
import { executionsLogs } from './operations/executions.logs.ts';
import { executionsNodesGet } from './operations/executions.nodes.get.ts';
import { executionsPause } from './operations/executions.pause.ts';
import { executionsResolve } from './operations/executions.resolve.ts';
import { executionsResume } from './operations/executions.resume.ts';
import { workflowEngineGet } from './operations/workflowEngine.get.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';
import { workflowsTestRun } from './operations/workflows.testRun.ts';

let flows: Flows;
let probe: Probe;
let ana: Person;
let member: Person;
let viewer: Person;
beforeAll(async () => {
  probe = probes();
  flows = await createFlows({ workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = flows.as({ name: 'ana' });
  member = flows.as({ name: 'mia', permissions: ['workflows:read', 'workflows:execute', 'executions:read'], maxRisk: 'write' });
  viewer = flows.as({ name: 'vera', permissions: ['workflows:read', 'executions:read'], maxRisk: 'read' });
});
afterAll(() => flows.close());

const made = (nodes: Drawn, lines: string, settings: Partial<WorkflowSettings> = {}, trigger: Record<string, Json> = {}) =>
  publish(flows.databases, flows.tenantId, draw({ start: ['trigger', trigger], ...nodes }, lines), settings);
const value = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];
const delay: readonly [string, Record<string, Json>] = ['delay', { mode: 'for', for: { value: 3_600, unit: 'seconds' } }];
const statusOf = async (id: string, who = ana) => (await flows.done(executionsGet, { id }, who)).status;
const becomes = (id: string, status: string) => expect.poll(() => statusOf(id), { timeout: 60_000, interval: 20 }).toBe(status);
const begin = async (workflowId: string, who = ana, inputs: Json = {}) =>
  (await flows.done(workflowsExecute, { id: workflowId, inputs }, who)).execution.id;
const post = (path: string, body: object, headers: Record<string, string> = {}, who = ana) =>
  flows.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    payload: body,
    headers: { authorization: `Bearer ${who.token}`, host: 'localhost:8420', ...headers },
  });
const get = (path: string, headers: Record<string, string> = {}, who = ana) =>
  flows.app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { authorization: `Bearer ${who.token}`, host: 'localhost:8420', ...headers } });

describe('starting', () => {
  test('workflows 68: starting answers 202, and the execution is in the database before the answer', async () => {
    const { workflowId } = await made({ t: value('input.n + 1') }, 'start -> t');
    const answer = await post(`/workflows/${workflowId}/execute`, { inputs: { n: 1 } });
    expect(answer.statusCode).toBe(202);
    const { execution, links } = answer.json<{ execution: { id: string }; links: { self: string } }>();
    expect(answer.headers['location']).toBe(`/api/v1/executions/${execution.id}`);
    expect(links.self).toBe(`/api/v1/executions/${execution.id}`);
    expect(await flows.rows('select id from workflow_executions where id = $1', [execution.id])).toHaveLength(1);
    expect(await flows.ended(execution.id)).toMatchObject({ status: 'completed', outputs: 2 });
  });

  test('workflows 69: the same Idempotency-Key starts one execution; another body gives 409', async () => {
    const { workflowId } = await made({ t: value('input.n') }, 'start -> t');
    const ask = (n: number) => post(`/workflows/${workflowId}/execute`, { inputs: { n } }, { 'idempotency-key': 'order-7' });
    const [first, second] = [await ask(1), await ask(1)];
    expect([first.statusCode, second.statusCode]).toEqual([202, 202]);
    expect(second.json<{ execution: { id: string } }>().execution.id).toBe(first.json<{ execution: { id: string } }>().execution.id);
    const other = await ask(2);
    expect([other.statusCode, other.json<{ type: string }>().type]).toEqual([409, expect.stringMatching(/idempotency-conflict$/)]);
    expect(await flows.rows('select id from workflow_executions where workflow_id = $1', [workflowId])).toHaveLength(1);
  });

  test('a start tried over REST is a dry run of the workflow', async () => {
    const { workflowId } = await made({ t: value('input.n') }, 'start -> t');
    const answer = await post(`/workflows/${workflowId}/execute?dryRun=true`, { inputs: { n: 1 } });
    expect(answer.statusCode).toBe(202);
    const { execution } = answer.json<{ execution: { id: string } }>();
    expect(await flows.rows('select dry_run from workflow_executions where workflow_id = $1', [workflowId])).toEqual([{ dry_run: true }]);
    expect((await flows.ended(execution.id)).status).toBe('completed');
    expect((await post(`/executions/${execution.id}/cancel?dryRun=true`, {})).json<{ type: string }>().type).toMatch(/no-dry-run$/);
  });

  test('workflows 70: a synchronous start returns outputs; a slow one returns 202 with Location and ends normally', async () => {
    const fast = await made({ t: value('input.n * 2') }, 'start -> t');
    const quick = await post(`/workflows/${fast.workflowId}/execute`, { inputs: { n: 21 }, options: { async: false } });
    expect([quick.statusCode, quick.json()]).toMatchObject([200, { done: true, outputs: 42, execution: { status: 'completed' } }]);
    const slow = await made({ p: ['read_probe', { ms: 1_800, value: 'slow' }] }, 'start -> p');
    const late = await post(`/workflows/${slow.workflowId}/execute`, { options: { async: false, waitSeconds: 1 } });
    expect([late.statusCode, late.json<{ done: boolean }>().done]).toEqual([202, false]);
    const id = late.json<{ execution: { id: string } }>().execution.id;
    expect(late.headers['location']).toBe(`/api/v1/executions/${id}`);
    expect(await flows.ended(id)).toMatchObject({ status: 'completed', outputs: 'slow' });
  });

  test('inputs that do not fit the trigger are refused with a pointer, before an execution exists', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const { workflowId } = await made({ t: value('input.n') }, 'start -> t', {}, { inputSchema: schema });
    const problem = await flows.refused(workflowsExecute, { id: workflowId, inputs: { n: 'x' } }, ana);
    expect([problem.slug, problem.extras.errors?.[0]?.pointer]).toEqual(['inputs-invalid', '/n']);
    expect(await flows.rows('select id from workflow_executions where workflow_id = $1', [workflowId])).toEqual([]);
  });

  test('the draft is run with workflows:debug only, with mocks in place of nodes, and is marked as a test', async () => {
    const { workflowId } = await made({ p: ['put_probe', { value: 'real' }], t: value('input') }, 'start -> p -> t');
    expect((await flows.refused(workflowsExecute, { id: workflowId, options: { version: 'draft' } }, member)).slug).toBe('permission-denied');
    const acts = probe.acts.length;
    const tried = await flows.done(workflowsTestRun, { id: workflowId, mocks: { p: 'mocked' } }, ana);
    expect(tried).toMatchObject({ done: true, outputs: 'mocked' });
    expect(probe.acts.length).toBe(acts);
    expect(await flows.done(executionsGet, { id: tried.execution.id }, ana)).toMatchObject({ test: true, version: null });
  });
}); // prettier-ignore

describe('stopping', () => {
  test('workflows 75: cancel during a call, a loop, a delay and a wait for an answer ends soon; a queued one at once; twice is once, and after the end it is 409', async () => {
    const sleeping = [
      await made({ p: ['read_probe', { ms: 60_000 }] }, 'start -> p'),
      await made({ l: ['loop', { items: '[1, 2, 3]' }], p: ['read_probe', { ms: 60_000 }] }, 'start -> l, l.body -> p -> l.next'),
      await made({ d: delay }, 'start -> d'),
      await made({ w: ['wait_event', { kind: 'signal' }] }, 'start -> w'),
      await made({ s: ['sub_workflow', { workflow: (await made({ d: delay }, 'start -> d', {}, { mode: 'workflow' })).workflowId, inputs: '{}' }] }, 'start -> s'),
    ];
    const ids = await Promise.all(sleeping.map(({ workflowId }) => begin(workflowId)));
    await Promise.all(ids.map((id) => expect.poll(() => statusOf(id), { timeout: 60_000 }).toMatch(/running|waiting|paused/)));
    for (const id of ids) await flows.done(executionsCancel, { id, reason: 'enough', force: true }, ana);
    for (const id of ids) expect((await flows.done(executionsCancel, { id, reason: 'enough' }, ana).catch((problem: { slug: string }) => problem))).toSatisfy((one: { slug?: string }) => one.slug === undefined || one.slug === 'execution-finished');
    await Promise.all(ids.map((id) => becomes(id, 'cancelled')));
    expect((await flows.refused(executionsCancel, { id: ids[0]! }, ana)).slug).toBe('execution-finished');
    expect(await flows.done(executionsGet, { id: ids[2]! }, ana)).toMatchObject({ error: { class: 'cancelled', message: 'enough' } });
  });

  test('pause stops before the next node, and resume goes on', async () => {
    let open = (): void => undefined;
    probe.on.set('gate', async (run) => {
      const through = await new Promise<Json>((resolve) => (open = () => resolve('through')));
      // With each checkpoint it is heard what was asked for meanwhile.
      await run.step('look', async () => 1);
      return through;
    });
    const { workflowId } = await made({ gate: ['read_probe'], next: ['read_probe'], t: value('input') }, 'start -> gate -> next -> t');
    const id = await begin(workflowId);
    await expect.poll(() => probe.acts.some(({ key }) => key === 'gate')).toBe(true);
    await flows.done(executionsPause, { id }, ana);
    open();
    await becomes(id, 'paused');
    expect(await flows.done(executionsGet, { id }, ana)).toMatchObject({ waiting: 'somebody to resume it', actions: { resume: { allowed: true }, pause: { allowed: false, reason: 'it is paused' } } });
    await flows.done(executionsResume, { id }, ana);
    expect(await flows.ended(id)).toMatchObject({ status: 'completed', outputs: 'through' });
  });

  test('many are cancelled at once by a filter, with a look beforehand that changes nothing', async () => {
    const { workflowId } = await made({ d: delay }, 'start -> d');
    const ids = await Promise.all([begin(workflowId), begin(workflowId), begin(workflowId)]);
    await Promise.all(ids.map((id) => becomes(id, 'waiting')));
    expect(await flows.done(executionsBulkCancel, { filter: { workflowId }, preview: true }, ana)).toMatchObject({ preview: true, matched: 3, done: 3 });
    expect(await statusOf(ids[0])).toBe('waiting');
    expect(await flows.done(executionsBulkCancel, { filter: { workflowId } }, ana)).toMatchObject({ matched: 3, done: 3 });
    await Promise.all(ids.map((id) => becomes(id, 'cancelled')));
    expect((await flows.refused(executionsBulkCancel, {}, ana)).slug).toBe('validation-failed');
  });
}); // prettier-ignore

describe('answering', () => {
  test('whoever started it answers a form; the first answer counts, and strangers are refused', async () => {
    const { workflowId } = await made({ w: ['wait_event', { kind: 'signal' }], t: value('input.value') }, 'start -> w -> t');
    const id = await begin(workflowId, member);
    await expect.poll(async () => (await flows.done(executionsGet, { id }, member)).nodes.some(({ waiting }) => waiting?.kind === 'input')).toBe(true);
    const record = (await flows.done(executionsGet, { id }, member)).nodes.find(({ waiting }) => waiting !== null)!;
    const other = flows.as({ name: 'otto', permissions: ['executions:read'], maxRisk: 'write' });
    expect((await flows.refused(executionsInput, { id, recordId: record.id, value: 'no' }, other)).slug).toBe('permission-denied');
    await flows.done(executionsInput, { id, recordId: record.id, value: 'yes' }, member);
    expect(await flows.ended(id)).toMatchObject({ status: 'completed', outputs: 'yes' });
    expect((await flows.refused(executionsInput, { id, recordId: record.id, value: 'late' }, member)).slug).toBe('execution-finished');
  });

  test('only what is in doubt can be resolved', async () => {
    const { workflowId } = await made({ d: delay }, 'start -> d');
    const id = await begin(workflowId);
    await becomes(id, 'waiting');
    const record = (await flows.done(executionsGet, { id }, ana)).nodes.find(({ key }) => key === 'd')!;
    expect((await flows.refused(executionsResolve, { id, recordId: record.id, decision: 'again' }, ana)).slug).toBe('execution-finished');
    await flows.done(executionsCancel, { id }, ana);
  });
}); // prettier-ignore

describe('looking', () => {
  test('workflows 111: a viewer sees states and logs but no payloads; opening others’ payloads is audited', async () => {
    const { workflowId } = await made({ t: value('input.secretish') }, 'start -> t');
    const id = await begin(workflowId, member, { secretish: 'payload-canary' });
    await flows.ended(id);
    const seen = await flows.done(executionsGet, { id }, viewer);
    expect(seen).toMatchObject({ status: 'completed', payloads: 'left-out', mine: false });
    const nodeId = seen.nodes.find(({ key }) => key === 't')!.nodeId;
    const node = await flows.done(executionsNodesGet, { id, nodeId }, viewer);
    expect([node.payloads, JSON.stringify(node)]).toEqual(['hidden', expect.not.stringContaining('payload-canary')]);
    expect((await flows.refused(executionsGet, { id, include: ['payloads'] }, viewer)).slug).toBe('permission-denied');
    expect((await flows.refused(executionsExport, { id }, viewer)).slug).toBe('permission-denied');
    expect((await flows.done(executionsLogs, { id }, viewer)).items).toEqual([]);
    // One's own are shown without more, those of others leave a line in the trail.
    expect((await flows.done(executionsNodesGet, { id, nodeId }, member)).items[0]?.output).toBe('payload-canary');
    const audited = () => flows.audit.flush().then(() => flows.rows<{ actor: string }>(`select actor_id as actor from audit_entries where operation = 'executions.payloads' and result = 'success'`));
    expect(await audited()).toEqual([]);
    expect(await flows.done(executionsGet, { id, include: ['payloads'] }, ana)).toMatchObject({ payloads: 'shown', outputs: 'payload-canary' });
    expect(await audited()).toEqual([{ actor: ana.actor.id }]);
  });

  test('members cancel their own and nobody else’s', async () => {
    const { workflowId } = await made({ d: delay }, 'start -> d');
    const [own, others] = [await begin(workflowId, member), await begin(workflowId, ana)];
    await Promise.all([own, others].map((id) => becomes(id, 'waiting')));
    expect((await flows.refused(executionsCancel, { id: others }, member)).slug).toBe('permission-denied');
    expect((await flows.done(executionsGet, { id: others }, member)).actions.cancel).toMatchObject({ allowed: false });
    await flows.done(executionsCancel, { id: own }, member);
    await becomes(own, 'cancelled');
    await flows.done(executionsCancel, { id: others }, ana);
  });

  test('lists are filtered by state, tag, workflow and whose they are, page by page; other tenants and other Scopes see none of it', async () => {
    const { workflowId } = await made({ t: value('1') }, 'start -> t');
    for (const tags of [['a'], ['b'], ['a']]) await flows.done(workflowsExecute, { id: workflowId, options: { tags, async: false } }, ana);
    const first = await flows.done(executionsList, { workflowId, tag: 'a', limit: 1 }, ana);
    expect([first.items.length, first.nextCursor === null]).toEqual([1, false]);
    const second = await flows.done(executionsList, { workflowId, tag: 'a', limit: 1, cursor: first.nextCursor! }, ana);
    expect([second.items.length, second.nextCursor]).toEqual([1, null]);
    expect((await flows.done(executionsList, { workflowId, status: 'failed' }, ana)).items).toEqual([]);
    expect((await flows.done(executionsList, { workflowId, mine: true }, member)).items).toEqual([]);
    expect((await flows.done(executionsList, { workflowId }, member)).items).toHaveLength(3);
    const path = await get(`/workflows/${workflowId}/executions?limit=2`);
    expect([path.statusCode, path.json<{ items: unknown[] }>().items.length]).toEqual([200, 2]);
    const elsewhere = flows.as({ scope: { any: [{ type: 'workflow', ids: ['none'] }] } });
    expect((await flows.done(executionsList, { workflowId }, elsewhere)).items).toEqual([]);
    const stranger = flows.as({ tenant: 'b' });
    expect((await flows.done(executionsList, {}, stranger)).items).toEqual([]);
    expect((await flows.refused(executionsGet, { id: first.items[0]!.id }, stranger)).slug).toBe('execution-not-found');
  });

  test('workflows 86: logs filter by node, level, text and time, page by cursor, come as lines, and stop at the limit with a marker', async () => {
    probe.on.set('chatty', (run) => {
      for (let at = 0; at < 40; at += 1) run.log(at % 10 === 0 ? 'warn' : 'info', `line ${at} 100%`, { at });
      return null;
    });
    const { workflowId, graph } = await made({ chatty: ['read_probe'], quiet: ['read_probe'] }, 'start -> chatty -> quiet');
    const id = await begin(workflowId);
    await flows.ended(id);
    const read = async (filter: object) => (await flows.done(executionsLogs, { id, ...filter }, ana)).items;
    expect(await read({})).toHaveLength(40);
    expect((await read({ level: 'warn' })).map(({ message }) => message)).toEqual(['line 0 100%', 'line 10 100%', 'line 20 100%', 'line 30 100%']);
    expect(await read({ nodeId: graph.nodes.find(({ key }) => key === 'quiet')!.id })).toEqual([]);
    expect(await read({ text: '7 100%' })).toHaveLength(4);
    expect(await read({ text: '%%' })).toEqual([]);
    expect(await read({ since: '2999-01-01T00:00:00Z' })).toEqual([]);
    const page = await flows.done(executionsLogs, { id, limit: 25 }, ana);
    expect((await flows.done(executionsLogs, { id, limit: 25, cursor: page.nextCursor! }, ana)).items.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, at) => 26 + at));
    const lines = await get(`/executions/${id}/logs?limit=3`, { accept: 'application/x-ndjson' });
    expect([lines.headers['content-type'], lines.body.trim().split('\n').map((line) => (JSON.parse(line) as { seq: number }).seq)]).toEqual(['application/x-ndjson; charset=utf-8', [1, 2, 3]]);
    probe.on.set('flood', (run) => {
      for (let at = 0; at < 10_050; at += 1) run.log('info', 'x');
      return null;
    });
    const flood = await made({ flood: ['read_probe'] }, 'start -> flood');
    const flooded = await begin(flood.workflowId);
    await flows.ended(flooded);
    const all = (await flows.done(executionsLogs, { id: flooded, limit: 10_000, after: 1 }, ana)).items;
    expect([all.length, all.at(-1)]).toMatchObject([10_000, { level: 'warn', message: expect.stringMatching(/log is full/) as string }]);
  });

  test('the export of an execution is one file, without what is secret', async () => {
    const { workflowId } = await made({ hush: ['read_probe', { value: 'sensitive-canary' }, { sensitive: true }], t: value('"seen"') }, 'start -> hush -> t');
    const id = await begin(workflowId);
    await flows.ended(id);
    const file = await get(`/executions/${id}/export`);
    expect(file.headers['content-disposition']).toContain(`execution-${id}.json`);
    const whole = file.json<{ nodes: { key: string; output?: Json }[]; graph: { nodes: unknown[] }; events: { seq: number }[] }>();
    expect(whole.nodes.find(({ key }) => key === 't')?.output).toBe('seen');
    expect(whole.graph.nodes).toHaveLength(3);
    expect(whole.events.map(({ seq }) => seq)).toEqual(whole.events.map((_, at) => at + 1));
    expect(JSON.stringify([whole.nodes, whole.events])).not.toContain('sensitive-canary');
  });

  test('how the engine keeps up is told of the own tenant alone', async () => {
    const id = await begin((await made({ d: delay }, 'start -> d')).workflowId);
    await becomes(id, 'waiting');
    const told = await flows.done(workflowEngineGet, {}, ana);
    expect([told.waiting > 0, told.lateTimers, told.limits.running]).toEqual([true, 0, 200]);
    expect(await flows.done(workflowEngineGet, {}, flows.as({ tenant: 'b' }))).toMatchObject({ waiting: 0, running: 0, oldestQueuedSeconds: null, queued: [] });
    await flows.done(executionsCancel, { id }, ana);
  });

  test('a look at a retry of many says how many effects would be had again', async () => {
    const id = await begin((await made({ p: ['put_probe', { value: 1 }], q: ['post_probe', { fails: 9 }], r: ['put_probe'] }, 'start -> p -> q -> r')).workflowId); // prettier-ignore
    expect(await flows.ended(id)).toMatchObject({ status: 'failed' });
    expect(await flows.done(executionsBulkRetry, { ids: [id], preview: true }, ana)).toMatchObject({ matched: 1, done: 1, effects: 0 });
  });
}); // prettier-ignore
