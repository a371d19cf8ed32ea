import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WorkContext } from '#kernel/work.ts';
import { providerOf } from '#kernel/port.ts';
import { draw, publish, startOf, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { workflowMetricsDelete } from '#modules/workflows/metrics/operations/workflowMetrics.delete.ts';
import { workflowMetricsFigures } from '#modules/workflows/metrics/operations/workflowMetrics.figures.ts';
import { workflowMetricsList } from '#modules/workflows/metrics/operations/workflowMetrics.list.ts';
import { workflowMetricsRecord } from '#modules/workflows/metrics/operations/workflowMetrics.record.ts';
import { workflowMetricsSamples } from '#modules/workflows/metrics/operations/workflowMetrics.samples.ts';
import { MOST_SAMPLES, MOST_SERIES, rangeOf } from '#modules/workflows/metrics/rules.ts';
import { pruneMetrics } from '#modules/workflows/metrics/store.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { eventually, set, workflowWorld, type WorkflowWorld } from './workflow-world.ts';

let here: WorkflowWorld;
beforeAll(async () => void (here = await workflowWorld()));
afterAll(() => here.world.close());
beforeEach(async () => {
  here.beforeEach();
  await here.sql('delete from workflow_metrics');
});

const emit = (config: Record<string, Json>): Drawn => ({
  m: ['monitoring', { action: 'emit_metric', metric: 'edge.latency', value: 'input.ms', ...config }],
});
const probe = (config: Record<string, Json>): Drawn => ({
  m: ['monitoring', { action: 'check', probe: 'metric', metric: 'edge.latency', ...config }],
  ok: set('"well"'),
  late: set('"not well"'),
});
const LINES = 'start -> m, m.ok -> ok, m.breached -> late';
const listed = async (who = here.ana) => (await here.world.done(workflowMetricsList, {}, who)).items;
const keep = (name: string, value: number, labels: Record<string, string> = {}, unit?: string) =>
  here.world.done(workflowMetricsRecord, { name, value, labels, ...(unit === undefined ? {} : { unit }) }, here.ana);
const counted = async () => (await here.sql<{ n: number }>('select count(*)::int as n from workflow_metric_samples'))[0]!.n;

describe('workflows 32: figures that workflows keep', () => {
  test('a figure is kept once with the checkpoint, in the series of its name and labels', async () => {
    const nodes = emit({ labels: { host: '{{ input.host }}' }, unit: 'ms' });
    for (const [host, ms] of [['a', 12.5], ['b', 3], ['a', 20]] as const)
      expect((await here.run(nodes, 'start -> m', { host, ms })).outputs).toEqual({ name: 'edge.latency', labels: { host }, value: ms, kept: true });
    expect(await listed()).toMatchObject([{ name: 'edge.latency', labels: { host: 'a' }, unit: 'ms', lastValue: 20, samples: 2 }, { labels: { host: 'b' }, lastValue: 3, samples: 1 }]);
    expect(await counted()).toBe(3);
    // The order in which labels are said makes no other series.
    await keep('x', 1, { a: '1', b: '2' });
    await keep('x', 2, { b: '2', a: '1' });
    expect((await listed()).filter(({ name }) => name === 'x')).toMatchObject([{ lastValue: 2, samples: 2 }]);
  }); // prettier-ignore

  test('what fails afterwards takes nothing back, and what fails with it leaves nothing', async () => {
    const failing = { ...emit({ value: '7' }), f: ['fail', { message: 'no' }] } as Drawn;
    expect((await here.run(failing, 'start -> m, m.ok -> f')).status).toBe('failed');
    expect(await counted()).toBe(1);
    await here.sql('update workflow_metrics set samples = $1', [MOST_SAMPLES]);
    expect((await here.run(emit({ value: '8' }), 'start -> m')).error).toMatchObject({ type: 'workflow-metrics-full', message: expect.stringContaining('Keep it less often') });
    expect(await counted()).toBe(1);
  }); // prettier-ignore

  test('a dry run keeps nothing and tells what it would keep; who may not keep figures is told there as well', async () => {
    const engine = providerOf(here.world.adapters)(Engine);
    const dry = async (who = here.ana) => {
      const published = await publish(here.world.databases, here.world.tenants.a, draw({ start: ['trigger', { mode: 'manual' }], ...emit({ value: '5' }) }, 'start -> m')); // prettier-ignore
      const { executionId } = await engine.start({ ...startOf(published, who.actor), dryRun: true });
      return here.ended(executionId);
    };
    expect((await dry()).outputs).toEqual({ name: 'edge.latency', labels: {}, value: 5, kept: false });
    expect((await dry(here.world.as({ permissions: ['workflowMetrics:read'] }))).error).toMatchObject({ type: 'permission-denied' });
    expect(await counted()).toBe(0);
  });

  test('who may not write keeps none, who may not read looks at none, and another tenant has its own', async () => {
    const reader = here.world.as({ permissions: ['workflowMetrics:read'] });
    expect((await here.run(emit({ value: '1' }), 'start -> m', {}, reader)).error).toMatchObject({ type: 'permission-denied', class: 'permission' });
    const { id } = await keep('edge.latency', 4);
    expect((await here.run(probe({}), LINES, {}, reader)).outputs).toBe('well');
    expect((await here.run(probe({}), LINES, {}, here.world.as({ permissions: ['workflowMetrics:write'] }))).error).toMatchObject({ type: 'permission-denied' });
    const stranger = here.world.as({ tenant: 'b' });
    expect(await listed(stranger)).toEqual([]);
    expect(await here.world.done(workflowMetricsFigures, { name: 'edge.latency' }, stranger)).toMatchObject({ count: 0, last: null });
    for (const operation of [workflowMetricsSamples, workflowMetricsDelete]) expect((await here.world.refused(operation, { id }, stranger)).slug).toBe('workflow-metric-not-found');
    const scoped = here.world.as({ scope: { any: [{ type: 'workflowMetric', ids: [id] }] } });
    await keep('edge.latency', 400, { host: 'b' });
    expect((await listed(scoped)).map(({ lastValue }) => lastValue)).toEqual([4]);
    expect(await here.world.done(workflowMetricsFigures, { name: 'edge.latency' }, scoped)).toMatchObject({ series: 1, max: 4 });
  }); // prettier-ignore

  test('what does not fit is refused with what to do', async () => {
    const wrong = async (config: Record<string, Json>) => (await here.run(emit({ value: '1', ...config }), 'start -> m')).error;
    expect(await wrong({ metric: '9 lives' })).toMatchObject({ type: 'node-config-invalid', message: expect.stringContaining('metric') });
    expect(await wrong({ labels: { 'a b': 'x' } })).toMatchObject({ type: 'node-config-invalid', message: expect.stringContaining('labels: Names of labels') });
    expect(await wrong({ labels: { host: 'x'.repeat(101) } })).toMatchObject({ type: 'node-config-invalid', message: expect.stringContaining('labels.host') });
    expect(await wrong({ labels: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`l${n}`, 'x'])) })).toMatchObject({ message: expect.stringContaining('At most 8') });
    expect(await wrong({ value: '"many"' })).toMatchObject({ type: 'type-error', class: 'expression' });
    expect(await wrong({ value: '1.0 / 0.0' })).toMatchObject({ class: 'expression' });
    await keep('edge.latency', 1, {}, 'ms');
    expect(await wrong({ unit: 's' })).toMatchObject({ type: 'workflow-metric-unit-differs', class: 'conflict' });
    await here.sql(`insert into workflow_metrics (tenant_id, id, name, labels, labels_key, last_value, last_at, samples) select $1, gen_random_uuid(), 'm' || n, '{}', '[]', 1, now(), 1 from generate_series(1, $2::int) n`, [here.world.tenants.a, MOST_SERIES - 1]);
    expect(await wrong({ metric: 'another' })).toMatchObject({ type: 'workflow-metrics-full', message: expect.stringContaining(`${MOST_SERIES} series`) });
    expect((await here.world.refused(workflowMetricsRecord, { name: 'another', value: 1 }, here.ana)).slug).toBe('workflow-metrics-full');
    expect(await counted()).toBe(1);
  }); // prettier-ignore

  test('a workflow decides by what its figures came to: check, query, threshold and waiting', async () => {
    expect((await here.run(probe({}), LINES)).outputs).toBe('not well');
    for (const value of [10, 20, 60]) await keep('edge.latency', value, { host: 'a' });
    await keep('edge.latency', 2, { host: 'b' });
    const seen = async (config: Record<string, Json>) => (await here.run(probe(config), LINES)).records['m']!.output as Record<string, Json>;
    expect(await seen({ labels: { host: 'a' }, aggregate: 'avg' })).toMatchObject({ healthy: true, result: { reached: true, value: 30, series: 1, count: 3, last: 60, min: 10, max: 60, sum: 90 } });
    expect(await seen({ action: 'query', aggregate: 'sum' })).toMatchObject({ result: { value: 92, series: 2, last: 2 } });
    expect(await seen({ labels: { host: 'c' } })).toMatchObject({ healthy: false, result: { reached: false, count: 0 } });
    expect(await seen({ condition: 'result.value < 5.0' })).toMatchObject({ healthy: true });
    const limit = { action: 'threshold', aggregate: 'max', labels: { host: 'a' }, forSeconds: 0 };
    expect((await here.run(probe({ ...limit, limit: 50 }), LINES)).outputs).toBe('not well');
    expect((await here.run(probe({ ...limit, limit: 60 }), LINES)).outputs).toBe('well');
    expect((await here.run(probe({ ...limit, value: 'result.count', limit: 2 }), LINES)).outputs).toBe('not well');
    // Older than the window is as good as not there.
    await here.sql(`update workflow_metric_samples set at = at - interval '10 minutes'`);
    expect((await here.run(probe({}), LINES)).outputs).toBe('not well');
    expect((await here.run(probe({ windowSeconds: 3_600 }), LINES)).outputs).toBe('well');
    const id = await here.begin(probe({ action: 'wait_until', condition: 'result.value >= 99.0', everySeconds: 3_600, forSeconds: 7_200 }), LINES);
    await eventually(() => here.sql(`select kind from execution_waits where execution_id = $1 and state = 'open'`, [id])).toEqual([{ kind: 'timer' }]);
    await keep('edge.latency', 99, { host: 'a' });
    await here.sql(`update execution_waits set due_at = now() where execution_id = $1`, [id]);
    await here.sql(`update workflow_executions set wake_at = now() where id = $1`, [id]);
    expect(await here.ended(id)).toMatchObject({ outputs: 'well', records: { m: { output: { checks: 2 } } } });
  }); // prettier-ignore
});

