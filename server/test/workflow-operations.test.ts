import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide, providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { createEgress } from '#modules/workflows/egress/adapter.ts';
import { Egress } from '#modules/workflows/egress/port.ts';
import { draw, publish, startOf, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { workflows } from '#modules/workflows/index.ts';
import { dataTablesCreate } from '#modules/workflows/data-tables/operations/dataTables.create.ts';
import { dataTablesRowsList } from '#modules/workflows/data-tables/operations/dataTables.rows.list.ts';
import { egressCreate } from '#modules/workflows/egress/operations/egress.create.ts';
import { egressDelete } from '#modules/workflows/egress/operations/egress.delete.ts';
import { egressList } from '#modules/workflows/egress/operations/egress.list.ts';
import { policies } from '#modules/policies/index.ts';
import { changesGet, changesList, changesReject } from '#modules/governance/index.ts';
import { Engine, type Answer } from '#modules/workflows/providers/port.ts';
import { lampModule, LampPort, lampsBurn, lampsGet, lampsLight, lampServer } from './lamps.ts';
import { setOf } from './rules.ts';
import { createWorld, type Person, type World } from './world.ts';

const INSTALLATION = setOf('installation', [
  'id: no-forbidden\ntype: deny\nmatch: { resources: { ids: [forbidden] } }\nmessage: This lamp stays dark.',
]);

const lamps = lampServer();
let world: World;
let ana: Person;
let bob: Person;
beforeAll(async () => {
  const closed: ReadonlySet<string> = new Set();
  world = await createWorld({
    modules: [lampModule, policies, workflows],
    adapters: ({ now }) => [provide(LampPort, lamps), provide(Egress, createEgress({ allowPrivateTargets: true, closed, now }))],
    platformPolicies: [{ file: 'installation.yaml', document: INSTALLATION }],
  });
  ana = world.as({ name: 'ana' });
  bob = world.as({ name: 'bob' });
});
afterAll(() => world.close());
beforeEach(() => {
  lamps.fail = undefined;
  lamps.hold = undefined;
  lamps.calls.length = 0;
});

const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> =>
  world.databases.tenant({ tenantId: world.tenants.a }, async (db) => (await db.$client.query<R>(text, values)).rows);

async function begin(nodes: Drawn, lines: string, inputs: Json, who: Person): Promise<string> {
  const published = await publish(world.databases, who.actor.tenantId, draw({ start: ['trigger', { mode: 'manual' }], ...nodes }, lines));
  return (await providerOf(world.adapters)(Engine).start(startOf(published, who.actor, inputs))).executionId;
}
async function ended(executionId: string): Promise<Answer & { records: Record<string, { status: string; output: Json; error: { type: string; class: string; details: Json } | null }> }> {
  const answer = await providerOf(world.adapters)(Engine).answered(executionId, 'end', 20_000);
  if (!answer) throw new Error(`it does not end: ${JSON.stringify(await sql('select status, wake_at from workflow_executions where id = $1', [executionId]))} ${world.faults.join('\n')}`);
  const rows = await sql<{ key: string; status: string; output: Json; error: { type: string; class: string; details: Json } | null }>('select node_key as key, status, output, error from node_executions where execution_id = $1 order by started_at, id', [executionId]);
  return { ...answer, records: Object.fromEntries(rows.map(({ key, ...row }) => [key, row])) };
} // prettier-ignore
const run = async (nodes: Drawn, lines: string, inputs: Json = {}, who: Person = ana) => ended(await begin(nodes, lines, inputs, who));
const one = (config: Record<string, Json>, settings?: Record<string, Json>): Drawn => ({ op: ['operation', config, settings] });
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 25 });
const set = (expression: string): readonly [string, Record<string, Json>] => ['transform', { mode: 'expression', expression }];

