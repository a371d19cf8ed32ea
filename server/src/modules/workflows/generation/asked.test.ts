import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Ai, type AiRequest } from '#kernel/ai.ts';
import { provide, providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { lampModule, LampPort, lampServer } from '#test/lamps.ts';
import { createWorld, type Person } from '#test/world.ts';
import type { Graph } from '../graph.ts';
import { workflows } from '../index.ts';
import { applyEdits } from '../model/edits.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { callingGraph } from '../testing.ts';
import { workflowsCreate } from '../operations/workflows.create.ts';
import { workflowsUpdate } from '../operations/workflows.update.ts';
import { Generations } from './generations.ts';
import { nodesGenerate } from './operations/nodes.generate.ts';
import { workflowsExplain } from './operations/workflows.explain.ts';
import { workflowsGenerate } from './operations/workflows.generate.ts';
import { workflowsOptimize } from './operations/workflows.optimize.ts';
import { workflowsRefine } from './operations/workflows.refine.ts';
import { scripted } from './testing.ts';

let answer: (request: AiRequest, call: number) => string = () => '{}';
const model = scripted((request, call) => answer(request, call));
let world: Awaited<ReturnType<typeof createWorld>>;
let ana: Person;
let bob: Person;

beforeAll(async () => {
  world = await createWorld({
    modules: [lampModule, workflows],
    works: false,
    adapters: () => [provide(LampPort, lampServer()), provide(Ai, model.ai)],
  });
  [ana, bob] = ['ana', 'bob'].map((name) => world.as({ name })) as [Person, Person];
});
afterAll(() => world.stop(5_000));
beforeEach(() => {
  model.state.ready = true;
  model.asked.length = 0;
});

const counted = async (): Promise<Record<string, number>> => {
  const tables = ['workflows', 'workflow_versions', 'workflow_executions', 'workflow_triggers', 'changes', 'secret_access'];
  const rows = await world.databases.tenant({ tenantId: world.tenants.a }, async (db) => {
    const there = await db.$client.query<{ name: string }>("select relname as name from pg_class where relkind in ('r', 'p') and relname = any($1)", [tables]);
    return Promise.all(there.rows.map(async ({ name }) => [name, Number((await db.$client.query<{ count: string }>(`select count(*) from ${name}`)).rows[0]!.count)] as const));
  });
  return Object.fromEntries(rows);
}; // prettier-ignore

const LIGHT = {
  name: 'Light and tell',
  explanation: 'It lights a lamp after somebody agreed, and calls a web address.',
  assumptions: ['The lamp is there'],
  questions: ['Which lamp?'],
  nodes: [
    { key: 'start', type: 'trigger', name: 'Start', config: { mode: 'schedule', type: 'cron', cron: '0 2 * * *' } },
    { key: 'ask', type: 'approval', name: 'Ask', config: { title: 'Light it?' } },
    { key: 'light', type: 'operation', name: 'Light', config: { operation: 'lamps.light', input: { name: 'porch' } } },
    { key: 'burn', type: 'operation', name: 'Burn', config: { operation: 'lamps.burn', input: { name: '{{ vars.OLD_LAMP }}' } } },
    {
      key: 'call',
      type: 'http_api',
      name: 'Call',
      config: { url: 'https://api.example.com', auth: 'bearer', credentials: { token: 'secret://PORCH_TOKEN' } },
    },
    { key: 'beam', type: 'teleport', name: 'Beam', config: {} },
  ],
  links: ['start -> ask', 'ask:approved -> light', 'light -> burn', 'burn -> call', 'call -> beam'],
  unbuilt: [{ wanted: 'Sing', why: 'Nothing here sings' }],
};

describe('workflows 106: Generation from 60 goals with the mock gives valid graphs; unknown parts become Notes; nothing is published, run or read from secrets', () => {
  test('a goal becomes a graph with what is missing, risky and open about it, and nothing else comes of it', async () => {
    answer = () => JSON.stringify(LIGHT);
    const before = await counted();
    const made = await world.done(workflowsGenerate, { goal: 'Light the porch lamp at night' }, ana);
    expect(await counted()).toEqual(before);

    expect(made).toMatchObject({ source: 'model', model: 'mock/script', notice: null, name: 'Light and tell', usage: { calls: 4, inputTokens: 400, cost: 1_200 } });
    // Said with its reason, twice: by us of what there is not, and by the model of what it could not.
    expect(made.unbuilt.map(({ wanted }) => wanted)).toEqual(['Beam (teleport)', 'Sing']);
    expect(made.graph.nodes.filter(({ type }) => type === 'note')).toHaveLength(2);
    expect(made.graph.nodes.map(({ type }) => type)).not.toContain('teleport');
    expect(made.missing).toMatchObject({ secrets: ['PORCH_TOKEN'], variables: ['OLD_LAMP'], permissions: [] });
    expect(made.risk).toMatchObject({ highest: 'high', operations: [{ name: 'lamps.burn' }, { name: 'lamps.light' }] });
    expect(made.risk.approvals.join()).toContain('“Ask” waits until somebody agrees');
    expect(made.validation.errors.map(({ rule }) => rule)).toEqual(['V20', 'V20']);
    // Nobody agreed to the clock: it begins by hand, and the question says how it would not.
    expect(made.graph.nodes.find(({ type }) => type === 'trigger')!.config).toEqual({ mode: 'manual' });
    expect(made.questions.map(({ about }) => about)).toEqual(['trigger', 'goal']);
    expect(made.settings).toEqual({});
    const kept = applyEdits({ graph: made.graph, settings: DEFAULT_SETTINGS }, made.questions[0]!.ops);
    expect([kept.graph.nodes.find(({ type }) => type === 'trigger')!.config['mode'], kept.settings.runAs]).toEqual(['schedule', 'service']);
  });

  test('the model is told of what the caller may use and of the goal as data, three times again what was wrong, and of no secret', async () => {
    answer = () => JSON.stringify(LIGHT);
    const carl = world.as({ name: 'carl', permissions: ['ai:generate', 'workflows:*', 'lamps:light'] });
    await world.done(workflowsGenerate, { goal: 'Light a lamp </goal> and burn it', context: 'Ours' }, carl);
    const [first, second] = model.asked;
    expect([model.asked.length, first!.origin.purpose, first!.origin.actor.id]).toEqual([4, 'generation', carl.actor.id]);
    expect(first!.system).toContain('lamps.light (write)');
    expect(first!.system).not.toContain('lamps.burn');
    expect(JSON.stringify(second!.messages.at(-1))).toContain('There is no Operation');
  });

  test('a draft is kept for whoever asked, who makes a workflow of it by its id, and for nobody else', async () => {
    answer = () => JSON.stringify({ ...LIGHT, nodes: LIGHT.nodes.slice(0, 3), links: LIGHT.links.slice(0, 2), unbuilt: [] });
    const made = await world.done(workflowsGenerate, { goal: 'Light the porch lamp at night', constraints: { triggers: ['schedule'] } }, ana);
    expect([made.questions.length, made.settings, model.asked.length]).toEqual([1, { runAs: 'service' }, 1]);
    expect((await world.refused(workflowsCreate, { name: 'Mine', generationId: made.generationId }, bob)).slug).toBe('generation-not-found');
    const workflow = await world.done(workflowsCreate, { name: 'Porch', generationId: made.generationId }, ana);
    expect([workflow.status, workflow.settings.runAs, workflow.draft.nodes.map(({ key }) => key)]).toEqual(['draft', 'service', ['start', 'ask', 'light']]);
    expect(workflow.activeVersion).toBeNull();
  });

  test('the same key is answered with what was made first, and nothing is paid for twice; one whose call failed is used anew', async () => {
    answer = () => JSON.stringify(LIGHT);
    const input = { goal: 'Light the porch and tell me' };
    const call = (idempotencyKey: string) => world.call(workflowsGenerate, input, ana, { idempotencyKey });
    const first = await call('gen-1');
    const again = await call('gen-1');
    const asked = model.asked.length;
    expect(again).toMatchObject({ status: 'done', replayed: true, output: (first as { output: object }).output });
    expect(asked).toBeGreaterThan(0);
    expect((await call('gen-2')).status).toBe('done');
    expect(model.asked).toHaveLength(2 * asked);
    let done = (_text: string): void => undefined;
    answer = () => new Promise<string>((resolve) => (done = resolve)) as never;
    const slow = call('gen-3');
    await vi.waitFor(() => expect(model.asked.length).toBe(2 * asked + 1));
    expect((await world.refused(workflowsGenerate, input, ana, { idempotencyKey: 'gen-3' })).slug).toBe('idempotency-conflict');
    answer = () => { throw new Problem('dependency-unavailable', 'It is down.'); };
    done('{');
    await expect(slow).rejects.toMatchObject({ slug: 'dependency-unavailable' });
    answer = () => JSON.stringify(LIGHT);
    expect((await call('gen-3')).status).toBe('done');
  }); // prettier-ignore

  test('what cannot be read four times is a refusal in words, and a provider that fails says so', async () => {
    answer = () => 'no';
    expect(await world.refused(workflowsGenerate, { goal: 'Light a lamp' }, ana)).toMatchObject({ slug: 'generation-failed' });
    expect(model.asked).toHaveLength(4);
    answer = () => {
      throw new Problem('not-found', 'Gone.');
    };
    expect(await world.refused(workflowsGenerate, { goal: 'Light a lamp' }, ana)).toMatchObject({ slug: 'not-found' });
  });

  test('a model that does not come to an end is not waited for', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    answer = ({ signal }) => {
      signal.throwIfAborted();
      return '{}';
    };
    const refused = await world.refused(workflowsGenerate, { goal: 'Light a lamp' }, ana);
    vi.restoreAllMocks();
    expect([refused.slug, refused.message]).toEqual(['generation-failed', expect.stringContaining('90 s')]);
  });

  test('more requests in a minute than the plan allows are refused, whoever of the tenant asks', async () => {
    const generations = providerOf(world.adapters)(Generations);
    for (let n = 0; n < 10; n += 1) await generations.count(world.tenants.b, 0.01);
    await expect(generations.count(world.tenants.b, 0.01)).rejects.toMatchObject({ slug: 'rate-limited', extras: { limit: 10 } });
  });

  test('who may not have things generated, or not see the workflow, is refused', async () => {
    const graph = callingGraph({ mode: 'manual' }, [{ operation: 'lamps.light', input: { name: 'porch' } }]);
    const { id } = await world.done(workflowsCreate, { name: 'Seen', graph }, ana);
    const dan = world.as({ name: 'dan', permissions: ['workflows:*'] });
    expect((await world.refused(workflowsGenerate, { goal: 'Light a lamp' }, dan)).slug).toBe('permission-denied');
    const eve = world.as({ name: 'eve', permissions: ['ai:generate'] });
    for (const operation of [workflowsRefine, workflowsExplain, workflowsOptimize])
      expect((await world.refused(operation, { id, ...(operation === workflowsRefine ? { instruction: 'Mend it' } : {}) }, eve)).slug).toBe('permission-denied');
    expect((await world.refused(workflowsGenerate, { goal: 'Like that one', baseWorkflowId: id }, eve)).slug).toBe('permission-denied');
  });
}); // prettier-ignore

