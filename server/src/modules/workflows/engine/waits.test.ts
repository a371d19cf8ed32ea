import { afterAll, beforeAll, expect, test } from 'vitest';
import { providerOf } from '#kernel/port.ts';
import { appendEvents } from '#kernel/events.ts';
import { asSuperuser } from '../../../../test/clone.ts';
import { createWorld, type Person, type World } from '../../../../test/world.ts';
import type { Json } from '../graph.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import { Engine } from '../providers/port.ts';
import { giveInput, requestCancel, requestPause, requestResume, resolveInDoubt } from './control.ts';
import { probes, type Probe } from './probes.ts';
import { bare, draw, publish, startOf, type Drawn } from './testing.ts';

let world: World;
let ana: Person;
let probe: Probe;
let engine: Engine;
beforeAll(async () => {
  probe = probes();
  world = await createWorld({ modules: [bare], workflows: { types: new Map([...NODE_TYPES, ...probe.types]) } });
  ana = world.as({ name: 'ana' });
  engine = providerOf(world.adapters)(Engine);
});
afterAll(() => world.close());

const inTenant = <T>(work: Parameters<World['databases']['tenant']>[1]): Promise<T> =>
  world.databases.tenant({ tenantId: world.tenants.a }, work) as Promise<T>;
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
  inTenant(async (db) => (await db.$client.query<R>(text, values)).rows);
const by = { id: 'someone', name: 'someone' };

async function begin(
  nodes: Drawn,
  lines: string,
  inputs: Json = {},
  settings: Parameters<typeof publish>[3] = {},
  more: Parameters<typeof startOf>[3] = {},
) {
  const published = await publish(world.databases, world.tenants.a, draw({ start: ['trigger'], ...nodes }, lines), settings);
  const { executionId: id } = await engine.start(startOf(published, ana.actor, inputs, more));
  return { id, published };
}
const statusOf = async (id: string): Promise<string> =>
  (await sql<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status;
const becomes = (id: string, status: string): Promise<void> => expect.poll(() => statusOf(id), { timeout: 60_000, interval: 20 }).toBe(status);
const ended = async (id: string) => (await engine.answered(id, 'end', 15_000)) ?? { status: await statusOf(id), outputs: null, error: null };
const of = (id: string) => ({ tenantId: world.tenants.a, id });
const value = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];
const delay = (seconds: number): readonly [string, Record<string, Json>] => ['delay', { mode: 'for', for: { value: seconds, unit: 'seconds' } }];

test('workflows 39: a long delay holds no worker, and goes on when its time has come', async () => {
  const { id } = await begin({ sleep: delay(86_400 * 3), after: value('"woke"') }, 'start -> sleep -> after');
  await becomes(id, 'waiting');
  expect((await sql('select lease_owner from workflow_executions where id = $1', [id]))[0]).toEqual({ lease_owner: null });
  await sql(`update execution_waits set due_at = now() where execution_id = $1`, [id]);
  await sql(`update workflow_executions set wake_at = now() where id = $1`, [id]);
  expect(await ended(id)).toMatchObject({ status: 'completed', outputs: 'woke' });
});

test('workflows 36: what waits inside a loop body waits once per item, and all of it goes on', async () => {
  const { id } = await begin({ l: ['loop', { items: '[1, 2, 3]', parallel: 3 }], wait: ['wait_event', { kind: 'signal' }], t: value('input.value') }, 'start -> l, l.body -> wait -> t -> l.next');
  await becomes(id, 'waiting');
  const waits = await sql<{ id: string; path: string }>(`select id, path from execution_waits where execution_id = $1 and state = 'open' order by path`, [id]);
  expect(waits.map(({ path }) => path)).toEqual(['0', '1', '2']);
  for (const [at, wait] of waits.entries()) {
    expect(await inTenant((db) => giveInput(db, id, wait.id, `answer ${at}`, by))).toBe(true);
    engine.nudge(id);
  }
  expect(await inTenant((db) => giveInput(db, id, waits[0]!.id, 'again', by))).toBe(false);
  expect(((await ended(id)).outputs as { results: Json }).results).toEqual(['answer 0', 'answer 1', 'answer 2']);
}); // prettier-ignore

test('what each child of a sub-workflow does has a key of its own, so that nobody takes the second for the first again', async () => {
  const child = await publish(
    world.databases,
    world.tenants.a,
    draw({ start: ['trigger', { mode: 'workflow' }], order: ['put_probe'] }, 'start -> order'),
  );
  const { id } = await begin({ sub: ['sub_workflow', { workflow: child.workflowId, mode: 'each', parallel: 2, items: '[1, 2, 3]', inputs: 'item' }] }, 'start -> sub');
  expect(await ended(id)).toMatchObject({ status: 'completed', outputs: [1, 2, 3] });
  const keys = probe.acts.filter(({ key }) => key === 'order').map(({ idempotencyKey }) => idempotencyKey);
  expect([keys.length, new Set(keys).size]).toEqual([3, 3]);
}); // prettier-ignore

