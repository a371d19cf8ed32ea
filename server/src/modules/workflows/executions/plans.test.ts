import { afterAll, beforeAll, expect, test } from 'vitest';
import { provide } from '#kernel/port.ts';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import { lampModule, LampPort, lampServer } from '../../../../test/lamps.ts';
import type { Person } from '../../../../test/world.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import type { Json, WorkflowSettings } from '../graph.ts';
import { Messenger, type Notice } from '../people.ts';
import { executionsGet } from './operations/executions.get.ts';
import { executionsRollback } from './operations/executions.rollback.ts';
import { plansExecute } from './operations/plans.execute.ts';
import { plansGet } from './operations/plans.get.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';
import { workflowsPlan } from './operations/workflows.plan.ts';

let flows: Flows;
let ana: Person;
const lamps = lampServer();
const told: (Notice & { to: readonly string[] })[] = [];
beforeAll(async () => {
  const messenger = {
    inApp: async (_ctx: unknown, to: readonly string[], notice: Notice) => (told.push({ ...notice, to }), to.length),
  } as unknown as Messenger;
  flows = await createFlows({ modules: [lampModule], adapters: () => [provide(LampPort, lamps), provide(Messenger, messenger)] });
  ana = flows.as({ name: 'ana' });
});
afterAll(() => flows.close());

const made = (nodes: Drawn, lines: string, settings: Partial<WorkflowSettings> = {}, trigger: Record<string, Json> = {}) =>
  publish(flows.databases, flows.tenantId, draw({ start: ['trigger', trigger], ...nodes }, lines), settings);
const light = (name: string): readonly [string, Record<string, Json>] => ['operation', { operation: 'lamps.light', input: { name } }];
const naming = (name: string): readonly [string, Record<string, Json>] => ['operation', { operation: 'lamps.name', input: { name } }];
const run = async (workflowId: string) => {
  const { execution } = await flows.done(workflowsExecute, { id: workflowId }, ana);
  return { id: execution.id, ...(await flows.ended(execution.id)) };
};
const changeCount = async () => Number((await flows.rows<{ count: string }>('select count(*) from changes'))[0]!.count);

test('workflows 83: dry run of a workflow with three writes shows three would-be Changes with policy decisions and changes nothing anywhere', async () => {
  const { workflowId } = await made(
    { one: light('plan-1'), two: light('plan-2'), three: ['operation', { operation: 'lamps.burn', input: { name: 'plan-3' } }], mail: ['notify', { channel: 'inapp', to: ['x@example.test'], title: 'Done', body: '' }] },
    'start -> one -> two -> three -> mail',
  );
  const before = [await changeCount(), lamps.calls.length, told.length];
  const plan = await flows.done(workflowsPlan, { id: workflowId }, ana);
  expect(plan).toMatchObject({ status: 'ready', summary: { changes: 3, effects: 1, risk: 'high', refused: 0 } });
  expect(plan.items.filter(({ kind }) => kind === 'change').map(({ key, operation, risk, plan: one }) => [key, operation, risk, one?.summary])).toEqual([
    ['one', 'lamps.light', 'write', 'Light lamp plan-1'],
    ['two', 'lamps.light', 'write', 'Light lamp plan-2'],
    ['three', 'lamps.burn', 'high', 'Burn lamp plan-3'],
  ]);
  expect(plan.items.find(({ key }) => key === 'three')?.approvals.length).toBeGreaterThan(0);
  expect([await changeCount(), lamps.calls.length, told.length]).toEqual(before);
  expect(await flows.done(plansGet, { id: plan.id }, ana)).toEqual(plan);
}); // prettier-ignore

test('what leaves no Change is not done by a dry run either', async () => {
  const sleeper = await made({ w: ['wait_event', { kind: 'signal' }] }, 'start -> w');
  const { execution } = await flows.done(workflowsExecute, { id: sleeper.workflowId }, ana);
  const { workflowId } = await made({ stop: ['operation', { operation: 'executions.cancel', input: { id: execution.id } }] }, 'start -> stop');
  await flows.done(workflowsPlan, { id: workflowId }, ana);
  expect((await flows.rows('select cancel_asked from workflow_executions where id = $1', [execution.id]))[0]).toEqual({ cancel_asked: null });
});

