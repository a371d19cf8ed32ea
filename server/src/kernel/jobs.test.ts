import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { openDatabases, ROLES, urlFor, type Databases } from './database.ts';
import { newId } from './ids.ts';
import { Draining, LeaseLost, openJobs, type JobRun, type Jobs } from './jobs.ts';
import type { QueueName } from './jobs-schema.ts';
import { localLive, type Live } from './live.ts';

/** A database of its own for each test, so that no job of one is taken by another. */
let url: string;
let owner: pg.Client;
let databases: Databases;
let open: Jobs[];
let live: Live;
let errors: string[];
beforeEach(async () => {
  url = await cloneDatabase();
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  databases = openDatabases({ url, masterKey: testMasterKey() });
  open = [];
  live = localLive();
  errors = [];
});
afterEach(async () => {
  await Promise.all(open.map(async (jobs) => (await jobs.drain(5_000), jobs.close())));
  await Promise.all([owner.end(), databases.close()]);
});

const start = async (supervise = true, at = url): Promise<Jobs> => {
  const jobs = await openJobs({ url: urlFor(at, ROLES.platform, testMasterKey()), live, onError: ({ message }) => errors.push(message), supervise });
  open.push(jobs);
  return jobs;
}; // prettier-ignore
const tenant = newId();
const send = async (jobs: Jobs, queue: QueueName, data: Record<string, string> = {}, options: { priority?: number; startAfter?: Date } = {}) => {
  const tenantId = data['tenantId'] ?? tenant;
  const id = await databases.tenant({ tenantId }, (db) => jobs.enqueue(db, queue, { tenantId, ...data }, options));
  jobs.wake(queue);
  return id;
};
const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await owner.query<Record<string, unknown>>(sql)).rows;
const states = async (queue: QueueName): Promise<unknown[]> => (await rows(`select state from pgboss.job where name = '${queue}' order by created_on`)).map(({ state }) => state); // prettier-ignore

