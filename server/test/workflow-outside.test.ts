import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provide, providerOf } from '#kernel/port.ts';
import { SecretReferences } from '#kernel/secret-references.ts';
import { dataTablesCreate } from '#modules/workflows/data-tables/operations/dataTables.create.ts';
import { dataTablesRowsList } from '#modules/workflows/data-tables/operations/dataTables.rows.list.ts';
import { egressCreate } from '#modules/workflows/egress/operations/egress.create.ts';
import { egressDelete } from '#modules/workflows/egress/operations/egress.delete.ts';
import { egressList } from '#modules/workflows/egress/operations/egress.list.ts';
import { draw, publish, startOf, type Drawn } from '#modules/workflows/engine/testing.ts';
import type { Json } from '#modules/workflows/graph.ts';
import { Engine } from '#modules/workflows/providers/port.ts';
import { eventually, set, workflowWorld, type WorkflowWorld } from './workflow-world.ts';

let here: WorkflowWorld;
const SECRETS: Record<string, string> = {};
/** Secrets of tenants are those of another module; here they are what the test says. */
const references = { resolve: async (_db: unknown, _use: unknown, texts: readonly string[]) => texts.map((text) => SECRETS[text]!), limits: async () => [] } as unknown as SecretReferences; // prettier-ignore
beforeAll(async () => void (here = await workflowWorld({ adapters: [provide(SecretReferences, references)] })));
afterAll(() => here.world.close());
beforeEach(() => here.beforeEach());

describe('tables of tenants', () => {
  const columns = [{ name: 'host', type: 'text', required: true, key: true }, { name: 'n', type: 'integer' }]; // prettier-ignore
  const table = (config: Record<string, Json>): Drawn => ({ t: ['data', { source: 'table', table: 'hosts', ...config }] });
  beforeAll(() => here.world.done(dataTablesCreate, { name: 'hosts', columns }, here.ana));
  const rows = async () => (await here.world.done(dataTablesRowsList, { id: 'hosts' }, here.ana)).items.map(({ id: _id, ...row }) => row);

  test('workflows 32: rows are written with the checkpoint, and read by their values', async () => {
    expect(
      (
        await here.run(table({ action: 'insert', values: 'input' }), 'start -> t', [
          { host: 'a', n: 1 },
          { host: 'b', n: 2 },
        ])
      ).outputs,
    ).toMatchObject({ affected: 2 });
    expect((await here.run(table({ action: 'upsert', values: 'input' }), 'start -> t', { host: 'b', n: 20 })).outputs).toMatchObject({ affected: 1 });
    expect(
      (await here.run(table({ action: 'update', match: { host: 'a' }, set: { n: '{{ input.n }}' } }), 'start -> t', { n: 10 })).outputs,
    ).toMatchObject({ affected: 1 });
    expect(await rows()).toEqual([{ host: 'a', n: 10 }, { host: 'b', n: 20 }]); // prettier-ignore
    expect((await here.run(table({ where: 'item.n > 15' }), 'start -> t')).outputs).toMatchObject({ rows: [{ host: 'b', n: 20 }], count: 1 });
    expect((await here.run(table({ match: { n: 10 } }), 'start -> t')).outputs).toMatchObject({ rows: [{ host: 'a' }] });
    expect((await here.run(table({ action: 'delete', match: { host: 'a' } }), 'start -> t')).outputs).toMatchObject({ affected: 1 });
    expect(await rows()).toHaveLength(1);
  });

  test('rows that do not fit, or are there already, are written not at all', async () => {
    expect(
      (await here.run(table({ action: 'insert', values: 'input' }), 'start -> t', [{ host: 'c' }, { host: 'd', n: 'no number' }])).error,
    ).toMatchObject({ type: 'data-rows-invalid', class: 'validation' });
    expect((await here.run(table({ action: 'insert', values: 'input' }), 'start -> t', [{ host: 'c' }, { host: 'b' }])).error).toMatchObject({
      type: 'data-row-exists',
      class: 'conflict',
    });
    expect((await here.run(table({ table: 'none' }), 'start -> t')).error).toMatchObject({ type: 'data-table-not-found', class: 'not_found' });
    expect(await rows()).toHaveLength(1);
  });

  test('whoever may not write a table does not write it from a workflow', async () => {
    const reader = here.world.as({ permissions: ['dataTables:read'] });
    expect((await here.run(table({ action: 'insert', values: 'input' }), 'start -> t', { host: 'z' }, reader)).error).toMatchObject({
      type: 'permission-denied',
      class: 'permission',
    });
    expect((await here.run(table({}), 'start -> t', {}, reader)).outputs).toMatchObject({ count: 1 });
    const stranger = here.world.as({ tenant: 'b' });
    const { executionId } = await providerOf(here.world.adapters)(Engine).start(
      startOf(
        await publish(here.world.databases, here.world.tenants.b, draw({ start: ['trigger', { mode: 'manual' }], ...table({}) }, 'start -> t')),
        stranger.actor,
      ),
    );
    expect(await providerOf(here.world.adapters)(Engine).answered(executionId, 'end', 60_000)).toMatchObject({
      status: 'failed',
      error: { type: 'data-table-not-found' },
    });
  });
});

