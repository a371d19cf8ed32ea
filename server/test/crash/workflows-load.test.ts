import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '#kernel/migrate.ts';
import { publish, startOf, type Published } from '#modules/workflows/engine/testing.ts';
import { startEmbedded } from '../../src/embedded/index.ts';
import { cacheDir, postmasterOf } from '../../src/embedded/testing.ts';
import { cloneDatabase, testMasterKey } from '../clone.ts';
import { readModules } from '../modules.ts';
import { query } from './evidence.ts';
import { startOutside } from './outside.ts';
import { createWorkers } from './workflows-children.ts';
import { ACTOR, answering, ONE, openEngine, POST, TENANT, TEN } from './workflows-rig.ts';

const masterKey = testMasterKey();
const children = createWorkers();
afterEach(() => children.end());

const SECONDS = Number(process.env['WORKFLOW_SOAK_SECONDS'] ?? 0);
/** Printed with a fault; set CRASH_SEED to walk the same way again, as far as the machine's timing lets it. */
const SEED = Number(process.env['CRASH_SEED'] ?? (SECONDS > 0 ? randomBytes(4).readUInt32LE() : 42));

/** Mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function scene(database: Promise<string> = cloneDatabase()) {
  const [url, outside] = [await database, await startOutside()];
  const { core, engine } = await openEngine({ databaseUrl: url, masterKey, outside: outside.url, works: false });
  const flows = await Promise.all(TEN.map((graph) => publish(core.databases, TENANT, graph, { maxConcurrent: 1_000 })));
  const orders = { databaseUrl: url, masterKey: Buffer.from(masterKey).toString('base64'), outside: outside.url, starts: [], answers: true };
  return { url, outside, core, engine, flows, orders };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** Callers at once. */
const LANES = 10;