describe('what is kept', () => {
  test('is listed page by page, found by its name, and shown in steps', async () => {
    for (const [name, host] of [['b.one', 'y'], ['a.two', 'x'], ['b.one', 'x']] as const) await keep(name, 1, { host });
    const first = await here.world.done(workflowMetricsList, { limit: 2 }, here.ana);
    const second = await here.world.done(workflowMetricsList, { limit: 2, cursor: first.nextCursor! }, here.ana);
    expect([...first.items, ...second.items].map(({ name, labels }) => [name, labels['host']])).toEqual([['a.two', 'x'], ['b.one', 'x'], ['b.one', 'y']]);
    expect(second.nextCursor).toBeNull();
    expect((await here.world.done(workflowMetricsList, { q: 'TWO' }, here.ana)).items).toHaveLength(1);
    const { id } = second.items[0]!;
    const [from, to] = ['2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00.000Z'];
    for (const [at, value] of [['10:00:00', 1], ['10:00:59', 3], ['10:01:00', 10], ['10:59:59.999', 7], ['11:00:00', 99], ['09:59:59', 99]] as const)
      await here.sql(`insert into workflow_metric_samples (tenant_id, id, metric_id, at, value) values ($1, gen_random_uuid(), $2, $3, $4)`, [here.world.tenants.a, id, `2026-11-20T${at}Z`, value]);
    const { points, stepSeconds } = await here.world.done(workflowMetricsSamples, { id, from, to, step: 60 }, here.ana);
    expect(stepSeconds).toBe(60);
    expect(points).toEqual([
      { at: from, avg: 2, min: 1, max: 3, count: 2 },
      { at: '2026-11-20T10:01:00.000Z', avg: 10, min: 10, max: 10, count: 1 },
      { at: '2026-11-20T10:59:00.000Z', avg: 7, min: 7, max: 7, count: 1 },
    ]);
    expect((await here.world.refused(workflowMetricsSamples, { id, from, to, step: 1 }, here.ana)).extras).toMatchObject({ errors: [{ pointer: '/step', message: expect.stringContaining('8 or more') }] });
    expect((await here.world.refused(workflowMetricsSamples, { id, from: to, to: from }, here.ana)).extras).toMatchObject({ errors: [{ pointer: '/from' }] });
    expect((await here.world.done(workflowMetricsSamples, { id }, here.ana)).points).toHaveLength(1);
  }); // prettier-ignore

  test('never comes to more points than are answered at once', () => {
    const now = new Date('2026-11-22T00:00:00Z');
    for (const from of ['2026-11-21T23:59:59Z', '2026-11-21T00:00:00Z', '2026-10-23T00:00:00Z', '2025-11-22T00:00:00Z'])
      for (const step of [undefined, 1, 7, 60, 3_600, 86_400]) {
        const range = rangeOf({ from, step }, now);
        if ('pointer' in range) expect(range.message).toMatch(/At most 500 points/);
        else expect(Math.ceil((now.getTime() - range.from.getTime()) / 1_000 / range.stepSeconds) + 1).toBeLessThanOrEqual(500);
      }
  });

  test('goes after thirty days, and a series with its last sample', async () => {
    const [old, young] = [await keep('old', 1), await keep('young', 1)];
    for (const value of [2, 3, 4]) await keep('young', value);
    await here.sql(`update workflow_metric_samples set at = at - interval '31 days' where metric_id = $1 or value < 3`, [old.id]);
    const tx = <T>(work: (ctx: WorkContext) => Promise<T>): Promise<T> =>
      here.world.databases.tenant({ tenantId: here.world.tenants.a }, (db) => work({ db, tenantId: here.world.tenants.a, now: () => new Date() } as WorkContext));
    await pruneMetrics({ tx }, 1);
    expect(await listed()).toMatchObject([{ id: young.id, samples: 2 }]);
    expect(await counted()).toBe(2);
  }); // prettier-ignore

  test('is deleted as a Change that says what is lost', async () => {
    const { id } = await keep('edge.latency', 1);
    const change = await here.world.carriedOut(workflowMetricsDelete, { id }, here.ana, here.bob);
    expect(change).toMatchObject({ state: 'succeeded', risk: 'high', plan: { dataLoss: '1 samples' } });
    expect(await counted()).toBe(0);
    expect((await here.world.refused(workflowMetricsDelete, { id }, here.world.as({ permissions: ['workflowMetrics:write'] }))).slug).toMatch(/denied|not-found/);
  }); // prettier-ignore
});
