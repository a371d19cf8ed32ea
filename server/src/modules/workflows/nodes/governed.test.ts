import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createNodeRun, faultOf, outputOf, type Setting } from '#test/lone-node.ts';
import type { Json } from '../graph.ts';
import { byConfig, type AnyNodeType, type CallOutcome, type Result, type Woken } from './declare.ts';
import { maintenance } from './maintenance/index.ts';
import { batchOf } from './maintenance/rules.ts';
import { monitoring } from './monitoring/index.ts';
import { operation } from './operation/index.ts';
import { isAlready } from './operation/outcome.ts';

type Asleep = Extract<Result, { waits: unknown }>;
const asleep = (result: Result): Asleep => {
  if (!('waits' in result)) throw new Error(`it does not wait: ${JSON.stringify(result)}`);
  return result;
};
const refuse = (slug: string, status: number, more: object = {}): CallOutcome => ({
  status: 'refused',
  problem: { slug, status, detail: slug, ...more },
});
const done = (output: Json): CallOutcome => ({ status: 'done', output, changeId: null });
const ended = (changeId: string, state = 'succeeded'): Woken => ({ kind: 'change', changeId, state, result: { of: changeId }, error: null });

describe('workflows 32: operation', () => {
  test('too much now: it is asked again at the time that was said, and the call is another', async () => {
    let times = 0;
    const node = createNodeRun({ call: () => (times++ === 0 ? refuse('rate-limited', 429, { retryAfterSeconds: 30 }) : done('x')) });
    const waiting = asleep(await node.start(operation, { operation: 'a.b' }));
    expect(waiting.waits).toMatchObject([{ kind: 'timer' }]);
    const wait = waiting.waits[0]!;
    expect(wait.kind === 'timer' && wait.at.getTime() - Date.now()).toBeGreaterThan(28_000);
    expect(outputOf(await node.resume(operation, { operation: 'a.b' }, { kind: 'timer' }, waiting.state!))).toMatchObject({
      status: 'done',
      result: 'x',
    });
    expect(new Set(node.calls.map(({ tag }) => tag)).size).toBe(2);
  });

  test('a Change is waited for with its state kept; people are all that it may wait for', async () => {
    const node = createNodeRun({ call: (_name, { id }) => ({ status: 'accepted', changeId: `c-${String(id)}`, changeNumber: 'CHG-1', state: id === 'b' ? 'queued' : 'awaiting_approval' }) });
    const config = { operation: 'a.b', targets: { items: '["a", "b", "c"]' }, parallel: 2 };
    const first = asleep(await node.start(operation, config));
    expect([first.waits.map((wait) => wait.kind === 'change' && wait.changeId), first.paused]).toEqual([['c-a', 'c-b'], undefined]);
    const second = asleep(await node.resume(operation, config, ended('c-b'), first.state!));
    expect([second.waits.map((wait) => wait.kind === 'change' && wait.changeId), second.paused]).toEqual([['c-a', 'c-c'], true]);
    const third = asleep(await node.resume(operation, config, ended('c-c', 'expired'), second.state!));
    const fault = await faultOf(node.resume(operation, config, ended('c-a'), third.state!));
    expect(fault).toMatchObject({ type: 'approval-expired', details: { count: 3, failed: 1 } });
    expect(node.calls).toHaveLength(3);
  }); // prettier-ignore

  test('the same input is the same call, whatever its place; the same twice are two', async () => {
    const tags = async (items: string) => {
      const node = createNodeRun({ call: () => done(null) });
      await node.start(operation, { operation: 'a.b', targets: { items } });
      return node.calls.map(({ tag }) => tag);
    };
    const [a, b, again] = await tags('["a", "b", "a"]');
    expect(await tags('["b", "a"]')).toEqual([b, a]);
    expect(again).not.toBe(a);
  });

  test('what is refused goes to `denied` where somebody listens, else it is an error; what is so already is fine', async () => {
    const refused = refuse('policy-denied', 403, { rules: ['r'] });
    const run = (call: CallOutcome, more: Partial<Setting> = {}, config = {}) => createNodeRun({ call: () => call, ...more }).start(operation, { operation: 'servers.start', input: { id: 'x' }, ...config });
    expect(outputOf(await run(refused, { connected: ['denied'] }))).toMatchObject({ to: 'denied', error: { type: 'policy-denied', details: { rules: ['r'] } } });
    expect(await faultOf(run(refused, { connected: [] }))).toMatchObject({ type: 'policy-denied', class: 'policy' });
    expect(await faultOf(run(refuse('server-not-found', 404), { connected: ['denied'] }))).toMatchObject({ class: 'not_found' });
    const already = refuse('invalid-state', 409, { state: 'running' });
    expect(outputOf(await run(already))).toMatchObject({ status: 'already' });
    expect(await faultOf(run(already, {}, { ifAlready: 'error' }))).toMatchObject({ type: 'invalid-state', class: 'conflict' });
    expect(isAlready('servers.resize', { slug: 'invalid-state', status: 409, detail: '', state: 'creating' })).toBe(false);
  }); // prettier-ignore

  test('a dry run asks for plans alone; an invalid configuration is found; the example is a valid one', async () => {
    const node = createNodeRun({ call: () => ({ status: 'planned', plan: { summary: 'p' }, risk: 'high', requirements: [] }) });
    expect(await node.simulate(operation, { operation: 'a.b', targets: { items: '["a", "b"]' } })).toMatchObject({ would: [{ operation: 'a.b', input: { id: 'a' }, status: 'planned', plan: { risk: 'high' } }, { input: { id: 'b' } }] });
    expect(node.calls.every(({ dryRun }) => dryRun)).toBe(true);
    expect(operation.check!({ operation: 'a.b', targets: { items: 'x', operation: 'y.list' } })).toMatchObject([{ severity: 'error', pointer: '/targets' }]);
    expect([byConfig(operation.effect, { operation: 'servers.list' }), byConfig(operation.effect, { operation: 'servers.reboot' })]).toEqual(['read', 'effect']);
    for (const type of [operation, monitoring, maintenance] as AnyNodeType[]) expect((type.config as typeof operation.config).safeParse(type.example).success).toBe(true);
  }); // prettier-ignore

  test('what is secret of the inputs stands in no wait, and is there again when the node goes on', async () => {
    const input = z.object({ id: z.string(), name: z.string().optional(), pin: z.string().meta({ secret: true }) });
    const operations = new Map([['a.b', { input }]]);
    let times = 0;
    const late = createNodeRun({ operations, call: () => (times++ === 0 ? refuse('rate-limited', 429, { retryAfterSeconds: 30 }) : done('x')) });
    const once = { operation: 'a.b', input: { id: 'one', name: 'hall', pin: 'pin-4711' } };
    const waiting = asleep(await late.start(operation, once));
    expect(JSON.stringify(waiting.state)).toContain('hall');
    expect(JSON.stringify(waiting.state)).not.toContain('4711');
    // What is not secret goes on as it began, whatever the settings say meanwhile.
    await late.resume(operation, { ...once, input: { ...once.input, name: 'other' } }, { kind: 'timer' }, waiting.state!);
    expect(late.calls.map((call) => call.input)).toEqual([once.input, once.input]);
    const each = { operation: 'a.b', input: { pin: 'pin-4711' }, targets: { items: '["a", "b"]' }, canary: 1, batch: { size: 1, pauseSeconds: 60 } };
    const rolling = createNodeRun({ operations, call: () => done(null) });
    const paused = asleep(await rolling.start(maintenance, each));
    expect(JSON.stringify(paused.state)).not.toContain('4711');
    await rolling.resume(maintenance, each, { kind: 'timer' }, paused.state!);
    expect(rolling.calls.map((call) => call.input)).toEqual([{ pin: 'pin-4711', id: 'a' }, { pin: 'pin-4711', id: 'b' }]);
  }); // prettier-ignore

  test('targets that an Operation lists are read page by page, and filtered', async () => {
    const pages = (_name: string, { cursor }: Record<string, unknown>): CallOutcome => done(cursor === 'next' ? { items: [{ id: '3', on: true }], nextCursor: null } : { items: [{ id: '1', on: true }, { id: '2', on: false }], nextCursor: 'next' });
    const node = createNodeRun({ call: (name, input) => (name === 'lamps.list' ? pages(name, input) : done(input['id'] as string)) });
    const output = outputOf(await node.start(operation, { operation: 'lamps.go', targets: { operation: 'lamps.list', where: 'item.on' } }));
    expect(output).toMatchObject({ count: 2, targets: [{ result: '1' }, { result: '3' }] });
  }); // prettier-ignore
});