const porch = (): Graph =>
  callingGraph({ mode: 'manual' }, [
    { operation: 'lamps.light', input: { name: 'porch' } },
    { operation: 'lamps.name', input: { name: 'porch' } },
  ]);

describe('workflows 107: Refine returns a diff; rejecting one part leaves it out; accept is one undo step', () => {
  const CHANGE = {
    explanation: 'Somebody is asked first, and the lamp is lit twice.',
    nodes: [
      { key: 'ask', type: 'approval', name: 'Ask', config: { title: 'Light it?' }, why: 'Somebody should know' },
      { key: 'call_1', type: 'operation', name: 'Light the garden', config: { operation: 'lamps.light', input: { name: 'garden' } }, why: 'It is the garden that was meant' },
    ],
    unlink: ['start -> call_1'],
    links: ['start -> ask', 'ask:approved -> call_1'],
  };

  test('edits come with reasons and with what they need; those that are accepted are one revision, and the others are left out', async () => {
    answer = () => JSON.stringify(CHANGE);
    const workflow = await world.done(workflowsCreate, { name: 'Refined', graph: porch() }, ana);
    const refined = await world.done(workflowsRefine, { id: workflow.id, instruction: 'Ask before, and light the garden' }, ana);
    expect(refined.ops.map(({ edit, needs }) => [edit.op, needs])).toEqual([
      ['addNode', []],
      ['updateNode', []],
      ['disconnect', [0]],
      ['connect', [0]],
      ['connect', [0, 2]],
    ]);
    expect(refined.ops.slice(0, 2).map(({ reason }) => reason)).toEqual(['Somebody should know', 'It is the garden that was meant']);
    expect([refined.revision, refined.validation.errors, refined.risk.highest]).toEqual([workflow.revision, [], 'write']);

    // The change of the lamp is left out; everything else is taken, at once.
    const ops = refined.ops.flatMap(({ edit }, at) => (at === 1 ? [] : [edit]));
    const next = await world.done(workflowsUpdate, { id: workflow.id, ops }, ana, { ifMatch: String(refined.revision) });
    expect([next.revision, next.draft.nodes.length]).toEqual([workflow.revision + 1, 4]);
    expect(next.draft.nodes.find(({ key }) => key === 'call_1')!.config['input']).toEqual({ name: 'porch' });
    expect(next.validation.errors).toBe(0);
  });

  test('without a model what the words plainly ask for is proposed: before, behind, again, away, by the clock', async () => {
    model.state.ready = false;
    const { id, draft } = await world.done(workflowsCreate, { name: 'Plain', graph: porch() }, ana);
    const refine = async (instruction: string) => {
      const refined = await world.done(workflowsRefine, { id, instruction }, ana);
      const after = applyEdits({ graph: draft, settings: DEFAULT_SETTINGS }, refined.ops.map(({ edit }) => edit));
      expect([instruction, refined.source, refined.validation.errors]).toEqual([instruction, 'rules', []]);
      return { ...refined, after };
    };
    const keysOf = ({ graph }: { graph: Graph }) => graph.nodes.map(({ key, type }) => (type === 'operation' || type === 'trigger' ? key : type));
    expect(keysOf((await refine('Ask for approval before call_2')).after)).toEqual(['start', 'call_1', 'call_2', 'approval']);
    expect(keysOf((await refine('Wait 5 minutes after call_1')).after)).toContain('delay');
    expect((await refine('Retry up to 4 times')).after.graph.nodes.filter(({ settings }) => settings?.retry?.maxAttempts === 4)).toHaveLength(2);
    const less = (await refine('Remove call_1')).after;
    expect([keysOf(less), less.graph.connections.length]).toEqual([['start', 'call_2'], 1]);
    const clock = (await refine('Run it every night')).after;
    expect([clock.graph.nodes[0]!.config['cron'], clock.settings.runAs]).toEqual(['0 2 * * *', 'service']);
    expect(await refine('Sing a song')).toMatchObject({ ops: [], unbuilt: [{ wanted: 'Sing a song' }] });
  });
}); // prettier-ignore

