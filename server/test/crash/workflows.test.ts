import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { resolveInDoubt } from '#modules/workflows/engine/control.ts';
import { crashPoint } from '#modules/workflows/engine/crash.ts';
import { draw, publish, startOf, type Drawn, type Published } from '#modules/workflows/engine/testing.ts';
import { cloneDatabase, copyOf, testMasterKey } from '../clone.ts';
import { query } from './evidence.ts';
import { startOutside, type Outside } from './outside.ts';
import { createWorkers } from './workflows-children.ts';
import { ACTOR, answering, openEngine, ROW, ROW_SETTINGS, TENANT, TEN } from './workflows-rig.ts';

const masterKey = testMasterKey();
const children = createWorkers();
let seeded: string;
let row: Published;
let ten: Published[];

beforeAll(async () => {
  seeded = await cloneDatabase();
  const { core } = await openEngine({ databaseUrl: seeded, masterKey, outside: '', works: false });
  row = await publish(core.databases, TENANT, ROW, ROW_SETTINGS);
  ten = await Promise.all(TEN.map((graph) => publish(core.databases, TENANT, graph)));
  await core.stop(5_000);
});
afterEach(() => children.end());

interface Left {
  status: string;
  outputs: unknown;
  records: string[];
  marked: number;
}
const left = async (url: string): Promise<Left[]> => {
  const rows = await query<{ id: string; status: string; outputs: unknown; records: string[] | null; marked: string }>(url, `
    select e.id, e.status, e.outputs, (select array_agg(n.node_key || ' ' || n.path || ' ' || n.status order by n.node_key, n.path) from node_executions n where n.execution_id = e.id) as records,
      (select count(*) from events v where v.type = 'custom.marked' and v.data->>'executionId' = e.id::text) as marked
    from workflow_executions e where e.parent_id is null order by e.id`);
  return rows.map(({ status, outputs, records, marked }) => ({ status, outputs, records: records ?? [], marked: Number(marked) }));
}; // prettier-ignore
/** Attempts that failed may be more after a kill. */
const finished = ({ records, ...rest }: Left): Left => ({ ...rest, records: records.filter((record) => !record.endsWith('failed')) });
const OVER = ['completed', 'failed', 'cancelled', 'timed_out', 'partial_success'];
const over = (url: string, count: number): Promise<void> =>
  expect.poll(async () => (await left(url)).filter(({ status }) => OVER.includes(status)).length, { timeout: 60_000, interval: 50 }).toBe(count);

/** Somebody decides on what is in doubt by looking outside, as a person would. */
async function decide(url: string, outside: Outside, tell: (execution: string) => void, core: Awaited<ReturnType<typeof openEngine>>['core']): Promise<void> {
  const doubts = await query<{ execution_id: string; node_id: string; path: string; node_key: string; idempotency_key: string }>(url, `select execution_id, node_id, path, node_key, idempotency_key from node_executions where status = 'in_doubt'`);
  for (const doubt of doubts) {
    const happened = outside.effects.some(({ mark }) => mark === doubt.idempotency_key);
    const record = { tenantId: TENANT, executionId: doubt.execution_id, nodeId: doubt.node_id, path: doubt.path };
    await core.databases.tenant({ tenantId: TENANT }, (db) => resolveInDoubt(db, record, happened ? 'happened' : 'again', 'posted'));
    tell(doubt.execution_id);
  }
} // prettier-ignore

/** Another worker, in this process, until all has ended. */
async function survived(url: string, outside: Outside, count: number): Promise<void> {
  const { core, engine } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true });
  const quiet = answering(core, engine);
  let deciding = true;
  const decisions = (async () => {
    while (deciding) {
      await decide(url, outside, engine.nudge, core);
      await pause(100);
    }
  })();
  try {
    await over(url, count);
  } finally {
    deciding = false;
    await decisions;
    await quiet();
    await core.stop(5_000);
  }
}

const orders = (databaseUrl: string, outside: Outside) => ({
  databaseUrl,
  masterKey: Buffer.from(masterKey).toString('base64'),
  outside: outside.url,
  answers: true,
});