test('workflows 55: Wait for event catches an event that came between start and registration, and one that comes later', async () => {
  const announce = (data: Record<string, unknown>): Promise<number> =>
    inTenant((db) => appendEvents(db, world.tenants.a, [{ type: 'custom.paid', data }], null));
  probe.on.set('announce', async () => { await announce({ n: 1 }); return null; }); // prettier-ignore
  const { id } = await begin(
    { announce: ['read_probe'], wait: ['wait_event', { kind: 'event', types: ['custom.paid'] }] },
    'start -> announce -> wait',
  );
  expect(await ended(id)).toMatchObject({ status: 'completed', outputs: { event: { type: 'custom.paid', data: { n: 1 } } } });
  const later = await begin({ wait: ['wait_event', { kind: 'event', types: ['custom.*'], match: 'event.data.n == 3' }] }, 'start -> wait');
  await becomes(later.id, 'waiting');
  await announce({ n: 2 });
  await announce({ n: 3 });
  expect(await ended(later.id)).toMatchObject({ status: 'completed', outputs: { event: { data: { n: 3 } } } });
});

test('workflows 53: Sub-workflow passes inputs and outputs, and is cancelled with its parent', async () => {
  const child = await publish(
    world.databases,
    world.tenants.a,
    draw({ start: ['trigger', { mode: 'workflow' }], t: value('input.n * 2') }, 'start -> t'),
  );
  const { id } = await begin({ sub: ['sub_workflow', { workflow: child.workflowId, inputs: '{"n": 21}' }] }, 'start -> sub');
  expect(await ended(id)).toMatchObject({ status: 'completed', outputs: 42 });
  const sleeper = await publish(world.databases, world.tenants.a, draw({ start: ['trigger', { mode: 'workflow' }], z: delay(3_600) }, 'start -> z'));
  const parent = await begin({ sub: ['sub_workflow', { workflow: sleeper.workflowId, inputs: '{}' }] }, 'start -> sub');
  await becomes(parent.id, 'waiting');
  const [row] = await sql<{ id: string }>('select id from workflow_executions where parent_id = $1', [parent.id]);
  await becomes(row!.id, 'waiting');
  expect(await inTenant((db) => requestCancel(db, of(parent.id), { reason: 'enough', force: false, by }))).toBe('asked');
  engine.nudge(parent.id);
  await becomes(parent.id, 'cancelled');
  await becomes(row!.id, 'cancelled');
});