test('workflows 84: executing a plan after the world changed answers 409 plan-drifted; one that holds is carried out, once', async () => {
  const { workflowId } = await made({ one: light('drift-1') }, 'start -> one');
  const plan = await flows.done(workflowsPlan, { id: workflowId }, ana);
  lamps.lamps.set('drift-1', { lit: false, by: 'somebody else' });
  const problem = await flows.refused(plansExecute, { id: plan.id }, ana);
  expect([problem.slug, problem.kind.status, problem.extras['differences']]).toEqual(['plan-drifted', 409, ['one would do something else']]);
  expect(lamps.calls).not.toContain('drift-1');
  const fresh = await flows.done(workflowsPlan, { id: workflowId }, ana);
  const first = await flows.done(plansExecute, { id: fresh.id }, ana);
  expect(await flows.ended(first.execution.id)).toMatchObject({ status: 'completed' });
  await flows.rows(`update workflow_executions set created_at = now() - interval '2 days' where id = $1`, [first.execution.id]);
  expect(await flows.done(plansExecute, { id: fresh.id }, ana)).toMatchObject({ execution: { id: first.execution.id, status: 'completed' } });
  expect(lamps.calls.filter((name) => name === 'drift-1')).toHaveLength(1);
});

test('workflows 85: rollback undoes the Changes in reverse order; an irreversible one is listed and the rest undone', async () => {
  const { workflowId } = await made({ one: light('undo-1'), two: naming('undo-2'), three: light('undo-3') }, 'start -> one -> two -> three');
  const { id, status } = await run(workflowId);
  expect(status).toBe('completed');
  const view = await flows.done(executionsGet, { id }, ana);
  expect(view.changes.map(({ operation, nodeId }) => [operation, view.nodes.find((node) => node.nodeId === nodeId)?.key])).toEqual([['lamps.light', 'one'], ['lamps.name', 'two'], ['lamps.light', 'three']]);
  expect(view.actions.rollback).toEqual({ allowed: true, reason: null });
  const looked = await flows.call(executionsRollback, { id }, ana, { dryRun: true });
  expect(looked.status === 'planned' && [looked.plan.steps.map(({ title }) => title.replace(/CHG-\d+/, 'CHG')), looked.plan.warnings[0]]).toEqual([
    ['Roll back CHG: Light lamp undo-3', 'Roll back CHG: Light lamp undo-1'], expect.stringMatching(/Name lamp undo-2.*stays.*no way back/),
  ]);
  const change = await flows.accepted(executionsRollback, { id }, ana);
  const done = await flows.settled(change, ana);
  expect([done.state, done.outcome]).toMatchObject(['succeeded', { state: 'partial', undone: [{ summary: 'Light lamp undo-3' }, { summary: 'Light lamp undo-1' }], stays: [{ summary: 'Name lamp undo-2' }] }]);
  expect([lamps.lamps.has('undo-1'), lamps.lamps.has('undo-3')]).toEqual([false, false]);
  expect(await flows.done(executionsGet, { id }, ana)).toMatchObject({ rollback: 'partial', actions: { rollback: { allowed: false, reason: 'it was rolled back' } } });
  expect((await flows.refused(executionsRollback, { id }, ana)).slug).toBe('execution-finished');
}); // prettier-ignore