describe('the Gate answers a node', () => {
  test('workflows 48: Operation node with a read Operation returns the same result as the REST call by the same principal', async () => {
    lamps.lamps.set('hall', { lit: true, by: 'hand' });
    const { outputs } = await run(one({ operation: 'lamps.get', input: { id: '{{ input.id }}' } }), 'start -> op', { id: 'hall' });
    expect(outputs).toEqual({ status: 'done', changeId: null, plan: null, result: await world.done(lampsGet, { id: 'hall' }, ana) });
    const blind = world.as({ permissions: ['lamps:light'] });
    const refused = await world.refused(lampsGet, { id: 'hall' }, blind);
    const { status, error } = await run(one({ operation: 'lamps.get', input: { id: 'hall' } }), 'start -> op', {}, blind);
    expect([status, (error as { type: string }).type]).toEqual(['failed', refused.slug]);
  });

  test('workflows 49: Operation node denied by policy takes port `denied` with the rule id', async () => {
    const graph: Drawn = { ...one({ operation: 'lamps.light', input: { name: 'forbidden' } }), no: set('input.error'), yes: set('"lit"') };
    const { status, outputs } = await run(graph, 'start -> op, op.denied -> no, op -> yes');
    expect(status).toBe('completed');
    expect(outputs).toMatchObject({ type: 'policy-denied', class: 'policy', details: { rules: [expect.stringContaining('no-forbidden')] } });
    expect(lamps.calls).toEqual([]);
    const alone = await run(one({ operation: 'lamps.light', input: { name: 'forbidden' } }), 'start -> op');
    expect(alone).toMatchObject({ status: 'failed', error: { type: 'policy-denied', class: 'policy' } });
  });

  test('workflows 49: with approval needed the execution pauses and goes on by itself after the decision', async () => {
    const id = await begin(
      { ...one({ operation: 'lamps.burn', input: { name: 'old' }, reason: 'it is {{ input.why }}' }), after: set('input.result.burnt') },
      'start -> op -> after',
      { why: 'broken' },
      ana,
    );
    const state = async () => (await sql<{ status: string }>('select status from workflow_executions where id = $1', [id]))[0]!.status;
    await eventually(state).toBe('paused');
    const [change] = (await world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, bob)).items;
    expect(change).toMatchObject({ requester: { name: 'ana' }, surface: 'workflow', via: { executionId: id, node: 'op' } });
    expect(await world.done(changesGet, { id: change!.id }, bob)).toMatchObject({ comment: 'it is broken' });
    expect(lamps.calls).toEqual([]);
    await world.approve(change!, bob);
    expect(await ended(id)).toMatchObject({ status: 'completed', outputs: 'old' });
    expect(lamps.calls).toEqual(['burn old']);
  });

  test('a rejected Change is an error of the node', async () => {
    const id = await begin(one({ operation: 'lamps.burn', input: { name: 'x' } }), 'start -> op', {}, ana);
    await eventually(async () => (await world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, bob)).items.length).toBe(
      1,
    );
    const [change] = (await world.done(changesList, { operation: 'lamps.burn', state: ['awaiting_approval'] }, bob)).items;
    await world.call(changesReject, { id: change!.id, comment: 'Not today.' }, bob);
    expect(await ended(id)).toMatchObject({ status: 'failed', error: { type: 'approval-rejected' } });
  });

  test('workflows 50: Operation node on a selector with 5 targets makes 5 Changes, at most `parallel` at once', async () => {
    let open = (): void => undefined;
    lamps.hold = new Promise((resolve) => (open = resolve));
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `row-${name}`);
    const config = { operation: 'lamps.light', targets: { items: 'input.names', where: 'item != "row-z"' }, each: { name: 'item' }, parallel: 2 };
    const id = await begin(one(config), 'start -> op', { names: [...names, 'row-z'] }, ana);
    const changes = async () => (await world.done(changesList, { operation: 'lamps.light' }, ana)).items.filter(({ via }) => via?.executionId === id);
    await eventually(async () => (await changes()).filter(({ state }) => state === 'running').length).toBe(2);
    expect(await changes()).toHaveLength(2);
    open();
    const { status, outputs } = await ended(id);
    expect(status).toBe('completed');
    expect(outputs).toMatchObject({
      count: 5,
      failed: 0,
      targets: names.map((name) => ({ target: name, status: 'done', result: { name, lit: true } })),
    });
    expect(await changes()).toHaveLength(5);
    expect([...lamps.calls].sort()).toEqual(names);
  });

  test('one of several that is refused stops what has not begun, or is told of, as it was asked for', async () => {
    const config = { operation: 'lamps.light', targets: { items: '["t-1", "forbidden", "t-2"]' }, each: { name: 'item' }, parallel: 1 };
    const stopped = await run({ ...one(config), no: set('input') }, 'start -> op, op.denied -> no');
    expect(stopped.outputs).toMatchObject({
      count: 2,
      failed: 1,
      targets: [{ status: 'done' }, { status: 'denied', error: { type: 'policy-denied' } }],
    });
    const told = await run(one({ ...config, onTargetError: 'continue' }), 'start -> op');
    expect(told.outputs).toMatchObject({ count: 3, failed: 1, targets: [{ status: 'done' }, { status: 'denied' }, { status: 'done' }] });
    const many = await run(one({ ...config, targets: { items: '["a", "b", "c"]', limit: 2 } }), 'start -> op');
    expect(many).toMatchObject({ status: 'failed', error: { type: 'limit-exceeded' } });
  });

  test('a plan is told and nothing is done; what is only started is not waited for', async () => {
    const plan = await run(one({ operation: 'lamps.light', input: { name: 'p' }, mode: 'plan' }), 'start -> op');
    expect(plan.outputs).toMatchObject({ status: 'planned', changeId: null, plan: { risk: 'write', plan: { summary: 'Light lamp p' } } });
    expect(lamps.calls).toEqual([]);
    let open = (): void => undefined;
    lamps.hold = new Promise((resolve) => (open = resolve));
    const started = await run(one({ operation: 'lamps.light', input: { name: 's' }, wait: 'started' }), 'start -> op');
    expect(started.outputs).toMatchObject({ status: 'accepted', changeId: expect.any(String) });
    open();
    await world.settled({ id: (started.outputs as { changeId: string }).changeId }, ana);
  });

  test('a job that fails is an error of the node, with its Change', async () => {
    lamps.fail = new Problem('invalid-transition', 'The bulb is broken.');
    const { status, error } = await run(one({ operation: 'lamps.light', input: { name: 'broken' } }, { retry: { maxAttempts: 1 } }), 'start -> op');
    expect([status, error]).toMatchObject(['failed', { type: 'operation-failed', details: { changeId: expect.any(String) } }]);
  });

  test.each([
    ['without permission', () => world.as({ permissions: ['lamps:read'] }), lampsLight, { name: 'hall' }],
    ['out of scope', () => world.as({ scope: { any: [{ environments: ['dev'] }] } }), lampsLight, { name: 'hall', environment: 'prod' }],
    ['against a rule', () => ana, lampsLight, { name: 'forbidden' }],
    ['above the highest risk', () => world.as({ maxRisk: 'write' }), lampsBurn, { name: 'x' }],
    ['with a wrong input', () => ana, lampsLight, { name: '' }],
  ] as const)('the same forbidden call is refused alike by a node and over REST and MCP: %s', async (_why, who, operation, input) => {
    const person = who();
    const refusals = await Promise.all(
      (['rest', 'mcp', 'cli'] as const).map((surface) => world.call(operation, input, person, {}, surface).catch((error: unknown) => error)),
    );
    const slugs = refusals.map((refusal) => (refusal instanceof Problem ? refusal.slug : 'allowed'));
    const { status, error } = await run(one({ operation: operation.name, input: { ...input } }), 'start -> op', {}, person);
    expect([status, (error as { type: string }).type, ...slugs]).toEqual(['failed', slugs[0], slugs[0], slugs[0], slugs[0]]);
    expect(slugs[0]).not.toBe('allowed');
  });

  test('what is not offered to workflows is not there for them', async () => {
    const { status, error } = await run(one({ operation: 'changes.emergency', input: {} }), 'start -> op');
    expect([status, (error as { type: string }).type]).toEqual(['failed', 'not-found']);
  });
});