describe('exceptions to where workflows go', () => {
  test('are made by who may, leave a Change, and are in force', async () => {
    const approver = here.bob;
    const wish = { kind: 'cidr', value: '10.20.0.0/16', ports: [8006], reason: 'NetBox of the core team' };
    const change = await here.world.carriedOut(egressCreate, wish, here.ana, approver);
    expect(change).toMatchObject({ state: 'succeeded', risk: 'high', outcome: { value: '10.20.0.0/16', ports: [8006] } });
    expect((await here.world.done(egressList, {}, here.ana)).items).toMatchObject([{ value: '10.20.0.0/16', createdByName: 'ana' }]);
    expect((await here.world.refused(egressCreate, { ...wish, value: '169.254.0.0/16' }, here.ana)).slug).toBe('egress-exception-refused');
    expect((await here.world.refused(egressCreate, wish, here.world.as({ permissions: ['workflows:*'] }))).slug).toBe('permission-denied');
    const { id } = change.outcome as { id: string };
    await here.world.done(egressDelete, { id }, here.ana);
    expect((await here.world.refused(egressDelete, { id }, here.ana)).slug).toBe('egress-exception-not-found');
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
      m: ['monitoring', { action: 'wait_until', url, everySeconds: 3_600, forSeconds: 7_200, ...config }],
      ok: set('"well"'),
      late: set('"late"'),
    });
    const lines = 'start -> m, m.ok -> ok, m.breached -> late';
    const id = await here.begin(watch({}), lines, {}, here.ana);
    const waits = () => here.sql<{ kind: string }>(`select kind from execution_waits where execution_id = $1 and state = 'open'`, [id]);
    await eventually(async () => (await waits()).map(({ kind }) => kind)).toEqual(['timer']);
    expect(
      (await here.sql<{ status: string; lease_until: Date | null }>('select status, lease_until from workflow_executions where id = $1', [id]))[0],
    ).toMatchObject({ status: 'waiting', lease_until: null });
    status = 200;
    await here.sql(`update execution_waits set due_at = now() where execution_id = $1`, [id]);
    await here.sql(`update workflow_executions set wake_at = now() where id = $1`, [id]);
    expect(await here.ended(id)).toMatchObject({ status: 'completed', outputs: 'well', records: { m: { output: { healthy: true, checks: 2 } } } });
    status = 503;
    expect(await here.run(watch({ everySeconds: 1, forSeconds: 1 }), lines)).toMatchObject({
      outputs: 'late',
      records: { m: { output: { healthy: false, checks: 2 } } },
    });
  });

  test('alerts and heartbeats are announced with the checkpoint, once', async () => {
    const { executionId } = await here.run({ a: ['monitoring', { action: 'alert.raise', key: 'edge', severity: 'critical', message: 'It is {{ input.what }}' }], b: ['monitoring', { action: 'heartbeat', key: 'nightly' }] }, 'start -> a, a.ok -> b', { what: 'down' }); // prettier-ignore
    const found = await here.sql<{ type: string; data: Json }>(
      `select type, data from events where data->>'executionId' = $1 and type in ('alert.raised', 'heartbeat.sent') order by seq`,
      [executionId],
    );
    expect(found).toMatchObject([
      { type: 'alert.raised', data: { key: 'edge', severity: 'critical', message: 'It is down' } },
      { type: 'heartbeat.sent', data: { key: 'nightly' } },
    ]);
  });
});