test('a job exists if and only if the transaction that asked for it commits', async () => {
  const jobs = await start(false);
  const failing = databases.tenant({ tenantId: tenant }, async (db) => {
    await jobs.enqueue(db, 'event', { tenantId: tenant, n: 'lost' });
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  const seen: string[] = [];
  jobs.work('event', async ({ data }) => void seen.push(data['n']!));
  await databases.tenant({ tenantId: tenant }, async (db) => {
    await jobs.enqueue(db, 'event', { tenantId: tenant, n: 'kept' });
    jobs.wake('event');
    await pause(300);
    expect(seen, 'not before the commit').toEqual([]);
  });
  jobs.wake('event');
  await expect.poll(() => seen).toEqual(['kept']);
  await expect.poll(() => states('event')).toEqual(['completed']);
});

test('a tenant can neither look into another’s jobs by accident nor change any', async () => {
  const jobs = await start(false);
  await send(jobs, 'event');
  for (const sql of ['update pgboss.job set priority = 1', 'delete from pgboss.job'])
    await expect(databases.tenant({ tenantId: tenant }, (db) => db.execute(sql))).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('a failing job is tried again, each time later and not all at the same moment, and then succeeds', async () => {
  const jobs = await start();
  const attempts: number[] = [];
  jobs.work('event', async ({ attempt }) => {
    attempts.push(attempt);
    if (attempt < 3) throw new Error(`attempt ${attempt} failed`);
  });
  await send(jobs, 'event');
  await expect.poll(() => attempts, { timeout: 60_000 }).toEqual([1, 2, 3]);
  expect(errors).toEqual(['attempt 1 failed', 'attempt 2 failed']);
});

test('the pause doubles with each failure up to a minute, with jitter', async () => {
  const jobs = await start(false);
  for (let n = 0; n < 24; n++) await send(jobs, 'change');
  const pauses = async (failures: number): Promise<number[]> => {
    await owner.query(
      `update pgboss.job set state = 'created', retry_count = ${failures}, started_on = null, start_after = now() where name = 'change'`,
    );
    let failed = 0;
    const once = await start(false);
    once.work('change', async () => (failed++, Promise.reject(new Error('no'))));
    await expect.poll(() => failed, { timeout: 60_000 }).toBe(24);
    await once.drain(5_000);
    const found = await rows(`select extract(epoch from start_after - now())::float8 as s from pgboss.job where name = 'change' and state = 'retry'`);
    return found.map(({ s }) => Number(s)).sort((a, b) => a - b);
  };
  const [first, fourth, eighth] = [await pauses(0), await pauses(3), await pauses(7)];
  // 1-2 s, 8-16 s, 60 s; the jobs failed a moment ago, hence the slack below.
  expect(first.at(-1)).toBeLessThanOrEqual(2);
  expect(fourth.at(-1)).toBeLessThanOrEqual(16);
  expect(fourth.at(-1)! - fourth[0]!, 'jitter spreads them').toBeGreaterThan(1);
  expect(fourth[0]).toBeGreaterThan(first.at(-1)!);
  expect(eighth[0]).toBeGreaterThan(fourth.at(-1)!);
  expect(eighth.at(-1)).toBeLessThanOrEqual(60);
});

test('what is more urgent goes first, and what has a time waits for it', async () => {
  const jobs = await start(false);
  await send(jobs, 'change.dead', { n: 'low' }, { priority: -5 });
  await send(jobs, 'change.dead', { n: 'first' });
  await send(jobs, 'change.dead', { n: 'second' });
  await send(jobs, 'change.dead', { n: 'urgent' }, { priority: 10 });
  await send(jobs, 'change.dead', { n: 'tomorrow' }, { priority: 100, startAfter: new Date(Date.now() + 86_400_000) });
  const seen: string[] = [];
  jobs.work('change.dead', async ({ data }) => void seen.push(data['n']!));
  await expect.poll(() => seen.length, { timeout: 60_000 }).toBe(4);
  expect(seen).toEqual(['urgent', 'first', 'second', 'low']);
});

test('two hundred jobs of one tenant do not hold up the one of another', async () => {
  const jobs = await start(false);
  const [busy, quiet] = [newId(), newId()];
  await databases.tenant({ tenantId: busy }, async (db) => {
    for (let n = 0; n < 200; n++) await jobs.enqueue(db, 'event', { tenantId: busy });
  });
  await send(jobs, 'event', { tenantId: quiet });
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const running = new Map<string, number>();
  const done: string[] = [];
  jobs.work('event', async ({ data: { tenantId } }) => {
    running.set(tenantId, (running.get(tenantId) ?? 0) + 1);
    await gate;
    done.push(tenantId);
  });
  await expect.poll(() => running.get(quiet)).toBe(1);
  expect(running.get(busy), 'no more than its share at once').toBe(4);
  await pause(1_200); // longer than a poll: nor does it get more by waiting
  expect(running.get(busy)).toBe(4);
  release();
  await expect.poll(() => done.length, { timeout: 60_000 }).toBe(201);
});

test('two processes carry out each job once, and neither goes over the tenant’s limit', async () => {
  const [one, two] = [await start(), await start()];
  const runs = new Map<string, number>();
  const by = [0, 0];
  let now = 0;
  let most = 0;
  const work = (who: number) => async ({ id }: JobRun) => {
    most = Math.max(most, ++now);
    runs.set(id, (runs.get(id) ?? 0) + 1);
    by[who]!++;
    await pause(20);
    now--;
  }; // prettier-ignore
  one.work('event', work(0));
  two.work('event', work(1));
  await databases.tenant({ tenantId: tenant }, async (db) => {
    for (let n = 0; n < 60; n++) await one.enqueue(db, 'event', { tenantId: tenant });
  });
  for (const jobs of [one, two]) jobs.wake('event');
  await expect.poll(() => states('event'), { timeout: 60_000 }).toEqual(Array.from({ length: 60 }, () => 'completed'));
  expect([...runs.values()].every((count) => count === 1)).toBe(true);
  expect(Math.min(...by)).toBeGreaterThan(0);
  // Two that look in the same instant may each take the tenant's share of four; never more.
  expect(most).toBeLessThanOrEqual(8);
});

test('a worker that was not heard of for too long loses the job, is told so, and what it does afterwards counts for nothing', async () => {
  const [first, second] = [await start(), await start()];
  const told: unknown[] = [];
  const taken: number[] = [];
  const run = async ({ attempt, signal }: JobRun): Promise<void> => {
    taken.push(attempt);
    if (attempt > 1) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    told.push(signal.reason);
    throw new Error('too late to matter');
  };
  for (const jobs of [first, second]) jobs.work('event', run);
  const id = await send(first, 'event');
  await expect.poll(() => states('event')).toEqual(['active']);
  // As if its beats had not arrived; it is alive and sends one now and then, hence again and again.
  const silence = `update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = '${id}' and state = 'active' and retry_count = 0`;
  await expect.poll(async () => (await owner.query(silence), taken), { timeout: 25_000, interval: 20 }).toEqual([1, 2]);
  await expect.poll(() => told.length, { timeout: 60_000 }).toBe(1);
  expect(told[0]).toBeInstanceOf(LeaseLost);
  await expect.poll(() => errors).toContain('too late to matter');
  await expect.poll(() => states('event')).toEqual(['completed']);
});

test('a job that comes back to the process that lost it is waited for when that drains', async () => {
  const jobs = await start();
  const seen: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  jobs.work('event', async ({ attempt, signal }) => {
    if (attempt === 1) await held;
    else await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    seen.push(`${attempt} ${signal.reason instanceof Draining ? 'asked to stop' : 'let go'}`);
  });
  const id = await send(jobs, 'event');
  const silence = `update pgboss.job set heartbeat_on = now() - interval '1 minute' where id = '${id}' and state = 'active' and retry_count = 0`;
  const retried = async () => (await rows(`select retry_count as n from pgboss.job where id = '${id}' and state = 'active'`))[0]?.['n'];
  await expect.poll(async () => (await owner.query(silence), retried()), { timeout: 25_000, interval: 20 }).toBe(1);
  release();
  await expect.poll(() => seen).toEqual(['1 let go']);
  expect(await jobs.drain(5_000)).toBe(0);
  expect(seen).toEqual(['1 let go', '2 asked to stop']);
});

test('what fails for good lies in the dead letter queue with what it was about', async () => {
  const jobs = await start();
  await send(jobs, 'event', { n: 'hopeless' });
  await owner.query(`update pgboss.job set retry_limit = 0`);
  jobs.work('event', async () => Promise.reject(new Error('never')));
  jobs.wake('event');
  await expect.poll(() => states('event.dead')).toEqual(['created']);
  const [dead] = await rows(`select data from pgboss.job where name = 'event.dead'`);
  expect(dead).toEqual({ data: { tenantId: tenant, n: 'hopeless' } });
  await expect.poll(async () => (await jobs.counts()).find(({ queue }) => queue === 'event.dead')?.waiting, { timeout: 60_000 }).toBe(1);
});

test('draining: no new job is taken, the running one stops at its next checkpoint and goes on elsewhere', async () => {
  const [leaving, staying] = [await start(), await start()];
  const reasons: unknown[] = [];
  leaving.work('event', async ({ signal }) => {
    while (!signal.aborted) await pause(10);
    reasons.push(signal.reason);
    throw signal.reason;
  });
  await send(leaving, 'event', { n: 'running' });
  await expect.poll(() => states('event')).toEqual(['active']);
  expect(await leaving.drain(5_000)).toBe(0);
  expect(reasons[0]).toBeInstanceOf(Draining);
  await send(leaving, 'event', { n: 'waiting' });
  const seen: string[] = [];
  staying.work('event', async ({ data, attempt }) => void seen.push(`${data['n']} ${attempt}`));
  await expect.poll(() => seen.toSorted(), { timeout: 60_000 }).toEqual(['running 2', 'waiting 1']);
  expect(errors, 'leaving is no fault').toEqual([]);
});

test('draining says how many jobs did not stop in time', async () => {
  const jobs = await start();
  let release = (): void => undefined;
  jobs.work('event', () => new Promise<void>((resolve) => (release = resolve)));
  await send(jobs, 'event');
  await expect.poll(() => states('event')).toEqual(['active']);
  expect(await jobs.drain(50)).toBe(1);
  release();
});

/** Runs beside the tests above, since a minute of the clock has to pass. */
let clock: { jobs: Jobs[]; rang: string[]; since: number };
const minute = (): number => Math.floor(Date.now() / 60_000);
beforeAll(async () => {
  const platform = urlFor(await cloneDatabase(), ROLES.platform, testMasterKey());
  clock = { jobs: [], rang: [], since: minute() };
  for (const who of ['one', 'two']) {
    const jobs = await openJobs({ url: platform, live: localLive(), onError: () => undefined, supervise: true });
    clock.jobs.push(jobs);
    await jobs.schedule('tick', '* * * * *', async () => void clock.rang.push(who));
  }
});
afterAll(() => Promise.all(clock.jobs.map(async (jobs) => (await jobs.drain(1_000), jobs.close()))));

test('work by the clock is called once per occurrence, though two processes keep the same clock', async () => {
  await expect.poll(() => clock.rang.length, { timeout: 90_000, interval: 250 }).toBeGreaterThanOrEqual(2);
  await pause(2_000); // time for a second call of the same occurrence, if there were one
  // Since the minute in which we began, each has had one occurrence, and both processes heard of all.
  expect(clock.rang.length).toBeLessThanOrEqual(minute() - clock.since + 1);
}, 120_000);