describe('workflows 32: monitoring', () => {
  const state = (status: string) => (): CallOutcome => done({ id: 's', status });
  const resource = { probe: 'resource', id: 's', condition: 'result.item.status == "running"' };
  test('a check is well or not well, by its condition; nobody there is not well', async () => {
    expect(outputOf(await createNodeRun({ call: state('running') }).start(monitoring, resource))).toMatchObject({ to: 'ok', healthy: true });
    expect(outputOf(await createNodeRun({ call: state('stopped') }).start(monitoring, { ...resource, action: 'query' }))).toMatchObject({ to: 'breached', result: { item: { status: 'stopped' } } });
    expect(outputOf(await createNodeRun({ call: () => refuse('server-not-found', 404) }).start(monitoring, resource))).toMatchObject({ to: 'breached', result: { reached: false } });
    expect(await faultOf(createNodeRun({ call: () => refuse('permission-denied', 403) }).start(monitoring, resource))).toMatchObject({ class: 'permission' });
    expect(outputOf(await createNodeRun({ lab: true }).start(monitoring, { probe: 'tcp', host: '127.0.0.1', port: 8443 }))).toMatchObject({ to: 'breached', result: { reached: false } });
    expect(await faultOf(createNodeRun({ call: state('x') }).start(monitoring, { ...resource, condition: 'result.item.status' }))).toMatchObject({ type: 'type-error' });
  }); // prettier-ignore
  test('a threshold is breached once the figure has lain beyond it for its time', async () => {
    let figure = 5;
    const node = createNodeRun({ call: () => done({ id: 's', load: figure }) });
    const config = { ...resource, action: 'threshold', value: 'result.item.load', operator: '>', limit: 10, forSeconds: 60 };
    expect(outputOf(await node.start(monitoring, config))).toMatchObject({ to: 'ok' });
    figure = 20;
    const waiting = asleep(await node.start(monitoring, config));
    const began = new Date(Date.now() - 61_000).toISOString();
    expect(outputOf(await node.resume(monitoring, config, { kind: 'timer' }, { ...(waiting.state as object), beyondSince: began }))).toMatchObject({
      to: 'breached',
      checks: 2,
    });
    expect(outputOf(await node.start(monitoring, { ...config, forSeconds: 0 }))).toMatchObject({ to: 'breached', checks: 1 });
  });
  test('a figure that has to be agreed to is kept by the Operation itself once it is; nothing of it is kept before', async () => {
    const config = { action: 'emit_metric', metric: 'edge.latency', labels: { host: '{{ input.host }}' }, value: 'input.ms', unit: 'ms' };
    const sample = { name: 'edge.latency', labels: { host: 'a' }, value: 3, unit: 'ms' };
    const call: Setting['call'] = (_name, _input, { dryRun }) =>
      dryRun === true ? { status: 'planned', plan: {}, risk: 'write', requirements: [{ approvals: 1 }] } : { status: 'accepted', changeId: 'c', changeNumber: 'CHG-1', state: 'awaiting_approval' };
    const node = createNodeRun({ input: { host: 'a', ms: 3 }, call });
    const waiting = asleep(await node.start(monitoring, config));
    expect([waiting.waits, waiting.paused]).toEqual([[{ kind: 'change', changeId: 'c' }], true]);
    expect(node.calls.map(({ operation: name, input, dryRun }) => [name, input, dryRun])).toEqual([['workflowMetrics.record', sample, true], ['workflowMetrics.record', sample, false]]);
    const agreed: Woken = { ...ended('c'), result: { ...sample, lastValue: 3 } } as Woken;
    expect(outputOf(await node.resume(monitoring, config, agreed, waiting.state!))).toEqual({ to: 'ok', name: 'edge.latency', labels: { host: 'a' }, value: 3, kept: true });
    expect(await faultOf(node.resume(monitoring, config, ended('c', 'rejected'), waiting.state!))).toMatchObject({ type: 'approval-rejected' });
  }); // prettier-ignore
  test('what is missing is found', () => {
    expect(monitoring.check!({ action: 'emit_metric' })).toMatchObject([{ pointer: '/metric' }, { pointer: '/value' }]);
    expect(monitoring.check!({ action: 'threshold', probe: 'metric', metric: 'x' })).toMatchObject([{ pointer: '/limit' }]);
    expect(monitoring.check!({ action: 'query', probe: 'metric' })).toMatchObject([{ pointer: '/metric' }]);
    expect(monitoring.check!({ action: 'emit_metric', value: '1', metric: '9 lives', labels: { 'a b': 'x' } })).toMatchObject([{ pointer: '/metric', message: expect.stringContaining('beginning with a letter') }, { pointer: '/labels', message: expect.stringContaining('Names of labels') }]); // prettier-ignore
    expect(monitoring.check!({ action: 'emit_metric', value: '1', metric: '{{ input.name }}', labels: { host: '{{ input.host }}' } })).toEqual([]);
    expect(byConfig(monitoring.effect, { action: 'emit_metric' })).toBe('effect');
    expect(monitoring.check!({ action: 'check' })).toMatchObject([{ pointer: '/url' }]);
    expect(monitoring.check!({ action: 'threshold', probe: 'tcp', host: 'x' })).toMatchObject([{ pointer: '/value' }, { pointer: '/limit' }]);
    expect(monitoring.check!({ action: 'alert.raise' })).toMatchObject([{ pointer: '/key' }]);
    expect([
      byConfig(monitoring.effect, {}),
      byConfig(monitoring.effect, { action: 'wait_until' }),
      byConfig(monitoring.effect, { action: 'heartbeat' }),
    ]).toEqual(['read', 'wait', 'effect']);
  });
});