describe('tables of tenants', () => {
  const columns = [{ name: 'host', type: 'text', required: true, key: true }, { name: 'n', type: 'integer' }]; // prettier-ignore
  const table = (config: Record<string, Json>): Drawn => ({ t: ['data', { source: 'table', table: 'hosts', ...config }] });
  beforeAll(() => world.done(dataTablesCreate, { name: 'hosts', columns }, ana));
  const rows = async () => (await world.done(dataTablesRowsList, { id: 'hosts' }, ana)).items.map(({ id: _id, ...row }) => row);

  test('workflows 32: rows are written with the checkpoint, and read by their values', async () => {
    expect(
      (
        await run(table({ action: 'insert', values: 'input' }), 'start -> t', [
          { host: 'a', n: 1 },
          { host: 'b', n: 2 },
        ])
      ).outputs,
    ).toMatchObject({ affected: 2 });
    expect((await run(table({ action: 'upsert', values: 'input' }), 'start -> t', { host: 'b', n: 20 })).outputs).toMatchObject({ affected: 1 });
    expect(
      (await run(table({ action: 'update', match: { host: 'a' }, set: { n: '{{ input.n }}' } }), 'start -> t', { n: 10 })).outputs,
    ).toMatchObject({ affected: 1 });
    expect(await rows()).toEqual([{ host: 'a', n: 10 }, { host: 'b', n: 20 }]); // prettier-ignore
    expect((await run(table({ where: 'item.n > 15' }), 'start -> t')).outputs).toMatchObject({ rows: [{ host: 'b', n: 20 }], count: 1 });
    expect((await run(table({ match: { n: 10 } }), 'start -> t')).outputs).toMatchObject({ rows: [{ host: 'a' }] });
    expect((await run(table({ action: 'delete', match: { host: 'a' } }), 'start -> t')).outputs).toMatchObject({ affected: 1 });
    expect(await rows()).toHaveLength(1);
  });

  test('rows that do not fit, or are there already, are written not at all', async () => {
    expect(
      (await run(table({ action: 'insert', values: 'input' }), 'start -> t', [{ host: 'c' }, { host: 'd', n: 'no number' }])).error,
    ).toMatchObject({ type: 'data-rows-invalid', class: 'validation' });
    expect((await run(table({ action: 'insert', values: 'input' }), 'start -> t', [{ host: 'c' }, { host: 'b' }])).error).toMatchObject({
      type: 'data-row-exists',
      class: 'conflict',
    });
    expect((await run(table({ table: 'none' }), 'start -> t')).error).toMatchObject({ type: 'data-table-not-found', class: 'not_found' });
    expect(await rows()).toHaveLength(1);
  });

  test('whoever may not write a table does not write it from a workflow', async () => {
    const reader = world.as({ permissions: ['dataTables:read'] });
    expect((await run(table({ action: 'insert', values: 'input' }), 'start -> t', { host: 'z' }, reader)).error).toMatchObject({
      type: 'permission-denied',
      class: 'permission',
    });
    expect((await run(table({}), 'start -> t', {}, reader)).outputs).toMatchObject({ count: 1 });
    const stranger = world.as({ tenant: 'b' });
    const { executionId } = await providerOf(world.adapters)(Engine).start(
      startOf(
        await publish(world.databases, world.tenants.b, draw({ start: ['trigger', { mode: 'manual' }], ...table({}) }, 'start -> t')),
        stranger.actor,
      ),
    );
    expect(await providerOf(world.adapters)(Engine).answered(executionId, 'end', 20_000)).toMatchObject({
      status: 'failed',
      error: { type: 'data-table-not-found' },
    });
  });
});