test('workflows 9.9: what a node is attached to for that is undone by that node, in its place in the reverse order; one that fails is listed, and nothing of it runs before', async () => {
  const attached = ([type, config]: readonly [string, Record<string, Json>], compensate: string) => [type, config, { compensate }] as const;
  const nodes: Drawn = {
    one: light('comp-1'), two: attached(naming('comp-2'), 'back'), three: attached(['emit_event', { type: 'custom.did', data: '{"n": 7}' }], 'tell'), four: attached(naming('comp-4'), 'broken'),
    back: ['operation', { operation: 'lamps.light', input: { name: 're-{{ nodes.one.output.result.name }}' } }],
    tell: ['emit_event', { type: 'custom.undid', data: '{"answered": input == nodes.three.output, "body": trigger.body}' }],
    broken: ['operation', { operation: 'lamps.light', input: { name: '' } }],
  };
  const { workflowId } = await made(nodes, 'start -> one -> two -> three -> four');
  const { id, status } = await run(workflowId);
  const undid = () => flows.rows<{ data: Json }>("select data from events where type = 'custom.undid'");
  expect([status, lamps.lamps.has('re-comp-1'), await undid()]).toEqual(['completed', false, []]);
  expect((await flows.done(executionsGet, { id }, ana)).nodes.map(({ key }) => key)).toEqual(['start', 'one', 'two', 'three', 'four']);
  const looked = await flows.call(executionsRollback, { id }, ana, { dryRun: true });
  expect(looked.status === 'planned' && looked.plan.steps.map(({ title }) => title.replace(/CHG-\d+/, 'CHG'))).toEqual([
    'Undo four: "four" by "broken"', 'Undo three: "three" by "tell"', 'Undo two: "two" by "back"', 'Roll back CHG: Light lamp comp-1',
  ]);
  const done = await flows.settled(await flows.accepted(executionsRollback, { id }, ana), ana);
  expect([done.state, done.outcome]).toMatchObject(['succeeded', { state: 'partial', undone: [{ number: 'three' }, { number: 'two' }, { summary: 'Light lamp comp-1' }], stays: [{ number: 'four', reason: expect.any(String) as string }] }]);
  expect([lamps.lamps.has('re-comp-1'), lamps.lamps.has('comp-1')]).toEqual([true, false]);
  expect(await undid()).toMatchObject([{ data: { data: { answered: true, body: {} } } }]);
  // Each is an execution of its own, which is followed by nothing.
  expect(await flows.rows("select status, parent_id, undoes->>'by' as by from workflow_executions where undoes is not null order by id")).toEqual([
    { status: 'failed', parent_id: id, by: 'broken' }, { status: 'completed', parent_id: id, by: 'tell' }, { status: 'completed', parent_id: id, by: 'back' },
  ]);
}); // prettier-ignore

test('a workflow that wishes it is undone by itself when it fails, or asks; its owner is told', async () => {
  const settings = (rollbackOnFailure: 'auto' | 'ask') => ({ rollbackOnFailure, notify: { onFailure: true, onRecovery: false, onSuccess: false } });
  const auto = await made({ one: light('auto-1'), stop: ['fail', { message: 'no' }] }, 'start -> one -> stop', settings('auto'));
  const ran = await run(auto.workflowId);
  expect(ran.status).toBe('failed');
  await expect.poll(async () => (await flows.done(executionsGet, { id: ran.id }, ana)).rollback, { timeout: 60_000 }).toBe('done');
  expect(lamps.lamps.has('auto-1')).toBe(false);
  const ask = await made({ one: light('ask-1'), stop: ['fail', { message: 'no' }] }, 'start -> one -> stop', settings('ask'));
  const asked = await run(ask.workflowId);
  await expect.poll(async () => (await flows.done(executionsGet, { id: asked.id }, ana)).rollback, { timeout: 60_000 }).toBe('pending');
  expect(lamps.lamps.has('ask-1')).toBe(true);
  expect(told.find(({ page }) => page === `/executions/${asked.id}`)).toMatchObject({
    title: '“test” failed',
    to: expect.arrayContaining([ana.actor.id]) as string[],
  });
});

test('workflows 66: an error workflow gets the error context and does not trigger itself', async () => {
  const handler = await made({ t: ['transform', { mode: 'expression', expression: 'trigger' }], stop: ['fail', { message: 'the handler fails too' }] }, 'start -> t -> stop', {}, { mode: 'error' });
  // It names itself: what it fails of starts nothing again.
  await flows.rows(`update workflow_versions set settings = settings || jsonb_build_object('errorWorkflowId', workflow_id) where workflow_id = $1`, [handler.workflowId]);
  const failing = await made({ stop: ['fail', { message: 'broken pipe' }] }, 'start -> stop', { errorWorkflowId: handler.workflowId });
  const { id } = await run(failing.workflowId);
  const started = () => flows.rows<{ id: string; inputs: Record<string, Json>; status: string }>('select id, inputs, status from workflow_executions where workflow_id = $1', [handler.workflowId]);
  await expect.poll(async () => (await started())[0]?.status, { timeout: 60_000 }).toBe('failed');
  const [first] = await started();
  expect(first!.inputs).toMatchObject({ kind: 'error', workflow: { id: failing.workflowId }, execution: { id, status: 'failed' }, error: { message: expect.stringContaining('broken pipe') as string }, failedNode: { key: 'stop' } });
  // A second failure starts it a second time; the handler's own failure did not.
  await run(failing.workflowId);
  await expect.poll(async () => (await started()).filter(({ status }) => status === 'failed').length, { timeout: 60_000 }).toBe(2);
  expect(await started()).toHaveLength(2);
}); // prettier-ignore
