import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type Person, type World } from '../../../../test/world.ts';
import { providerOf } from '#kernel/port.ts';
import { Engine, type Answer } from '../providers/port.ts';
import { NodeError } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { RetryPolicy, type Json } from '../graph.ts';
import { requestCancel } from './control.ts';
import { bare, draw, publish, startOf, type Drawn } from './testing.ts';
import { probes, type Probe } from './probes.ts';

let world: World;
let ana: Person;
let probe: Probe;
beforeAll(async () => {
  probe = probes();
  world = await createWorld({ modules: [bare], workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = world.as({ name: 'ana' });
});
afterAll(() => world.close());

const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
  world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<R>(text, values)).rows);

async function run(nodes: Drawn, lines: string, inputs: Json = {}, settings: Record<string, unknown> = {}): Promise<Answer & { records: { key: string; path: string; status: string; output: Json; error: Json; attempt: number }[] }> {
  const engine = providerOf(world.adapters)(Engine);
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines), settings);
  const { executionId } = await engine.start(startOf(published, ana.actor, inputs));
  const answer = await engine.answered(executionId, 'end', 60_000);
  if (!answer) throw new Error(`it does not end: ${JSON.stringify(await sql('select status, wake_at from workflow_executions where id = $1', [executionId]))} ${world.faults.join('\n')}`);
  const records = await sql<{ key: string; path: string; status: string; output: Json; error: Json; attempt: number }>('select node_key as key, path, status, output, error, attempt from node_executions where execution_id = $1 order by started_at, id', [executionId]);
  return { ...answer, records };
} // prettier-ignore

const set = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];

describe('pure graphs', () => {
  test('a chain hands its value on', async () => {
    const { status, outputs, records } = await run({ add: set('input.n + 1'), twice: set('input * 2') }, 'start -> add -> twice', { n: 20 });
    expect(world.faults).toEqual([]);
    expect({ status, outputs }).toEqual({ status: 'completed', outputs: 42 });
    expect(records.map(({ key, status: state }) => [key, state])).toEqual([['start', 'completed'], ['add', 'completed'], ['twice', 'completed']]); // prettier-ignore
  });
});

describe('branches', () => {
  test('a branch that is not taken is skipped with all behind it, and a Merge waits for live ones only', async () => {
    const { outputs, records } = await run(
      { ask: ['conditional', { expression: 'input.n > 1' }], yes: set('"yes"'), no: set('"no"'), after: set('input'), both: ['merge', { inputs: 2 }], last: set('input') },
      'start -> ask, ask.true -> yes -> both.in1, ask.false -> no -> after -> both.in2, both -> last',
      { n: 2 },
    ); // prettier-ignore
    expect(outputs).toEqual({ yes: 'yes' });
    expect(records.filter(({ status }) => status === 'skipped').map(({ key }) => key)).toEqual(['no', 'after']);
  });

  test('workflows 72: Independent branches overlap in time; `fail_fast` aborts the other branch within 1 s', async () => {
    probe.most = 0;
    const fine = await run({ a: ['read_probe', { ms: 60, value: 1 }], b: ['read_probe', { ms: 60, value: 2 }] }, 'start -> a, start -> b');
    expect(fine.outputs).toEqual({ a: 1, b: 2 });
    expect(probe.most).toBe(2);
    const from = Date.now();
    const { status, records } = await run({ slow: ['read_probe', { ms: 20_000 }], bad: ['read_probe', { fails: 9, class: 'validation' }] }, 'start -> slow, start -> bad');
    expect(status).toBe('failed');
    expect(Date.now() - from).toBeLessThan(5_000);
    expect(probe.now).toBe(0);
    expect(records.find(({ key }) => key === 'slow')?.status).toBe('cancelled');
  }); // prettier-ignore

  test('workflows 73: `continue_on_error` ends partial_success, `collect_errors` lists every error', async () => {
    const graph: Drawn = { a: ['read_probe', { fails: 9, class: 'validation' }], b: ['read_probe', { fails: 9, class: 'conflict' }], c: set('3'), d: set('4') };
    const partial = await run(graph, 'start -> a -> d, start -> b, start -> c', {}, { failureMode: 'continue_on_error' });
    expect([partial.status, partial.outputs]).toEqual(['partial_success', 3]);
    const all = await run(graph, 'start -> a -> d, start -> b, start -> c', {}, { failureMode: 'collect_errors' });
    expect(all.status).toBe('failed');
    const [row] = await sql<{ errors: { nodeKey: string }[] }>('select errors from workflow_executions where id = $1', [all.executionId]);
    expect(row!.errors.map(({ nodeKey }) => nodeKey).sort()).toEqual(['a', 'b']);
  }); // prettier-ignore

  test('workflows 37: Merge `any` with `cancelRest` cancels the slower branch, `join` matches by key', async () => {
    const first = await run({ fast: set('"fast"'), slow: ['read_probe', { ms: 20_000 }], m: ['merge', { policy: 'any', combine: 'pick', input: 'in1', cancelRest: true }] }, 'start -> fast -> m.in1, start -> slow -> m.in2');
    expect([first.status, first.outputs]).toEqual(['completed', 'fast']);
    expect(first.records.find(({ key }) => key === 'slow')?.status).toBe('cancelled');
    const joined = await run({ a: set('[{"id": 1, "a": "x"}, {"id": 2, "a": "y"}]'), b: set('[{"id": 2, "b": "z"}]'), m: ['merge', { combine: 'join', key: 'item.id', joinType: 'left' }] }, 'start -> a -> m.in1, start -> b -> m.in2');
    expect(joined.outputs).toEqual([{ id: 1, a: 'x' }, { id: 2, a: 'y', b: 'z' }]);
  }); // prettier-ignore
});