describe('exceptions to where workflows go', () => {
  test('are made by who may, leave a Change, and are in force', async () => {
    const approver = bob;
    const wish = { kind: 'cidr', value: '10.20.0.0/16', ports: [8006], reason: 'NetBox of the core team' };
    const ended = await world.carriedOut(egressCreate, wish, ana, approver);
    expect(ended).toMatchObject({ state: 'succeeded', risk: 'high', outcome: { value: '10.20.0.0/16', ports: [8006] } });
    expect((await world.done(egressList, {}, ana)).items).toMatchObject([{ value: '10.20.0.0/16', createdByName: 'ana' }]);
    expect((await world.refused(egressCreate, { ...wish, value: '169.254.0.0/16' }, ana)).slug).toBe('egress-exception-refused');
    expect((await world.refused(egressCreate, wish, world.as({ permissions: ['workflows:*'] }))).slug).toBe('permission-denied');
    const { id } = ended.outcome as { id: string };
    await world.done(egressDelete, { id }, ana);
    expect((await world.refused(egressDelete, { id }, ana)).slug).toBe('egress-exception-not-found');
  });
});

describe('watching', () => {
  let status = 503;
  const server = createServer((_request, response) => void response.writeHead(status).end('{}'));
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

  test('workflows 52: Monitoring `wait_until` polls durably and ends on condition or time', async () => {
    status = 503;
    const watch = (config: Record<string, Json>): Drawn => ({
      m: ['monitoring', { action: 'wait_until', url, everySeconds: 5, forSeconds: 60, ...config }],
      ok: set('"well"'),
      late: set('"late"'),
    });
    const lines = 'start -> m, m.ok -> ok, m.breached -> late';
    const id = await begin(watch({}), lines, {}, ana);
    const waits = () => sql<{ kind: string }>(`select kind from execution_waits where execution_id = $1 and state = 'open'`, [id]);
    await eventually(async () => (await waits()).map(({ kind }) => kind)).toEqual(['timer']);
    expect(
      (await sql<{ status: string; lease_until: Date | null }>('select status, lease_until from workflow_executions where id = $1', [id]))[0],
    ).toMatchObject({ status: 'waiting', lease_until: null });
    status = 200;
    await sql(`update execution_waits set due_at = now() where execution_id = $1`, [id]);
    await sql(`update workflow_executions set wake_at = now() where id = $1`, [id]);
    expect(await ended(id)).toMatchObject({ status: 'completed', outputs: 'well', records: { m: { output: { healthy: true, checks: 2 } } } });
    status = 503;
    expect(await run(watch({ everySeconds: 1, forSeconds: 1 }), lines)).toMatchObject({
      outputs: 'late',
      records: { m: { output: { healthy: false, checks: 2 } } },
    });
  });

  test('alerts and heartbeats are announced with the checkpoint, once', async () => {
    const { executionId } = await run({ a: ['monitoring', { action: 'alert.raise', key: 'edge', severity: 'critical', message: 'It is {{ input.what }}' }], b: ['monitoring', { action: 'heartbeat', key: 'nightly' }] }, 'start -> a, a.ok -> b', { what: 'down' }); // prettier-ignore
    const found = await sql<{ type: string; data: Json }>(
      `select type, data from events where data->>'executionId' = $1 and type in ('alert.raised', 'heartbeat.sent') order by seq`,
      [executionId],
    );
    expect(found).toMatchObject([
      { type: 'alert.raised', data: { key: 'edge', severity: 'critical', message: 'It is down' } },
      { type: 'heartbeat.sent', data: { key: 'nightly' } },
    ]);
  });
});