/** Starts executions until `count` were acknowledged, whatever becomes of the database meanwhile. */
async function acknowledged({ engine, flows, core }: Pick<Scene, 'engine' | 'flows' | 'core'>, count: number): Promise<string[]> {
  const ids: string[] = [];
  let begun = 0;
  const start = (flow: Published): Promise<string> =>
    core.databases
      .tenant({ tenantId: TENANT }, (db) => engine.accept(db, startOf(flow, ACTOR, {}, { awaited: false })))
      .then(({ executionId }) => executionId);
  const lane = async (): Promise<void> => {
    while (begun < count) {
      const flow = flows[begun % flows.length]!;
      begun += 1;
      for (let id: string | undefined; id === undefined;) {
        id = await start(flow).catch(() => undefined);
        if (id) ids.push(id);
        else await pause(50);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return ids;
}

/** What there is to know of those that do not end. */
const STUCK = `select e.id, e.status, e.wake_at, now() as now, e.nudged, e.lease_owner, e.epoch, e.recoveries, e.writes,
  (select json_agg(json_build_array(w.node_key, w.path, w.kind, w.state)) from execution_waits w where w.execution_id = e.id) as waits,
  (select json_agg(json_build_array(n.node_key, n.path, n.attempt, n.status)) from node_executions n where n.execution_id = e.id) as nodes
  from workflow_executions e where e.ended_at is null limit 3`;

const FAILED = `select error ->> 'message' as message, count(*)::int as executions, min(recoveries) as least, max(recoveries) as most from workflow_executions where status = 'failed' group by 1`;

/** How an execution stands; one that waits for somebody to say whether an effect happened shows which. */
const STANDING = `case when status = 'paused' and exists (select from node_executions n where n.execution_id = e.id and n.status = 'in_doubt') then 'in doubt' else status end`;
type Standing = 'completed' | 'in doubt';

/** What is tried once at most: what was recorded happened once, what is in doubt once or never, and nothing else did. */
async function onceAtMost(url: string, posted: readonly string[]): Promise<void> {
  const rows = await query<{ key: string; status: string }>(
    url,
    `select idempotency_key as key, status from node_executions where node_type = 'post'`,
  );
  const times = new Map<string, number>();
  for (const mark of posted) times.set(mark, (times.get(mark) ?? 0) + 1);
  const known = new Map(rows.map(({ key, status }) => [key, status]));
  expect(rows.length, `seed ${SEED}`).toBe(known.size);
  for (const [key, status] of known) expect(status === 'completed' ? [1] : [0, 1], `seed ${SEED} ${key} ${status}`).toContain(times.get(key) ?? 0);
  expect(
    [...times.keys()].filter((mark) => !known.has(mark)),
    `seed ${SEED}`,
  ).toEqual([]);
}

/** All that was acknowledged has ended well, or says what is in doubt; no effect was begun anew after it had been recorded. */
async function allWell({ url, outside, core }: Scene, ids: readonly string[], { seconds = 120, good = ['completed'] }: { seconds?: number; good?: readonly Standing[] } = {}): Promise<void> {
  const states = async (): Promise<string[]> =>
    (await query<{ status: string }>(url, `select distinct ${STANDING} as status from workflow_executions e where id = any ('{${ids.join(',')}}') order by 1`).catch(() => [{ status: 'unknown' }])).map(({ status }) => status);
  await expect
    .poll(async () => (await states()).filter((status) => !(good as readonly string[]).includes(status)), { timeout: seconds * 1_000, interval: 200, message: `seed ${SEED}` })
    .toEqual([])
    .catch(async (error: unknown) => {
      throw new Error(`seed ${SEED}: ${JSON.stringify([await query(url, FAILED), await query(url, STUCK)])}`, { cause: error });
    });
  const rows = await query<{ key: string; attempts: number }>(url, `select idempotency_key as key, count(*)::int as attempts from node_executions where node_type in ('put', 'steps') and status = 'completed' group by 1`);
  const marks = new Set(outside.effects.map(({ mark }) => mark));
  for (const { key, attempts } of rows) expect([marks.has(key), attempts], `seed ${SEED} ${key}`).toEqual([true, 1]);
  await onceAtMost(url, outside.effects.filter(({ act }) => act === 'post').map(({ mark }) => mark));
  await core.stop(5_000);
  await outside.close();
} // prettier-ignore

/** So many in all, and so many kills; longer, and with a third worker, with WORKFLOW_SOAK_SECONDS. */
const MANY = 1_000;
const KILLS = 5;

test(
  'workflows 89: 1000 acknowledged executions, workers killed at random five times: all end completed but what is shown in doubt, and nothing that was recorded is repeated',
  async () => {
    const here = await scene();
    const chance = random(SEED);
    const one = await publish(here.core.databases, TENANT, ONE, { maxConcurrent: 1_000 });
    const once = await publish(here.core.databases, TENANT, POST, { maxConcurrent: 1_000 });
    const workers = Array.from({ length: SECONDS > 0 ? 3 : 2 }, () => children.start(here.orders));
    const end = Date.now() + SECONDS * 1_000;
    const ids: string[] = [];
    for (let round = 0; round < KILLS || Date.now() < end; round += 1) {
      ids.push(...(await acknowledged(here, 20)), ...(await acknowledged({ ...here, flows: [one, one, once] }, MANY / KILLS - 20)));
      const victim = Math.floor(chance() * workers.length);
      await workers[victim]!.ready;
      await pause(chance() * 300);
      workers[victim]!.signal('SIGKILL');
      await workers[victim]!.ended;
      workers[victim] = children.start(here.orders);
    }
    expect(ids.length).toBeGreaterThanOrEqual(MANY);
    expect(new Set(ids).size).toBe(ids.length);
    await allWell(here, ids, { good: ['completed', 'in doubt'] });
  },
  240_000 + SECONDS * 1_000,
);

/** A PostgreSQL of our own, which may be killed; it flushes to disk, so that what it confirmed is there afterwards. */
async function ownDatabase() {
  const dir = await mkdtemp(join(tmpdir(), 'switchyard-flows-'));
  const database = await startEmbedded({ dir, cacheDir, log: () => undefined });
  await migrate(database.url, await readModules(), { masterKey });
  return {
    url: database.url,
    signal: async (signal: NodeJS.Signals) => void process.kill(await postmasterOf(dir), signal),
    async close(): Promise<void> {
      await database.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

test('workflows 91: the database drops every session, is killed and is restarted under load: no acknowledged execution is lost, and nobody has to do anything', async () => {
  const own = await ownDatabase();
  try {
    const here = await scene(Promise.resolve(own.url));
    const worker = children.start(here.orders);
    await worker.ready;
    const ids: string[] = [];
    const drop = () => query(here.url, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    // Sessions alone; then all at once, as when the power goes; then as an administrator restarts it.
    for (const disturb of [drop, () => own.signal('SIGKILL'), () => own.signal('SIGINT')]) {
      ids.push(...(await acknowledged(here, 20)));
      await disturb();
      await pause(150);
    }
    ids.push(...(await acknowledged(here, 10)));
    await allWell(here, ids);
    await children.end();
  } finally {
    await own.close();
  }
}, 240_000); // prettier-ignore

test('workflows 93, 95: what a killed worker held is taken up at once, and what one that was asked to end gives back is gone on with; none fails', async () => {
  const here = await scene();
  const [first, second] = [children.start(here.orders), children.start(here.orders)];
  await Promise.all([first.ready, second.ready]);
  const ids = await acknowledged(here, 20);
  first.signal('SIGTERM');
  expect(await first.ended, first.said()).toBe(null);
  ids.push(...(await acknowledged(here, 20)));
  second.signal('SIGKILL');
  await second.ended;
  // The leases have most of their thirty seconds left; it is the end of the session that frees them.
  const { core, engine } = await openEngine({ databaseUrl: here.url, masterKey, outside: here.outside.url, works: true });
  const quiet = answering(core, engine);
  await allWell(here, ids, { seconds: 60 });
  await quiet();
  await core.stop(5_000);
}, 240_000);