describe('telling', () => {
  const heard: { path: string; body: Json }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ path: request.url!, body: JSON.parse(Buffer.concat(parts).toString()) as Json });
      response.writeHead(202).end();
    });
  });
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

  test('workflows 32: Teams and a pager are told once, by addresses and keys that are secrets and stand in no record', async () => {
    Object.assign(SECRETS, { 'secret://TEAMS': `${url}/workflows/c4nary-teams`, 'secret://PAGER': 'c4nary-pager' });
    const nodes: Drawn = {
      team: ['notify', { channel: 'teams', address: 'secret://TEAMS', title: 'Edge {{ input.n }} is down', dedupeKey: 'edge' }],
      again: ['notify', { channel: 'teams', address: 'secret://TEAMS', title: 'Again', dedupeKey: 'edge', throttleMinutes: 5 }],
      page: ['notify', { channel: 'pager', key: 'secret://PAGER', service: `${url}/enqueue`, title: 'Edge', severity: 'critical', dedupeKey: 'edge' }],
    };
    const { executionId, records, status } = await here.run(nodes, 'start -> team -> again -> page', { n: 7 });
    expect({ status, records }).toMatchObject({ status: 'completed', records: { team: { output: { sent: 1 } }, page: { output: { sent: 1 } } } });
    expect(heard.map(({ path }) => path)).toEqual(['/workflows/c4nary-teams', '/workflows/c4nary-teams', '/enqueue']);
    expect(heard[2]!.body).toMatchObject({ routing_key: 'c4nary-pager', event_action: 'trigger', dedup_key: 'edge' });
    const kept = await here.sql('select * from node_executions where execution_id = $1', [executionId]);
    expect(JSON.stringify(kept)).not.toContain('c4nary');
  }); // prettier-ignore
});

test('workflows 32: data goes to an object and comes back, by a connection that stands in no record', async () => {
  const { startS3 } = (await import(new URL('../../e2e/fakes/s3.ts', import.meta.url).href)) as { startS3: (options: object) => Promise<{ port: number; asked: string[]; close: () => Promise<void> }> };
  const fake = await startS3({ buckets: { exports: 'us-east-1' }, key: 'c4naryKEY', secret: 'c4nary/secret+' });
  try {
    const at = (secret: string): string => `s3://c4naryKEY:${secret}@127.0.0.1:${fake.port}/?sslmode=disable`;
    Object.assign(SECRETS, { 'secret://S3': at('c4nary/secret+'), 'secret://STALE': at('c4nary/stale') });
    const s3 = (config: Record<string, Json>): Drawn[string] => ['data', { source: 's3', connection: 'secret://S3', bucket: 'exports', key: 'day/{{ execution.id }}.csv', ...config }];
    const nodes: Drawn = {
      csv: ['data', { source: 'csv', action: 'put' }],
      put: s3({ action: 'put', values: 'nodes.csv.output.file' }),
      list: s3({ action: 'list', prefix: 'day/' }),
      get: s3({ action: 'get', parse: 'file' }),
      rows: ['data', { source: 'csv', text: 'nodes.get.output.file' }],
    };
    const { executionId, status, outputs, records } = await here.run(nodes, 'start -> csv -> put -> list -> get -> rows', [{ host: 'edge', n: 1 }]);
    expect({ status, outputs }).toMatchObject({ status: 'completed', outputs: { rows: [{ host: 'edge', n: '1' }] } });
    expect(records['list']).toMatchObject({ output: { rows: [{ key: `day/${executionId}.csv` }] } });
    const failed = await here.run({ put: s3({ action: 'put', connection: 'secret://STALE' }) }, 'start -> put', 'x');
    expect(failed.error).toMatchObject({ type: 's3-error', class: 'auth', retryable: false });
    const kept = await here.sql('select * from node_executions where execution_id = any($1)', [[executionId, failed.executionId]]);
    expect(kept).toHaveLength(6 + 2);
    expect(JSON.stringify(kept)).not.toContain('c4nary');
  } finally {
    await fake.close();
  }
}); // prettier-ignore