test('workflows 75: Cancel during a call, a loop, a delay and a pause between tries ends within 2 s, and is asked for once', async () => {
  const graphs: [Drawn, string][] = [
    [{ r: ['read_probe', { ms: 60_000 }] }, 'start -> r'],
    [{ l: ['loop', { type: 'count', count: '1000', delayMs: 50 }], t: value('1') }, 'start -> l, l.body -> t -> l.next'],
    [{ z: delay(3_600) }, 'start -> z'],
    [{ r: ['read_probe', { fails: 9 }, { retry: { initialDelayMs: 30_000 } }] }, 'start -> r'],
  ];
  for (const [nodes, lines] of graphs) {
    const { id } = await begin(nodes, lines);
    await expect.poll(async () => (await sql('select 1 from node_executions where execution_id = $1', [id])).length, { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
    const from = Date.now();
    await inTenant((db) => requestCancel(db, of(id), { reason: 'enough', force: false, by }));
    engine.nudge(id);
    expect(await ended(id)).toMatchObject({ status: 'cancelled', error: { class: 'cancelled', message: 'enough' } });
    expect(Date.now() - from).toBeLessThan(2_000);
    expect(await sql(`select 1 from node_executions where execution_id = $1 and status in ('pending', 'running', 'retrying', 'waiting', 'paused')`, [id])).toEqual([]);
    expect(await inTenant((db) => requestCancel(db, of(id), { reason: 'again', force: false, by }))).toBe('ended');
  }
}); // prettier-ignore

test('pause stops before the next node, resume goes on', async () => {
  let go = (): void => undefined;
  probe.on.set('gate', () => new Promise((resolve) => (go = () => resolve('through'))));
  const { id } = await begin({ gate: ['read_probe'], next: ['read_probe', { value: 'done' }] }, 'start -> gate -> next');
  await expect.poll(() => probe.now, { interval: 10 }).toBe(1);
  await inTenant((db) => requestPause(db, of(id), by));
  engine.nudge(id);
  await new Promise((resolve) => setTimeout(resolve, 100));
  go();
  await becomes(id, 'paused');
  expect((await sql(`select 1 from node_executions where execution_id = $1 and node_key = 'next'`, [id])).length).toBe(0);
  await inTenant((db) => requestResume(db, of(id)));
  engine.nudge(id);
  expect(await ended(id)).toMatchObject({ status: 'completed', outputs: 'done' });
});

test('workflows 81: at most one run per key; queue, drop and cancel_previous behave as set', async () => {
  const graph = draw({ start: ['trigger'], r: ['read_probe', { ms: 150 }] }, 'start -> r');
  const queue = await publish(world.databases, world.tenants.a, graph, { concurrencyKey: '{{ trigger.body.key }}' });
  probe.most = 0;
  const all = await Promise.all([1, 2, 3].map(() => engine.start(startOf(queue, ana.actor, { key: 'k' }))));
  for (const { executionId } of all) expect((await ended(executionId)).status).toBe('completed');
  expect(probe.most).toBe(1);
  const drop = await publish(world.databases, world.tenants.a, graph, { concurrencyKey: '{{ trigger.body.key }}', onLimit: 'drop' });
  const kept = await engine.start(startOf(drop, ana.actor, { key: 'k' }));
  await becomes(kept.executionId, 'running');
  expect(await statusOf((await engine.start(startOf(drop, ana.actor, { key: 'k' }))).executionId)).toBe('cancelled');
  const newest = await publish(world.databases, world.tenants.a, draw({ start: ['trigger'], r: ['read_probe', { ms: 20_000 }] }, 'start -> r'), { concurrencyKey: '{{ trigger.body.key }}', onLimit: 'cancel_previous' });
  const first = await engine.start(startOf(newest, ana.actor, { key: 'k' }));
  await becomes(first.executionId, 'running');
  const second = await engine.start(startOf(newest, ana.actor, { key: 'k' }));
  await becomes(first.executionId, 'cancelled');
  await becomes(second.executionId, 'running');
  await inTenant((db) => requestCancel(db, of(second.executionId), { reason: 'over', force: true, by }));
  engine.nudge(second.executionId);
  await becomes(second.executionId, 'cancelled');
}); // prettier-ignore

test('no more of a workflow run at once than it says, however they are begun and however fast', async () => {
  const one = await publish(world.databases, world.tenants.a, draw({ start: ['trigger'], r: ['read_probe', { ms: 60 }] }, 'start -> r'), { maxConcurrent: 1 });
  expect((await ended((await engine.start(startOf(one, ana.actor))).executionId)).status).toBe('completed');
  probe.most = 0;
  const accepted = async () => {
    const stored = await inTenant<Awaited<ReturnType<Engine['accept']>>>((db) => engine.accept(db, startOf(one, ana.actor)));
    engine.begin(stored);
    return stored;
  };
  const all = await Promise.all([1, 2, 3, 4].map((n) => (n % 2 === 0 ? accepted() : engine.start(startOf(one, ana.actor)))));
  for (const { executionId } of all) expect((await ended(executionId)).status).toBe('completed');
  expect(probe.most).toBe(1);
}); // prettier-ignore

test('workflows 71: All state changes not in section 9.1 are refused by the database', async () => {
  const moves: Record<string, string[]> = {
    queued: ['running', 'cancelled'],
    running: ['waiting', 'paused', 'completed', 'partial_success', 'failed', 'timed_out', 'cancelled'],
    waiting: ['running', 'timed_out', 'cancelled'],
    paused: ['running', 'cancelled', 'timed_out', 'failed'],
  };
  const states = [...Object.keys(moves), 'completed', 'partial_success', 'failed', 'timed_out', 'cancelled'];
  const { id } = await begin({ t: value('1') }, 'start -> t');
  await ended(id);
  const root = await asSuperuser(world.databaseUrl);
  try {
    for (const from of states) for (const to of states.filter((state) => state !== from)) {
      await root.query('begin; set local session_replication_role = replica');
      await root.query('update workflow_executions set status = $1 where id = $2', [from, id]);
      await root.query('set local session_replication_role = origin');
      const moved = await root.query('update workflow_executions set status = $1 where id = $2', [to, id]).then(() => true, () => false);
      await root.query('rollback');
      expect(moved, `${from} -> ${to}`).toBe(moves[from]?.includes(to) ?? false);
    }
  } finally {
    await root.end();
  }
}); // prettier-ignore

test('what a person says of an effect in doubt is done, and nothing is in the log of faults', async () => {
  expect(
    await inTenant((db) =>
      resolveInDoubt(db, { tenantId: world.tenants.a, executionId: world.tenants.a, nodeId: world.tenants.a, path: '' }, 'fail'),
    ),
  ).toBe(false);
  expect(world.faults).toEqual([]);
});
