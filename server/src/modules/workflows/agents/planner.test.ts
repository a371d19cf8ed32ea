import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { executionsInput } from '../executions/operations/executions.input.ts';
import type { Drawn } from '../engine/testing.ts';
import type { Json } from '../graph.ts';
import { createAgentWorld, type AgentWorld, type Line } from './testing.ts';

let world: AgentWorld;
beforeAll(async () => {
  world = await createAgentWorld();
});
afterAll(() => world.close());
beforeEach(() => void (world.model.asked.length = 0));
afterEach(() => expect(world.faults).toEqual([]));

const says = (...lines: Line[]): void => void (world.model.script = (_request, turn) => lines[turn - 1] ?? { text: 'done' });
const draft = (confidence: number, steps: Json[], questions: string[] = []): Line => ({ json: { requirements: ['it is lit'], constraints: [], assumptions: ['there is power'], steps, confidence, questions } }); // prettier-ignore
const step = (tool: string, more: Record<string, Json> = {}): Json => ({
  id: 'one',
  tool,
  arguments: { name: 'desk' },
  dependsOn: [],
  why: 'It is dark',
  ...more,
});
const light: Drawn[string] = ['operation', { operation: 'lamps.light', input: { name: '{{ input.name }}' } }];
const begin = (config: Record<string, Json>, more: Drawn = {}, lines = ''): Promise<string> => world.begin({ plan: ['planner', { goal: 'Light the desk', ...config }], light, ...more }, `start -> plan, plan.tools -> light${lines}`); // prettier-ignore

test('workflows 105: Planner in interactive mode pauses with questions, takes answers, and gives a plan that names only connected tools.', async () => {
  says(draft(40, [step('light')], ['Which desk?']), draft(90, [step('teleport'), step('light', { dependsOn: ['gone'] })]), draft(90, [step('light')]));
  const id = await begin({});
  await expect.poll(async () => (await world.rows<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status, { timeout: 60_000, interval: 50 }).toBe('paused');
  const [wait] = await world.rows<{ form: Json; title: string }>(`select form, title from execution_waits where execution_id = $1 and state = 'open'`, [id]);
  expect(wait).toMatchObject({ title: 'Which desk?', form: { properties: { q1: { title: 'Which desk?' } }, required: ['q1'] } });
  const [record] = await world.rows<{ id: string }>(`select id from node_executions where execution_id = $1 and node_type = 'planner'`, [id]);
  await expect(world.done(executionsInput, { id, recordId: record!.id, value: {} }, world.ana)).rejects.toMatchObject({ slug: 'inputs-invalid' });
  await world.done(executionsInput, { id, recordId: record!.id, value: { q1: 'The one at the window' } }, world.ana);
  expect((await world.ended(id)).outputs).toEqual({
    goal: 'Light the desk', requirements: ['it is lit'], constraints: [], assumptions: ['there is power'], confidence: 90,
    steps: [{ id: 'one', tool: 'light', arguments: { name: 'desk' }, dependsOn: [], why: 'It is dark', risk: 'write' }], estimate: { toolCalls: 1, tokens: 360, cost: 21 },
  });
  expect(JSON.stringify(world.model.asked[1]!.messages)).toContain('The one at the window');
  const repair = world.model.asked[2]!.messages.at(-1)!;
  expect(repair).toMatchObject({ role: 'user', text: expect.stringMatching(/"teleport".*none of those that are connected/) as string });
  expect(world.lamps.calls).toEqual([]);
}); // prettier-ignore

test('a planner that is not sure goes on with what it assumes, or fails, as it is told; an agent gets its plan', async () => {
  says(draft(40, [step('light')]), { text: 'I follow it.' });
  const id = await begin({ mode: 'autonomous' }, { agent: ['ai_agent', { goal: 'Carry it out' }] }, ', plan -> agent.plan');
  expect((await world.ended(id)).outputs).toMatchObject({ answer: 'I follow it.' });
  expect(world.model.asked[1]!.messages[0]).toMatchObject({ text: expect.stringMatching(/Carry it out[^]*<data from="plan">[^]*"tool":"light"/) as string });
  world.model.asked.length = 0;
  says(draft(40, [step('light')]));
  expect(await world.ended(await begin({ mode: 'silent' }))).toMatchObject({ status: 'failed', error: { type: 'plan-unconfident' } });
  world.model.asked.length = 0;
  says(draft(90, [step('nothing')]), draft(90, [step('light', { id: 'a', dependsOn: ['b'] }), step('light', { id: 'b', dependsOn: ['a'] })]));
  expect(await world.ended(await begin({}))).toMatchObject({ status: 'failed', error: { type: 'ai-output-invalid', message: expect.stringContaining('comes before itself') as string } });
}); // prettier-ignore