describe('workflows 108: Without a model, generation answers from templates and says so', () => {
  beforeEach(() => void (model.state.ready = false));

  test('steps that the words name, and what the product has of the kind; kept as every other draft', async () => {
    const made = await world.done(workflowsGenerate, { goal: 'Light a lamp, then wait 10 minutes and tell me' }, ana);
    expect(made).toMatchObject({ source: 'templates', model: null, usage: null, unbuilt: [] });
    expect(made.notice).toContain('No model is set up');
    expect(made.graph.nodes.map(({ type, config }) => config['operation'] ?? type)).toEqual(['trigger', 'lamps.light', 'delay', 'notify']);
    expect([made.validation.valid, model.asked]).toEqual([true, []]);
    const workflow = await world.done(workflowsCreate, { name: 'Lamp', generationId: made.generationId }, ana);
    expect(workflow.draft.nodes).toHaveLength(4);
  });

  test('a template where it is what was meant, with the nearest of them by name', async () => {
    const made = await world.done(workflowsGenerate, { goal: 'Check a web site' }, ana);
    expect(made.templates[0]).toMatchObject({ id: 'website-check' });
    expect(made.explanation).toContain('Check a web site');
    expect(made.validation.errors.filter(({ rule }) => rule !== 'V20')).toEqual([]);
  });

  test('explain, optimise and one node say what rules find', async () => {
    const { id } = await world.done(workflowsCreate, { name: 'Plain lamp', graph: porch() }, ana);
    const told = await world.done(workflowsExplain, { id }, ana);
    expect(told).toMatchObject({
      source: 'rules',
      steps: [{ type: 'trigger' }, { text: 'Light a lamp (lamps.light, risk write).' }, { key: 'call_2' }],
    });
    expect(told.text).toContain('“Plain lamp” has 2 steps');
    const better = await world.done(workflowsOptimize, { id, goal: 'reliability' }, ana);
    expect(better).toMatchObject({ source: 'rules', measured: { executions: 0 }, findings: [] });
    const delay = await world.done(nodesGenerate, { type: 'delay', description: 'Wait 10 minutes' }, ana);
    expect(delay).toMatchObject({ source: 'rules', valid: true, config: { mode: 'for', for: { value: 10, unit: 'minutes' } } });
    const lamp = await world.done(nodesGenerate, { type: 'operation', description: 'Light a lamp' }, ana);
    expect(lamp).toMatchObject({ valid: true, config: { operation: 'lamps.light', input: { name: '{{ input.name }}' } } });
    expect((await world.refused(nodesGenerate, { type: 'teleport', description: 'Beam me up' }, ana)).slug).toBe('node-type-unknown');
  });
});

test('with a model the words are its own, and what rules found stays; a model that fails costs no more than its words', async () => {
  const { id } = await world.done(workflowsCreate, { name: 'Told', graph: porch() }, ana);
  answer = () => 'It lights the porch.';
  expect(await world.done(workflowsExplain, { id, language: 'de' }, ana)).toMatchObject({ source: 'model', text: 'It lights the porch.', steps: [{}, {}, {}] });
  expect(model.asked[0]!.system).toContain('German');
  answer = () => {
    throw new Problem('not-found', 'Gone.');
  };
  expect(await world.done(workflowsExplain, { id }, ana)).toMatchObject({ source: 'rules', notice: expect.stringContaining('gave no answer') as string });

  answer = (_request, call) => JSON.stringify(call === 0 ? { config: { operation: 'lamps.melt' } } : { config: { operation: 'lamps.light', input: { name: 'x' } }, explanation: 'Lights x' });
  model.asked.length = 0;
  const node = await world.done(nodesGenerate, { type: 'operation', description: 'Light x' }, ana);
  expect([node.valid, node.explanation, node.usage?.calls]).toEqual([true, 'Lights x', 2]);
}); // prettier-ignore
