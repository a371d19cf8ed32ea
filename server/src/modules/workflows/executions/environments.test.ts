import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlows, type Flows } from '#test/flows.ts';
import type { Person } from '#test/world.ts';
import { draw, publish, type Drawn } from '../engine/testing.ts';
import { executionsGet } from './operations/executions.get.ts';
import { executionsList } from './operations/executions.list.ts';
import { executionsRetry } from './operations/executions.retry.ts';
import { workflowsExecute } from './operations/workflows.execute.ts';
import { workflowsPlan } from './operations/workflows.plan.ts';

let flows: Flows;
let ana: Person;
let dev: Person;
let prod: Person;
beforeAll(async () => {
  flows = await createFlows();
  const within = (name: string) => flows.as({ name, permissions: ['workflows:*', 'executions:*'], scope: { any: [{ type: 'workflow', environments: [name] }] } });
  [ana, dev, prod] = [flows.as({ name: 'ana' }), within('dev'), within('prod')];
}); // prettier-ignore
afterAll(() => flows.close());

const set: Drawn = { set: ['transform', { mode: 'expression', expression: 'input' }] };
/** Published in prod, while its draft was moved to dev since. */
async function moved(nodes: Drawn = set, lines = 'start -> set') {
  const { workflowId } = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines), { environment: 'prod' });
  await flows.rows(`update workflows set environment = 'dev', settings = settings || '{"environment":"dev"}' where id = $1`, [workflowId]);
  return workflowId;
} // prettier-ignore
const run = { async: false, waitSeconds: 30 };

test('running a version is decided in the environment of that version, not of the draft', async () => {
  const id = await moved();
  expect((await flows.refused(workflowsExecute, { id }, dev)).slug).toBe('scope-denied');
  expect((await flows.refused(workflowsExecute, { id, options: { version: 1 } }, dev)).slug).toBe('scope-denied');
  expect((await flows.refused(workflowsPlan, { id }, dev)).slug).toBe('scope-denied');
  expect(await flows.done(workflowsExecute, { id, options: run }, prod)).toMatchObject({ execution: { status: 'completed' } });
  // The draft is what lies in dev.
  expect((await flows.refused(workflowsExecute, { id, options: { version: 'draft' } }, prod)).slug).toBe('scope-denied');
  expect(await flows.done(workflowsExecute, { id, options: { ...run, version: 'draft' } }, dev)).toMatchObject({
    execution: { status: 'completed' },
  });
});

test('an execution is read and tried again in the environment of what it ran', async () => {
  const id = await moved({ bad: ['fail', { message: 'no' }] }, 'start -> bad');
  const { execution } = await flows.done(workflowsExecute, { id, options: run }, prod);
  const tried = await flows.done(workflowsExecute, { id, options: { ...run, version: 'draft' } }, dev);
  const found = async (who: Person) => (await flows.done(executionsList, { workflowId: id }, who)).items.map((one) => one.id).toSorted();
  expect(await found(dev)).toEqual([tried.execution.id]);
  expect(await found(prod)).toEqual([execution.id]);
  expect(await found(ana)).toEqual([execution.id, tried.execution.id].toSorted());
  expect((await flows.refused(executionsGet, { id: execution.id }, dev)).slug).toBe('scope-denied');
  expect(await flows.done(executionsGet, { id: execution.id }, prod)).toMatchObject({ status: 'failed' });
  expect((await flows.refused(executionsRetry, { id: execution.id }, dev)).slug).toBe('scope-denied');
  // What is active lies elsewhere than what was tried out.
  expect((await flows.refused(executionsRetry, { id: tried.execution.id, version: 'active', reuse: false }, dev)).slug).toBe('scope-denied');
});

test('whoever may not run a workflow does not run it as a part of their own either', async () => {
  const part = await moved();
  const whole = draw({ start: ['trigger', { mode: 'manual' }], call: ['sub_workflow', { workflow: part }] }, 'start -> call');
  const { workflowId: id } = await publish(flows.databases, flows.tenantId, whole, { environment: 'dev' });
  expect(await flows.done(workflowsExecute, { id, options: run }, dev)).toMatchObject({ execution: { status: 'failed' }, error: { type: 'permission-denied', class: 'permission' } });
  expect(await flows.rows('select id from workflow_executions where workflow_id = $1', [part])).toEqual([]);
  expect(await flows.done(workflowsExecute, { id, options: run }, ana)).toMatchObject({ execution: { status: 'completed' } });
}); // prettier-ignore
