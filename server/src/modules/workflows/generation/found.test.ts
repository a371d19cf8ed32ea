import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { workflowWorld, one, set, type WorkflowWorld } from '#test/workflow-world.ts';
import type { Graph } from '../graph.ts';
import { applyEdits, type Edit } from '../model/edits.ts';
import { DEFAULT_SETTINGS } from '../model/copies.ts';
import { drawn, factsWith, idOf } from '../validation/drawing.ts';
import { editsFor, secretsNamed } from './causes.ts';
import type { Measured, Past } from './measuring.ts';
import { executionsDiagnose } from './operations/executions.diagnose.ts';
import { workflowsOptimize } from './operations/workflows.optimize.ts';
import { RULES } from './optimising/rules.ts';
import { judge, mistakesIn } from './settle.ts';

const measured = (more: Partial<Measured> = {}): Measured => ({
  runs: 20,
  medianMs: 900,
  longMs: 1_500,
  failed: 0,
  passing: 0,
  timedOut: 0,
  tokens: 0,
  ...more,
});
const past = (byKey: Record<string, Partial<Measured>>): Past => ({
  executions: 20, since: new Date(0), medianMs: 1_000, failed: 1, byNode: new Map(Object.entries(byKey).map(([key, more]) => [idOf(key), measured(more)])),
}); // prettier-ignore

const look = (goal: keyof typeof RULES, graph: Graph, of: Past) => RULES[goal].flatMap((rule) => rule(graph, of));
const kinds = (...args: Parameters<typeof look>): string[] => look(...args).map(({ kind }) => kind);
const read = (operation: string) => ({ type: 'operation', config: { operation, input: {} } });
/** The graph with all edits of a finding, which must be one without mistakes. */
function improved(graph: Graph, ops: readonly { edit: unknown }[]): Graph {
  const after = applyEdits({ graph, settings: DEFAULT_SETTINGS }, ops.map(({ edit }) => edit as Edit)).graph;
  const operations = new Map(['servers.list', 'clouds.list'].map((name) => [name, { name, risk: 'read' as const, permission: 'x:read', input: {}, output: {}, rollback: false, deprecated: false }]));
  expect(mistakesIn(judge(after, { facts: factsWith({ operations }), settings: DEFAULT_SETTINGS }))).toEqual([]);
  return after;
} // prettier-ignore