describe('counting', () => {
  test('workflows 32: Security lets so many pass within a window, each counted once and by its own key, however many come at once', async () => {
    const graph = draw({ start: ['trigger', { mode: 'manual' }], s: ['security', { action: 'rate_limit', bucket: '{{ input.who }}', limit: 2, windowSeconds: 3_600 }], yes: set('"in " + string(input.remaining)'), no: set('input.reasons') }, 'start -> s, s.pass -> yes, s.fail -> no'); // prettier-ignore
    const published = await publish(here.world.databases, here.world.tenants.a, graph);
    const engine = providerOf(here.world.adapters)(Engine);
    const outcome = async (who: string, more: object = {}) =>
      (await here.ended((await engine.start({ ...startOf(published, here.ana.actor, { who }), ...more })).executionId)).outputs;
    const five = await Promise.all(Array.from({ length: 5 }, () => outcome('x')));
    const refused = JSON.stringify(['more than 2 within 3600 seconds']);
    expect(five.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).toSorted()).toEqual([refused, refused, refused, 'in 0', 'in 1']);
    expect(await outcome('y')).toBe('in 1');
    await here.sql(`update workflow_marks set expires_at = now() - interval '1 second' where workflow_id = $1`, [published.workflowId]);
    expect(await outcome('x', { dryRun: true })).toBe('in 2');
    expect(await outcome('x')).toBe('in 1');
  });
});

test('workflows 32: Security asks the rules about a call that nobody makes, and only for those who may ask', async () => {
  const ask = (name: string, more: Record<string, Json> = {}, who = here.ana) =>
    here.run({ s: ['security', { action: 'policy', operation: 'lamps.light', operationInput: { name: '{{ input.name }}' }, ...more }], yes: set('input.effect'), no: set('input.reasons') }, 'start -> s, s.pass -> yes, s.fail -> no', { name }, who); // prettier-ignore
  expect((await ask('desk')).outputs).toBe('allow');
  expect((await ask('forbidden')).outputs).toEqual([expect.stringContaining('This lamp stays dark.')]);
  expect((await ask('forbidden', { policies: ['elsewhere'] })).outputs).toBe('deny');
  expect((await ask('desk', {}, here.world.as({ permissions: ['workflows:*'] }))).error).toMatchObject({ type: 'permission-denied' });
  expect(here.lamps.calls).toEqual([]);
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
    const { status, outputs, records } = await here.run(rollout(config), lines, { names: ['can-1', 'can-2', 'rest-1', 'rest-2'] });
    expect(status).toBe('completed');
    expect(records['m']).toMatchObject({ status: 'failed', error: { type: 'rollout-stopped' } });
    expect(outputs).toMatchObject({
      status: 'stopped', total: 4, failed: 2,
      targets: [{ target: 'can-1', status: 'rolled_back' }, { target: 'can-2', status: 'rolled_back' }, { target: 'rest-1', status: 'waiting', changeId: null }, { target: 'rest-2', status: 'waiting' }],
    }); // prettier-ignore
    expect(here.lamps.calls).toEqual(expect.arrayContaining(['can-1', 'can-2']));
    expect(here.lamps.calls).not.toContain('rest-1');
    expect([here.lamps.lamps.has('can-1'), here.lamps.lamps.has('can-2')]).toEqual([false, false]);
    const good = await here.run(rollout({ ...config, canary: 1 }), lines, { names: ['fine-1', 'fine-2', 'fine-3'] });
    expect(good.outputs).toMatchObject({ status: 'completed', total: 3, done: 3, failed: 0 });
    await new Promise((resolve) => (server.closeAllConnections(), server.close(resolve)));
  });

  test('failures are borne as many as were said, and `abortWhen` stops it before', async () => {
    const names = ['one', 'forbidden', 'two', 'three'];
    const borne = await here.run(rollout({ canary: 0, batch: { size: 2, maxFailures: 1 }, rollback: 'none' }), lines, { names });
    expect(borne.outputs).toMatchObject({
      status: 'completed',
      done: 3,
      failed: 1,
      targets: [{}, { status: 'failed', error: { type: 'policy-denied' } }, {}, {}],
    });
    const stopped = await here.run(
      rollout({ canary: 0, batch: { size: 2, maxFailures: 3 }, abortWhen: 'failed * 4 >= total', rollback: 'none' }),
      lines,
      {
        names,
      },
    );
    expect(stopped.outputs).toMatchObject({
      status: 'stopped',
      done: 1,
      failed: 1,
      targets: [{ status: 'done' }, { status: 'failed' }, { status: 'waiting' }, { status: 'waiting' }],
    });
  });
});
