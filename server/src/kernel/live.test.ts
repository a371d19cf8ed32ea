import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { ROLES, urlFor } from './database.ts';
import { localLive, openLive, type Live } from './live.ts';

let url: string;
let owner: pg.Client;
let errors: string[];
let open: Live[];
beforeEach(async () => {
  const database = await cloneDatabase();
  url = urlFor(database, ROLES.platform, testMasterKey());
  owner = new pg.Client({ connectionString: database });
  await owner.connect();
  errors = [];
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((live) => live.close()));
  await owner.end();
});

/** As another process has it: its own connection. */
async function connected(): Promise<Live> {
  const live = await openLive(url, ({ message }) => errors.push(message));
  open.push(live);
  return live;
}
const listeners = async (): Promise<number[]> => {
  const { rows } = await owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'switchyard:live' and datname = current_database()`,
  );
  return rows.map(({ pid }) => pid);
};
const kill = (pids: readonly number[]) => owner.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [pids]);
const counter = (live: Live, topic: string): (() => number) => {
  let heard = 0;
  live.subscribe(topic, () => heard++);
  return () => heard;
};

test('a hint is heard at once in its own process, and soon in the others', async () => {
  const [here, there] = [await connected(), await connected()];
  const [mine, theirs] = [counter(here, 'tenant:a'), counter(there, 'tenant:a')];
  here.publish('tenant:a');
  expect(mine()).toBe(1);
  await expect.poll(theirs).toBe(1);
  expect(mine(), 'its own notification is not heard again').toBe(1);
});

test('only who asked for a topic hears it, and only until they let go', async () => {
  const [here, there] = [await connected(), await connected()];
  const other = counter(there, 'tenant:b');
  let heard = 0;
  const stop = there.subscribe('tenant:a', () => heard++);
  here.publish('tenant:a');
  await expect.poll(() => heard).toBe(1);
  stop();
  const fence = counter(there, 'fence');
  here.publish('tenant:a');
  here.publish('fence');
  await expect.poll(fence).toBe(1);
  expect([heard, other()]).toEqual([1, 0]);
});

test('a thousand hints about one thing in one moment are one notification', async () => {
  const [here, there] = [await connected(), await connected()];
  const [many, one] = [counter(there, 'busy'), counter(there, 'fence')];
  for (let n = 0; n < 1_000; n++) here.publish('busy');
  here.publish('fence');
  await expect.poll(one).toBe(1);
  expect(many()).toBe(1);
});

test('more topics than one notification holds all arrive', async () => {
  const [here, there] = [await connected(), await connected()];
  const topics = Array.from({ length: 300 }, (_, n) => `tenant:0198a0b2-0000-7000-8000-${String(n).padStart(12, '0')}`);
  const heard = new Set<string>();
  for (const topic of topics) there.subscribe(topic, () => heard.add(topic));
  for (const topic of topics) here.publish(topic);
  await expect.poll(() => heard.size).toBe(300);
});

test('a lost connection is opened again, once, and hints come through both ways', async () => {
  const [here, there] = [await connected(), await connected()];
  const pids = await listeners();
  expect(pids).toHaveLength(2);
  await kill(pids);
  await expect.poll(async () => (await listeners()).filter((pid) => !pids.includes(pid)).length, { timeout: 60_000 }).toBe(2);
  const [mine, theirs] = [counter(here, 'x'), counter(there, 'y')];
  await expect
    .poll(() => {
      there.publish('x');
      here.publish('y');
      return Math.min(mine(), theirs());
    })
    .toBeGreaterThan(0);
  expect(await listeners()).toHaveLength(2);
  expect(errors.length).toBeGreaterThan(0);
});

test('whoever was cut off looks again at everything, since hints may have been missed', async () => {
  const there = await connected();
  const heard = counter(there, 'tenant:a');
  await kill(await listeners());
  await expect.poll(heard, { timeout: 60_000 }).toBe(1);
});

test('a connection that dies while it begins to listen is tried again, and leaves no second one behind', async () => {
  const live = await connected();
  const heard = counter(live, 'x');
  for (let round = 0; round < 3; round++) {
    const before = await listeners();
    await kill(before);
    // The new one is shot the moment it shows itself, as often as it takes to hit it while it begins.
    await expect.poll(async () => (await listeners()).some((pid) => !before.includes(pid)), { interval: 1, timeout: 60_000 }).toBe(true);
  }
  const speaker = await connected();
  await expect
    .poll(() => (speaker.publish('x'), heard()), { timeout: 10_000 }) // prettier-ignore
    .toBeGreaterThan(3);
  expect(await listeners()).toHaveLength(2);
});

test('closing ends the connection for good, also while it is being opened again', async () => {
  const live = await connected();
  await kill(await listeners());
  await live.close();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await listeners()).toEqual([]);
});

test('within one process it works without a database', async () => {
  const live = localLive();
  const heard = counter(live, 'x');
  live.publish('x');
  expect(heard()).toBe(1);
  await live.close();
  live.publish('x');
  expect(heard()).toBe(1);
});