describe('rollouts', () => {
  const rollout = (config: Record<string, Json>): Drawn => ({
    m: ['maintenance', { operation: 'lamps.light', each: { name: 'item' }, targets: { items: 'input.names' }, ...config }],
    bad: set('error.details'),
  });
  const lines = 'start -> m, m.error -> bad';

  test('workflows 51: Maintenance patch rollout stops after a failed canary check, rolls the batch back and reports per target', async () => {
    const server = createServer((request, response) => void response.writeHead(request.url === '/can-1' ? 500 : 200).end());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const target = `"http://127.0.0.1:${(server.address() as AddressInfo).port}/" + item`;
    const config = { canary: 2, batch: { size: 2 }, healthCheck: { probe: 'http', target, attempts: 1 } };
    const { status, outputs, records } = await run(rollout(config), lines, { names: ['can-1', 'can-2', 'rest-1', 'rest-2'] });
    expect(status).toBe('completed');
    expect(records['m']).toMatchObject({ status: 'failed', error: { type: 'rollout-stopped' } });
    expect(outputs).toMatchObject({
      status: 'stopped', total: 4, failed: 2,
      targets: [{ target: 'can-1', status: 'rolled_back' }, { target: 'can-2', status: 'rolled_back' }, { target: 'rest-1', status: 'waiting', changeId: null }, { target: 'rest-2', status: 'waiting' }],
    }); // prettier-ignore
    expect(lamps.calls).toEqual(expect.arrayContaining(['can-1', 'can-2']));
    expect(lamps.calls).not.toContain('rest-1');
    expect([lamps.lamps.has('can-1'), lamps.lamps.has('can-2')]).toEqual([false, false]);
    const good = await run(rollout({ ...config, canary: 1 }), lines, { names: ['fine-1', 'fine-2', 'fine-3'] });
    expect(good.outputs).toMatchObject({ status: 'completed', total: 3, done: 3, failed: 0 });
    await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  });

  test('failures are borne as many as were said, and `abortWhen` stops it before', async () => {
    const names = ['one', 'forbidden', 'two', 'three'];
    const borne = await run(rollout({ canary: 0, batch: { size: 2, maxFailures: 1 }, rollback: 'none' }), lines, { names });
    expect(borne.outputs).toMatchObject({
      status: 'completed',
      done: 3,
      failed: 1,
      targets: [{}, { status: 'failed', error: { type: 'policy-denied' } }, {}, {}],
    });
    const stopped = await run(rollout({ canary: 0, batch: { size: 2, maxFailures: 3 }, abortWhen: 'failed * 4 >= total', rollback: 'none' }), lines, {
      names,
    });
    expect(stopped.outputs).toMatchObject({
      status: 'stopped',
      done: 1,
      failed: 1,
      targets: [{ status: 'done' }, { status: 'failed' }, { status: 'waiting' }, { status: 'waiting' }],
    });
  });
});