describe('workflows 32: maintenance', () => {
  test('the canaries go first and alone, then batches, and nobody is left out or taken twice', () => {
    const batches = (total: number, canary: number, size: number) => Array.from({ length: 6 }, (_, at) => batchOf(total, at, { canary, size })).filter((batch) => batch.length > 0);
    expect(batches(5, 1, 2)).toEqual([[0], [1, 2], [3, 4]]);
    expect(batches(4, 0, 3)).toEqual([[0, 1, 2], [3]]);
    expect(batches(2, 5, 1)).toEqual([[0, 1]]);
  }); // prettier-ignore
  test('between batches it waits, and a dry run asks for plans alone', async () => {
    const config = { operation: 'a.b', targets: { items: '["a", "b"]' }, canary: 1, batch: { size: 1, pauseSeconds: 60 } };
    const node = createNodeRun({ call: () => done(null) });
    const waiting = asleep(await node.start(maintenance, config));
    expect([waiting.waits.map(({ kind }) => kind), node.calls.length]).toEqual([['timer'], 1]);
    expect(outputOf(await node.resume(maintenance, config, { kind: 'timer' }, waiting.state!))).toMatchObject({ status: 'completed', done: 2 });
    const dry = createNodeRun({ call: () => ({ status: 'planned', plan: {}, risk: 'write', requirements: [] }) });
    expect(await dry.simulate(maintenance, config)).toMatchObject({ would: [{ input: { id: 'a' } }, { input: { id: 'b' } }] });
    expect(dry.calls.every(({ dryRun }) => dryRun)).toBe(true);
    expect(maintenance.check!({ targets: {} })).toMatchObject([{ pointer: '/operation' }]);
    expect(maintenance.check!({ action: 'reboot.rolling', targets: {} })).toEqual([]);
  });
});