describe('rules on a graph and what was measured of it', () => {
  test('two reads in a row that need nothing of each other go side by side, and what follows gets what it got', () => {
    const graph = drawn({ start: { type: 'trigger', config: { mode: 'manual' } }, a: read('servers.list'), b: read('clouds.list'), c: { type: 'transform', config: { mode: 'expression', expression: 'nodes.a.output.result' } } }, ['start > a', 'a > b', 'b > c']); // prettier-ignore
    const [found] = look('performance', graph, past({ a: {}, b: {} })).filter(({ kind }) => kind === 'parallelise');
    expect(found).toMatchObject({ nodeIds: [idOf('a'), idOf('b')], basis: [{ label: 'median of a', value: 900, unit: 'ms' }, { value: 900 }] });
    const after = improved(graph, found!.ops);
    const into = (key: string) => after.connections.filter(({ target }) => target === idOf(key)).map(({ source }) => source);
    expect([into('a'), into('b')]).toEqual([[idOf('start')], [idOf('start')]]);
    const uses = drawn({ start: { type: 'trigger', config: { mode: 'manual' } }, a: read('servers.list'), b: { type: 'operation', config: { operation: 'clouds.list', input: { limit: '{{ input.n }}' } } }, c: read('servers.list') }, ['start > a', 'a > b', 'b > c']); // prettier-ignore
    expect(kinds('performance', uses, past({})).filter((kind) => kind === 'parallelise')).toEqual([]);
  });

  test('a read that asks the same each time may be kept, a loop that only reads goes several at a time, what nobody looks at may go', () => {
    const graph = drawn({ start: { type: 'trigger', config: { mode: 'manual' } }, each: { type: 'loop', config: { type: 'for_each', items: 'input.all' } }, a: read('servers.list'), end: { type: 'notify', config: { channel: 'inapp', to: ['x'], title: 'Done' } } }, ['start > each', 'each.body > a', 'a > each.next', 'each.done > end']); // prettier-ignore
    const found = look('performance', graph, past({ a: {} }));
    expect(found.map(({ kind }) => kind)).toEqual(['slow', 'parallelise', 'cache']);
    expect(improved(graph, found[1]!.ops).nodes.find(({ key }) => key === 'each')!.config['parallel']).toBe(5);
    expect(improved(graph, found[2]!.ops).nodes.find(({ key }) => key === 'a')!.settings?.cacheSeconds).toBe(60);
    const idle = drawn({ start: { type: 'trigger', config: { mode: 'manual' } }, a: read('servers.list'), end: { type: 'notify', config: { channel: 'inapp', to: ['x'], title: 'Done' } } }, ['start > a', 'a > end']); // prettier-ignore
    const [unused] = look('cost', idle, past({ a: { medianMs: 1 } }));
    expect([unused!.kind, improved(idle, unused!.ops).nodes.map(({ key }) => key)]).toEqual(['unused', ['start', 'end']]);
  });

  test('what fails by what passes is worth another try where that does no harm; what has no key is told; what runs out of time gets more', () => {
    const call = (settings: Record<string, never> | object, method: string) => ({ type: 'http_api', config: { url: 'https://a.example.com', method }, settings }) as never; // prettier-ignore
    const graph = drawn({ start: { type: 'trigger', config: { mode: 'manual' } }, get: call({ retry: { maxAttempts: 1 } }, 'GET'), post: call({}, 'POST') }, ['start > get', 'get > post']); // prettier-ignore
    const found = look('reliability', graph, past({ get: { failed: 2, passing: 2 }, post: { timedOut: 1, failed: 1 } }));
    expect(found.map(({ kind, nodeIds }) => [kind, nodeIds[0]])).toEqual([['timeout', idOf('post')], ['retry', idOf('get')], ['idempotency', idOf('post')]]); // prettier-ignore
    for (const { ops } of found) expect(improved(graph, ops).nodes).toHaveLength(3);
    expect(kinds('reliability', graph, past({}))).toEqual(['idempotency']);
  });

  test('edits that would keep an error from ending a run', () => {
    const [node] = drawn({ a: { type: 'http_api', config: { url: 'https://a.example.com', method: 'GET' } } }, []).nodes;
    const fault = { type: 'x', message: 'm', retryable: true };
    expect(editsFor(node!, { ...fault, class: 'timeout' }).map(({ edit }) => (edit as { set: { settings: object } }).set.settings)).toEqual([{ timeoutSeconds: 600 }]); // prettier-ignore
    expect(editsFor(node!, { ...fault, class: 'provider' }).map(({ edit }) => (edit as { set: { settings: object } }).set.settings)).toEqual([{ retry: { maxAttempts: 5 } }]); // prettier-ignore
    expect(editsFor({ ...node!, config: { url: 'x', method: 'POST' } }, { ...fault, class: 'transient' })).toEqual([]);
    expect(secretsNamed({ a: 'secret://ONE', b: ['{{ secrets.TWO }}', 'secret://ONE'] })).toEqual(['ONE', 'TWO']);
  });
});

describe('of executions', () => {
  let run: WorkflowWorld;
  beforeAll(async () => void (run = await workflowWorld()));
  afterAll(() => run.world.stop(5_000));
  beforeEach(() => run.beforeEach());

  test('a diagnosis names the record that failed first, why, what it rests on, and what a person can do', async () => {
    run.lamps.fail = new Error('The fuse is gone');
    const begun = await run.begin({ ...one({ operation: 'lamps.light', input: { name: 'porch' } }), after: set('input') }, 'start -> op -> after');
    await run.ended(begun);
    const told = await run.world.done(executionsDiagnose, { id: begun }, run.ana);
    expect(told).toMatchObject({ source: 'rules', cause: { nodeKey: 'op', certain: true }, executionId: begun });
    expect(told.evidence.map(({ kind }) => kind).slice(0, 2)).toEqual(['record', 'change']);
    expect(told.cause!.recordId).toBe(told.evidence[0]!.id);
    expect(told.text).toContain('“op” failed');
    expect(told.advice.length).toBeGreaterThan(0);

    // It quotes both: the execution, and the draft of its workflow.
    for (const half of ['workflows:read', 'executions:read'] as const) {
      const dan = run.world.as({ name: 'dan', permissions: ['ai:generate', half] });
      expect((await run.world.refused(executionsDiagnose, { id: begun }, dan)).slug, half).toBe('permission-denied');
    }
  });

  test('one that went well has no cause, and what was measured is told of its workflow', async () => {
    const begun = await run.begin({ op: set('1 + 1') }, 'start -> op');
    await run.ended(begun);
    const told = await run.world.done(executionsDiagnose, { id: begun }, run.ana);
    expect(told).toMatchObject({ cause: null, ops: [], text: 'It went well: there is nothing to diagnose.' });
    const better = await run.world.done(workflowsOptimize, { id: told.workflowId }, run.ana);
    expect(better.measured).toMatchObject({ executions: 1, failed: 0 });
  });
});
