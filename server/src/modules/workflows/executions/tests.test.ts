import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlows, type Flows } from '../../../../test/flows.ts';
import type { Person } from '../../../../test/world.ts';
import { draw, publish } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { workflowsTestsCreate } from '../operations/workflows.tests.create.ts';

let flows: Flows;
let ana: Person;
let id = '';
beforeAll(async () => {
  flows = await createFlows({});
  ana = flows.as({ name: 'ana' });
  const value = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];
  ({ workflowId: id } = await publish(flows.databases, flows.tenantId, draw({ start: ['trigger', {}], double: value('input.n * 2.0'), far: value('input + 1.0') }, 'start -> double -> far'), {})); // prettier-ignore
});
afterAll(() => flows.close());

interface Told {
  name: string;
  lastResult: { passed: boolean; executionId: string; failures: { expression: string; message: string }[] };
}
async function runAll(body: object = {}): Promise<Told[]> {
  const headers = { authorization: `Bearer ${ana.token}`, host: 'localhost:8420' };
  const answer = await flows.app.inject({ method: 'POST', url: `/api/v1/workflows/${id}/tests/run`, payload: body, headers });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json<{ items: Told[] }>().items;
}

test('a test runs the draft with its inputs and mocks, and what it expects is held against what came of it', async () => {
  await flows.done(
    workflowsTestsCreate,
    { id, name: 'Doubles', inputs: { n: 4 }, assertions: [{ expression: 'status == "completed"' }, { expression: 'output == 9.0' }] },
    ana,
  );
  await flows.done(
    workflowsTestsCreate,
    { id, name: 'Mocked', inputs: { n: 4 }, mocks: { double: 1 }, assertions: [{ expression: 'nodes.double.output == 1.0' }] },
    ana,
  );
  await flows.done(
    workflowsTestsCreate,
    { id, name: 'Wrong', inputs: { n: 4 }, assertions: [{ expression: 'output == 1.0', message: 'It is nine' }] },
    ana,
  );
  const items = await runAll();
  expect(items.map(({ name, lastResult }) => [name, lastResult.passed, lastResult.failures.map(({ message }) => message)])).toEqual([
    ['Doubles', true, []],
    ['Mocked', true, []],
    ['Wrong', false, ['It is nine']],
  ]);
});

test('an expectation that cannot be read is told as one that does not hold, and breaks nothing', async () => {
  const made = await flows.done(
    workflowsTestsCreate,
    { id, name: 'Unreadable', inputs: { n: 1 }, assertions: [{ expression: 'nodes.nobody.output' }] },
    ana,
  );
  const [item] = await runAll({ tests: [made.id] });
  expect(item!.lastResult.passed).toBe(false);
  expect(item!.lastResult.failures[0]!.message).not.toBe('');
});