describe('errors', () => {
  test('workflows 74: a class that is tried again is tried so often and no more, each attempt is its own record; others are not', async () => {
    const retry = { maxAttempts: 3, initialDelayMs: 5, maxDelayMs: 10 };
    const fine = await run({ r: ['put_probe', { fails: 2, value: 'ok' }, { retry }] }, 'start -> r');
    expect([fine.status, fine.outputs]).toEqual(['completed', 'ok']);
    expect(fine.records.filter(({ key }) => key === 'r').map(({ attempt, status }) => [attempt, status])).toEqual([[1, 'failed'], [2, 'failed'], [3, 'completed']]); // prettier-ignore
    expect(new Set(probe.acts.filter(({ key }) => key === 'r').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const never = await run({ r: ['read_probe', { fails: 9, class: 'auth' }, { retry }] }, 'start -> r');
    expect([never.status, never.records.filter(({ key }) => key === 'r').length]).toEqual(['failed', 1]);
  });

  test('onError: `continue` hands the error on at main, `branch` at error, where expressions know it', async () => {
    const on = await run({ r: ['read_probe', { fails: 9, class: 'auth' }, { onError: 'continue' }], t: set('input.error.type') }, 'start -> r -> t');
    expect([on.status, on.outputs]).toEqual(['completed', 'probe-failed']);
    const branch = await run(
      { r: ['read_probe', { fails: 9, class: 'auth' }], t: set('error.class + " " + nodes.r.error.nodeKey') },
      'start -> r, r.error -> t',
    );
    expect([branch.status, branch.outputs]).toEqual(['completed', 'auth r']);
  });

  test('workflows 80: a node, and an execution, that takes longer than it may is ended as timed out', async () => {
    const node = await run({ r: ['post_probe', { ms: 20_000 }, { timeoutSeconds: 1 }] }, 'start -> r');
    expect([node.status, (node.error as { type: string }).type]).toEqual(['failed', 'node-timeout']);
    const all = await run({ r: ['read_probe', { ms: 20_000 }] }, 'start -> r', {}, { timeoutSeconds: 1 });
    expect(all.status).toBe('timed_out');
    expect(world.faults).toEqual([]);
  });

  test('an output above 64 KiB lies in a sealed blob and flows on; one of a sensitive node lies sealed too', async () => {
    const big = await run({ a: ['read_probe', { value: 'x'.repeat(200_000) }], b: set('size(input)') }, 'start -> a -> b');
    expect(big.outputs).toBe(200_000);
    expect(big.records.find(({ key }) => key === 'a')?.output).toBe(null);
    const secret = await run({ a: ['read_probe', { value: 'hush-hush' }, { sensitive: true }], b: set('size(input)') }, 'start -> a -> b');
    expect(secret.outputs).toBe(9);
    const rows = await sql('select row_to_json(n)::text as text from node_executions n where execution_id = $1', [secret.executionId]);
    expect(JSON.stringify(rows)).not.toContain('hush');
    expect(await sql('select 1 from node_executions where execution_id = $1 and sealed is not null', [secret.executionId])).toEqual([]);
  });

  test('what a sensitive node made stands neither in the body of a loop nor as what the execution made', async () => {
    const list: readonly [string, Record<string, Json>, Record<string, Json>] = ['read_probe', { value: ['hush-one', 'hush-two'] }, { sensitive: true }];
    const looped = await run({ a: list, l: ['loop', { type: 'for_each', items: 'input' }], b: set('size(input)') }, 'start -> a -> l, l.body -> b -> l.next');
    expect(looped.records.filter(({ key }) => key === 'b')).toHaveLength(2);
    const last = await run({ a: list }, 'start -> a');
    expect([last.status, last.outputs]).toEqual(['completed', null]);
    for (const { executionId } of [looped, last]) {
      const rows = await sql('select row_to_json(e)::text as run, (select json_agg(n)::text from node_executions n where n.execution_id = e.id) as nodes from workflow_executions e where id = $1', [executionId]);
      expect(JSON.stringify(rows)).not.toContain('hush');
    }
  }); // prettier-ignore
});

describe('loops', () => {
  const each = (config: Record<string, Json>): readonly [string, Record<string, Json>] => ['loop', { type: 'for_each', items: 'input', ...config }];

  test('workflows 34: Loop over 1000 items in order gives 1000 results; nested loops have correct iteration paths', async () => {
    const { outputs } = await run({ items: set('input.list'), l: each({}), twice: set('item * 2') }, 'start -> items -> l, l.body -> twice -> l.next', { list: Array.from({ length: 1000 }, (_, n) => n) }); // prettier-ignore
    expect((outputs as { results: number[] }).results).toEqual(Array.from({ length: 1000 }, (_, n) => n * 2));
    const nested = await run({ rows: set('[[1, 2], [3]]'), outer: each({ itemName: 'row' }), inner: each({ items: 'row', itemName: 'cell' }), cell: set('cell * 10'), sum: set('input.results') },
      'start -> rows -> outer, outer.body -> inner, inner.body -> cell -> inner.next, inner.done -> sum -> outer.next'); // prettier-ignore
    expect((nested.outputs as { results: Json }).results).toEqual([[10, 20], [30]]);
    expect(nested.records.filter(({ key }) => key === 'cell').map(({ path }) => path).sort()).toEqual(['0.0', '0.1', '1.0']); // prettier-ignore
  });

  test('workflows 34: with `parallel: 10` at most ten run at once; `breakWhen` stops; `maxIterations` errors', async () => {
    probe.most = 0;
    const list = Array.from({ length: 30 }, (_, n) => n);
    const fine = await run({ l: each({ items: 'input.list', parallel: 10 }), r: ['read_probe', { ms: 5 }] }, 'start -> l, l.body -> r -> l.next', {
      list,
    });
    expect((fine.outputs as { results: number[] }).results).toEqual(list);
    expect(probe.most).toBe(10);
    const broken = await run({ l: each({ items: 'input.list', breakWhen: 'result == 4' }), t: set('item') }, 'start -> l, l.body -> t -> l.next', {
      list,
    });
    expect(broken.outputs).toMatchObject({ broken: true, count: 5 });
    const over = await run({ l: each({ items: 'input.list', maxIterations: 10 }), t: set('item') }, 'start -> l, l.body -> t -> l.next', { list });
    expect([over.status, (over.error as { type: string }).type]).toEqual(['failed', 'loop-limit']);
  });

  test('workflows 35: A Loop with `onItemError: collect` finishes and lists the failed items with their errors', async () => {
    probe.on.set('pick', ({ input }) => { if (input === 2) throw new Error('two'); return input; }); // prettier-ignore
    const { status, outputs } = await run(
      { l: each({ items: '[1, 2, 3]', onItemError: 'collect' }), pick: ['post_probe', {}] },
      'start -> l, l.body -> pick -> l.next',
    );
    expect(status).toBe('completed');
    expect(outputs).toMatchObject({ results: [1, 3], failed: [{ index: 1, item: 2, error: { type: 'internal', nodeKey: 'pick' } }] });
    world.faults.length = 0;
  });

  test('while goes on with what came back, an accumulator folds', async () => {
    const while_ = await run(
      { l: ['loop', { type: 'while', condition: 'index == 0 || last < 20' }], t: set('index == 0 ? 1 : item * 2') },
      'start -> l, l.body -> t -> l.next',
    );
    expect((while_.outputs as { results: number[] }).results).toEqual([1, 2, 4, 8, 16, 32]);
    const fold = await run(
      { l: each({ items: '[1, 2, 3]', accumulator: { initial: 10, next: 'acc + result' } }), t: set('item') },
      'start -> l, l.body -> t -> l.next',
    );
    expect(fold.outputs).toMatchObject({ accumulator: 16 });
  });
});

describe('the whole tried again', () => {
  const one = { retry: { maxAttempts: 1 } };
  const retry = { maxAttempts: 3, initialDelayMs: 5, maxDelayMs: 10 };
  const wholeOf = async (id: string) =>
    (await sql<{ attempt: number; error: Json; status: string }>('select attempt, error, status from workflow_executions where id = $1', [id]))[0];
  const acted = (key: string): typeof probe.acts => probe.acts.filter((act) => act.key === key);

  test('workflows 4.3: `retry` runs the whole again after failures that no node handled; what has completed stands and no effect is repeated', async () => {
    const graph: Drawn = { once: ['put_probe', { value: 1 }], weak: ['put_probe', { fails: 2 }, one], behind: set('execution.attempt') };
    const fine = await run(graph, 'start -> once -> weak -> behind', {}, { retry });
    expect([fine.status, fine.outputs]).toEqual(['completed', 3]);
    expect(await wholeOf(fine.executionId)).toEqual({ attempt: 3, error: null, status: 'completed' });
    expect(fine.records.filter(({ key }) => key === 'weak').map(({ attempt, status }) => [attempt, status])).toEqual([[1, 'failed'], [2, 'failed'], [3, 'completed']]);
    expect(acted('once')).toHaveLength(1);
    // The same key each time: whoever has seen it once knows it again.
    expect(new Set(acted('weak').map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    const lost = await run({ lost: ['put_probe', { fails: 9 }, one] }, 'start -> lost', {}, { retry });
    expect([lost.status, acted('lost').length, (lost.error as { type: string }).type]).toEqual(['failed', 3, 'probe-failed']);
    const never = await run({ never: ['put_probe', { fails: 9, class: 'validation' }, one] }, 'start -> never', {}, { retry });
    expect([never.status, acted('never').length, (await wholeOf(never.executionId))!.attempt]).toEqual(['failed', 1, 1]);
    const handled = await run({ handled: ['put_probe', { fails: 9 }, one], after: set('"taken on"') }, 'start -> handled, handled.error -> after', {}, { retry });
    expect([handled.status, handled.outputs, acted('handled').length]).toEqual(['completed', 'taken on', 1]);
  }); // prettier-ignore

  test('a node’s own attempts begin anew with each attempt at the whole; iterations that went well are not run again', async () => {
    const own = await run({ own: ['put_probe', { fails: 3 }, { retry: { maxAttempts: 2, initialDelayMs: 1 } }] }, 'start -> own', {}, { retry });
    expect([own.status, acted('own').map(({ attempt }) => attempt), (await wholeOf(own.executionId))!.attempt]).toEqual(['completed', [1, 2, 3, 4], 2]);
    probe.on.set('item', ({ input, attempt }) => { if (input === 2 && attempt === 1) throw new NodeError('probe-failed', 'transient', 'two'); return input; });
    const looped = await run({ l: ['loop', { items: '[1, 2, 3]' }], item: ['put_probe', {}, one] }, 'start -> l, l.body -> item -> l.next', {}, { retry });
    expect([looped.status, looped.outputs]).toEqual(['completed', expect.objectContaining({ results: [1, 2, 3] })]);
    expect(acted('item').map(({ path }) => path)).toEqual(['0', '1', '1', '2']);
  }); // prettier-ignore

  test('an effect that was broken off with the failure is in doubt in the next attempt, not had twice; a cancel ends the wait', async () => {
    const engine = providerOf(world.adapters)(Engine);
    const graph = draw({ start: ['trigger', { mode: 'manual' }], lasting: ['post_probe', { ms: 20_000 }], weaker: ['put_probe', { fails: 1 }, one] }, 'start -> lasting, start -> weaker');
    const begin = async (initialDelayMs: number): Promise<string> => {
      const published = await publish(world.databases, world.tenants.a, graph, { retry: { ...RetryPolicy.parse({}), ...retry, initialDelayMs, maxDelayMs: initialDelayMs } });
      return (await engine.start(startOf(published, ana.actor))).executionId;
    };
    const doubtful = await begin(5);
    await expect.poll(() => wholeOf(doubtful), { timeout: 60_000 }).toMatchObject({ status: 'paused', attempt: 2 });
    expect(await sql('select node_key, status from node_executions where execution_id = $1 and not superseded order by node_key', [doubtful])).toEqual([{ node_key: 'lasting', status: 'in_doubt' }, { node_key: 'start', status: 'completed' }, { node_key: 'weaker', status: 'completed' }]);
    expect(acted('lasting')).toHaveLength(1);
    const waiting = await begin(600_000);
    await expect.poll(() => wholeOf(waiting), { timeout: 60_000 }).toMatchObject({ status: 'waiting', attempt: 2, error: { type: 'probe-failed' } });
    await world.databases.tenant({ tenantId: world.tenants.a }, (db) => requestCancel(db, { tenantId: world.tenants.a, id: waiting }, { reason: 'enough', force: false, by: ana.actor }));
    engine.nudge(waiting);
    await expect.poll(() => wholeOf(waiting), { timeout: 60_000 }).toMatchObject({ status: 'cancelled' });
  }); // prettier-ignore

  test('whoever begins an execution may wish otherwise; a dry run is not tried again', async () => {
    const engine = providerOf(world.adapters)(Engine);
    const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger', { mode: 'manual' }], wished: ['read_probe', { fails: 9 }, one] }, 'start -> wished'));
    const begun = [await engine.start(startOf(published, ana.actor, {}, { retry: { ...retry, maxAttempts: 2 } })), await engine.start(startOf(published, ana.actor, {}, { retry, dryRun: true }))];
    for (const { executionId } of begun) await engine.answered(executionId, 'end', 60_000);
    expect(await Promise.all(begun.map(async ({ executionId }) => (await wholeOf(executionId))!.attempt))).toEqual([2, 1]);
  }); // prettier-ignore
});

test('workflows 5.3: `cacheSeconds` answers a read as before for the same resolved settings, the same principal and the same tenant; what acts, fails or is sensitive is asked each time', async () => {
  const asked = (key: string): number => probe.acts.filter((act) => act.key === key).length;
  const cached = { cacheSeconds: 60 };
  const constant = { same: ['read_probe', { value: 'x' }, cached] } satisfies Drawn;
  const runs = [await run(constant, 'start -> same', { n: 1 }), await run(constant, 'start -> same', { n: 2 })];
  expect([runs.map(({ outputs }) => outputs), asked('same')]).toEqual([['x', 'x'], 1]);
  expect(await sql('select message from execution_logs where execution_id = $1', [runs[1]!.executionId])).toEqual([{ message: 'Answered as before: the same was asked a short while ago.' }]);
  // Other settings, and what the node reads of its input, are another question.
  await run({ same: ['read_probe', { value: 'y' }, cached] }, 'start -> same');
  expect(asked('same')).toBe(2);
  const handsOn: Drawn = { told: ['read_probe', {}, cached] };
  expect(await Promise.all([1, 2, 1].map(async (n) => (await run(handsOn, 'start -> told', { n })).outputs))).toEqual([{ n: 1 }, { n: 2 }, { n: 1 }]);
  await run(handsOn, 'start -> told', { n: 2 });
  expect(asked('told')).toBeGreaterThanOrEqual(2);
  expect(asked('told')).toBeLessThanOrEqual(3);
  // Somebody else sees what is theirs to see, so they ask themselves.
  const engine = providerOf(world.adapters)(Engine);
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger', { mode: 'manual' }], ...constant }, 'start -> same'));
  const other = await engine.start(startOf(published, world.as({ name: 'bob' }).actor));
  expect(await engine.answered(other.executionId, 'end', 60_000)).toMatchObject({ outputs: 'x' });
  expect(asked('same')).toBe(3);
  for (const graph of [{ acts: ['put_probe', { value: 1 }, cached] }, { hushed: ['read_probe', { value: 1 }, { ...cached, sensitive: true }] }] satisfies Drawn[]) {
    const [key] = Object.keys(graph) as [string];
    for (const n of [1, 2]) await run(graph, `start -> ${key}`, { n });
    expect(asked(key), key).toBe(2);
  }
  for (const n of [1, 2]) await run({ fails: ['read_probe', { fails: 9, class: 'auth' }, cached] }, 'start -> fails', { n });
  expect(asked('fails')).toBe(2);
}); // prettier-ignore