/** The points that a run without a kill passes, and how it ends. */
async function undisturbed(): Promise<{ points: string[]; end: Left }> {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const points: string[] = [];
  crashPoint.at = (point) => void (points.includes(point) || points.push(point));
  try {
    const { core, engine } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true });
    const quiet = answering(core, engine);
    await engine.start(startOf(row, ACTOR));
    await over(url, 1);
    await quiet();
    await core.stop(5_000);
  } finally {
    crashPoint.at = () => undefined;
    await outside.close();
  }
  return { points, end: (await left(url))[0]! };
}

/** Every point by name, and of the writes by number a few: the same ones each time, unless all are asked for. */
function chosen(points: readonly string[]): string[] {
  const writes = points.filter((point) => point.startsWith('write '));
  return process.env['WORKFLOW_SOAK_SECONDS']
    ? [...points]
    : [...points.filter((point) => !writes.includes(point)), ...writes.filter((_, at) => at % 7 === 3)];
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 4): Promise<void> {
  const waiting = [...items];
  const faults: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item).catch((error: unknown) => void faults.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join('\n'));
}

test('workflows 88: Kill −9 at each of the named points for each effect class, then restart: final result equals the undisturbed run; no completed effect is repeated; nothing lost', async () => {
  const { points, end } = await undisturbed();
  expect(end).toMatchObject({ status: 'completed', outputs: 'through', marked: 1 });
  expect(points).toEqual(
    expect.arrayContaining([
      'put:before-intent',
      'put:after-intent',
      'put:after-effect',
      'post:after-intent',
      'claim:after',
      'end:before',
      'end:after',
      'rerun:before',
      'rerun:after',
    ]),
  );
  await eachOf(chosen(points), async (point) => {
    const [url, outside] = [await copyOf(seeded), await startOutside()];
    const child = children.start({ ...orders(url, outside), starts: [startOf(row, ACTOR)], at: point });
    expect(await child.ended, `${point}: ${child.said()}`).toBe('SIGKILL');
    // What was not acknowledged need not be there.
    const count = (await left(url)).length;
    expect(count, point).toBe(1);
    await survived(url, outside, 1);
    const [found] = await left(url);
    expect(finished(found!), point).toEqual(finished(end));
    const times = (act: string): number => new Set(outside.effects.filter((one) => one.act === act).map(({ mark }) => mark)).size;
    for (const act of ['put', 'one', 'two', 'post']) expect(times(act), `${point} ${act}`).toBe(1);
    // Only what was between its effect and its checkpoint may have been done twice, under the same key; what is not idempotent never is.
    expect(outside.effects.filter(({ act }) => act === 'post').length, point).toBe(1);
    expect(outside.effects.length, point).toBeLessThanOrEqual(5);
    await outside.close();
  });
}, 240_000);

const isStopped = (pid: number): boolean => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') === true;

test('workflows 90: A worker frozen (SIGSTOP) past its lease and continued later writes nothing', async () => {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const slow = await publishIn(url, { a: ['put', { ms: 400 }] });
  const child = children.start({ ...orders(url, outside), starts: [startOf(slow, ACTOR)] });
  await expect
    .poll(async () => (await query(url, `select 1 from node_executions where node_key = 'a'`)).length, { timeout: 60_000, interval: 20 })
    .toBe(1);
  child.signal('SIGSTOP');
  await expect.poll(() => isStopped(child.pid), { interval: 20 }).toBe(true);
  await query(url, `update workflow_executions set lease_until = now() - interval '1 second'`);
  await survived(url, outside, 1);
  const before = await query(url, 'select status, epoch, writes, event_seq, updated_at from workflow_executions');
  child.signal('SIGCONT');
  await pause(1_500);
  expect(await query(url, 'select status, epoch, writes, event_seq, updated_at from workflow_executions')).toEqual(before);
  expect(before[0]).toMatchObject({ status: 'completed', epoch: 2 });
  await outside.close();
}, 120_000);

async function publishIn(url: string, nodes: Drawn): Promise<Published> {
  const { core } = await openEngine({ databaseUrl: url, masterKey, outside: '', works: false });
  const published = await publish(core.databases, TENANT, draw({ start: ['trigger'], ...nodes }, `start -> ${Object.keys(nodes).join(' -> ')}`));
  await core.stop(5_000);
  return published;
}

test('workflows 92: A non-idempotent POST interrupted by a kill leaves the node in doubt and the execution paused; "it happened", "run again" and "fail" do what they say', async () => {
  for (const [decision, status, posts] of [['happened', 'completed', 1], ['again', 'completed', 2], ['fail', 'failed', 1]] as const) {
    const [url, outside] = [await copyOf(seeded), await startOutside()];
    const one = await publishIn(url, { a: ['post'] });
    const child = children.start({ ...orders(url, outside), starts: [startOf(one, ACTOR)], at: 'a:after-effect' });
    expect(await child.ended).toBe('SIGKILL');
    const { core, engine } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true });
    await expect.poll(async () => (await left(url))[0], { timeout: 60_000, interval: 50 }).toMatchObject({ status: 'paused', records: ['a  in_doubt', 'start  completed'] });
    const [record] = await query<{ executionId: string; nodeId: string }>(url, `select execution_id as "executionId", node_id as "nodeId" from node_executions where status = 'in_doubt'`);
    await core.databases.tenant({ tenantId: TENANT }, (db) => resolveInDoubt(db, { tenantId: TENANT, path: '', ...record! }, decision, 'by hand'));
    engine.nudge(record!.executionId);
    await over(url, 1);
    const [found] = await left(url);
    expect([found!.status, outside.effects.length, new Set(outside.effects.map(({ mark }) => mark)).size], decision).toEqual([status, posts, posts]);
    expect(found!.outputs, decision).toEqual(decision === 'happened' ? 'by hand' : decision === 'again' ? 'posted' : null);
    await core.stop(5_000);
    await outside.close();
  }
}, 120_000); // prettier-ignore

test('workflows 75: what an execution began is cancelled with it, also when its worker is killed right behind its end', async () => {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const held = await publishIn(url, { h: ['hold'] });
  const child: Drawn = { part: ['sub_workflow', { workflow: held.workflowId }], wait: ['look', { ms: 400 }], stop: ['fail', { message: 'enough' }] };
  const { core } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: false });
  const parent = await publish(core.databases, TENANT, draw({ start: ['trigger'], ...child }, 'start -> part, start -> wait -> stop'));
  await core.stop(5_000);
  const killed = children.start({ ...orders(url, outside), starts: [startOf(parent, ACTOR)], at: 'end:after', answers: false });
  expect(await killed.ended).toBe('SIGKILL');
  const states = () => query<{ status: string }>(url, 'select status from workflow_executions order by depth');
  expect((await states())[0]).toEqual({ status: 'failed' });
  const { core: other } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true });
  await expect.poll(states, { timeout: 60_000, interval: 50 }).toEqual([{ status: 'failed' }, { status: 'cancelled' }]);
  await other.stop(5_000);
  await outside.close();
}, 120_000);

test('workflows 94: two engine versions side by side finish all executions, each those whose format it knows', async () => {
  const [url, outside] = [await copyOf(seeded), await startOutside()];
  const older = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true, formats: [1] });
  const seeds = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: false });
  await seeds.engine.start(startOf(ten[0]!, ACTOR));
  await over(url, 1);
  await query(url, `update workflow_executions set wake_at = now() + interval '1 hour'`);
  const { executionId } = await seeds.core.databases.tenant({ tenantId: TENANT }, async (db) => {
    const accepted = await seeds.engine.accept(db, startOf(ten[0]!, ACTOR));
    await db.$client.query('update workflow_executions set format = 2 where id = $1', [accepted.executionId]);
    return accepted;
  });
  await pause(2_500);
  expect((await query(url, `select status from workflow_executions where id = '${executionId}'`))[0]).toEqual({ status: 'queued' });
  const newer = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: true, formats: [1, 2] });
  await over(url, 2);
  for (const { core } of [older, newer, seeds]) await core.stop(5_000);
  await outside.close();
}, 120_000);
