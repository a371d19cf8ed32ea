import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from '#kernel/drizzle.ts';
import { LeaseLost } from '#kernel/jobs.ts';
import { createLeases, Leases, type LeaseStore } from '#kernel/leases.ts';
import { createPostgresLeases } from '#kernel/leases-postgres.ts';
import { openDatabases } from '#kernel/database.ts';
import { testMasterKey } from '#test/clone.ts';
import type { Outside } from './calls.ts';
import { tend } from './reconcile.ts';
import { connections } from './tables.ts';
import { cloudWorld, type CloudWorld } from './testing.ts';
import { takeTurn } from './turns.ts';

/** A minute of the product in this test. */
const INTERVAL_MS = 600;

let world: CloudWorld;
beforeAll(async () => {
  world = await cloudWorld();
});
afterAll(() => world.end());

/** One instance: the same database, leases of its own. When it is killed nothing it holds is renewed or given back. */
function instance() {
  let killed = false;
  const databases = openDatabases({ url: world.databaseUrl, masterKey: testMasterKey() });
  const real = createPostgresLeases(databases);
  const store: LeaseStore = {
    ...real,
    renew: (...asked) => (killed ? new Promise<never>(() => undefined) : real.renew(...asked)),
    release: async (...asked) => (killed ? undefined : real.release(...asked)),
  };
  const leases = createLeases(store);
  // The same shares of an interval, which is shorter here.
  const quick: Leases = { ...leases, take: (name, ttlMs) => leases.take(name, (ttlMs / 60_000) * INTERVAL_MS) };
  const outside: Outside = { ...world.outside(AbortSignal.timeout(60_000)), provider: (port) => (port.port === Leases.port ? (quick as never) : world.outside().provider(port)) }; // prettier-ignore
  return { outside, kill: () => void (killed = true), close: async () => (await leases.stop(), databases.close()) };
}

// Connections to clouds stand for devices: both are looked at by the clock, each by one instance at a time.
test('governance 87: Given 3 instances, when one is killed, then its device leases are taken over within 2 intervals and no probe ran twice', async () => {
  const ann = world.as({ name: 'ann' });
  const cloud = await world.connect(ann);
  const instances = [instance(), instance(), instance()];
  const row = () => world.outside().tx(async ({ db }) => (await db.select().from(connections).where(eq(connections.id, cloud.id)))[0]!);
  let probing = 0;
  const ran: { by: number; interval: number; together: number }[] = [];
  const stop = new AbortController();
  const dead = new Set<number>();
  let hang: ((how: 'on') => void) | undefined;
  let hangs = false;
  let interval = 0;

  /** What an instance does at each tick of the clock: the connection's turn, if nobody has it and it was not looked at in this interval. */
  async function tick(by: number, now: number): Promise<void> {
    const turn = await takeTurn(instances[by]!.outside, cloud.id);
    if (!turn) return;
    const due = await turn.outside.tx(async ({ db }) => {
      const [found] = await db.select({ at: connections.probedAt }).from(connections).where(eq(connections.id, cloud.id));
      if (found?.at && found.at.getTime() === now) return false;
      await db
        .update(connections)
        .set({ probedAt: new Date(now) })
        .where(eq(connections.id, cloud.id));
      return true;
    });
    if (due) {
      ran.push({ by, interval: now, together: (probing += 1) });
      if (hangs) {
        hangs = false;
        probing -= 1; // it will be dead: what it began counts as no probe that runs
        instances[by]!.kill();
        dead.add(by);
        await new Promise<void>((resolve) => (hang = () => resolve()));
        // It comes back long after: its result is refused.
        await expect(turn.outside.tx(async ({ db }) => db.update(connections).set({ identity: 'from the dead' }))).rejects.toBeInstanceOf(LeaseLost);
        return;
      }
      await pause(20);
      probing -= 1;
    }
    await turn.end();
  }

  const late: Promise<void>[] = [];
  const ticking = (async () => {
    while (!stop.signal.aborted) {
      interval += 1;
      const now = interval * 60_000;
      const ticks = instances.map((_, by) => (dead.has(by) ? Promise.resolve() : tick(by, now)));
      late.push(...ticks);
      await pause(INTERVAL_MS);
    }
  })();

  await expect.poll(() => ran.length, { timeout: 60_000, interval: 10 }).toBeGreaterThanOrEqual(2);
  hangs = true;
  await expect.poll(() => dead.size, { timeout: 60_000, interval: 10 }).toBe(1);
  const [victim] = dead;
  const killedIn = ran.at(-1)!.interval / 60_000;
  await expect
    .poll(() => ran.filter(({ interval: at }) => at / 60_000 > killedIn).length, { timeout: 60_000, interval: 10 })
    .toBeGreaterThanOrEqual(2);
  hang!('on');
  stop.abort();
  await ticking;
  await Promise.all(late);

  const after = ran.filter(({ interval: at }) => at / 60_000 > killedIn);
  expect(after[0]!.interval / 60_000 - killedIn, 'intervals until another stood in').toBeLessThanOrEqual(2);
  expect(after.some(({ by }) => by === victim)).toBe(false);
  expect(Math.max(...ran.map(({ together }) => together)), 'never two at a time').toBe(1);
  expect(new Set(ran.map(({ interval: at }) => at)).size, 'never twice in an interval').toBe(ran.length);
  expect((await row()).identity).not.toBe('from the dead');
  await Promise.all(instances.map(({ close }) => close()));
}, 120_000);

test('a pass that another has taken over ends without a word, and leaves the connection alone', async () => {
  const ann = world.as({ name: 'bob' });
  const cloud = await world.connect(ann);
  const [slow, quick] = [instance(), instance()];
  const row = await world.outside().tx(async ({ db }) => (await db.select().from(connections).where(eq(connections.id, cloud.id)))[0]!);
  const newest = Date.now() * 1_000 + 60_000_000;
  // Somebody with a later lease has been here between taking the turn and writing.
  const outside: Outside = {
    ...slow.outside,
    tx: async (work) => {
      await world.outside().tx(async ({ db }) => db.update(connections).set({ leaseToken: newest }).where(eq(connections.id, cloud.id)));
      return slow.outside.tx(work);
    },
  };
  await tend(outside, { ...row, lastSyncAt: null });
  expect(await world.outside().tx(async ({ db }) => (await db.select().from(connections).where(eq(connections.id, cloud.id)))[0]!)).toMatchObject({
    lastSyncAt: null,
    lastPass: null,
    leaseToken: newest,
  });
  await Promise.all([slow, quick].map(({ close }) => close()));
});

test('a connection that is read already is left to whoever reads it', async () => {
  const ann = world.as({ name: 'cat' });
  const cloud = await world.connect(ann);
  const turn = await takeTurn(world.outside(), cloud.id);
  await world.pass(cloud.id);
  const read = async () => (await world.outside().tx(async ({ db }) => db.select({ at: connections.lastSyncAt }).from(connections).where(eq(connections.id, cloud.id))))[0]!.at; // prettier-ignore
  expect(await read()).toBeNull();
  await turn!.end();
  await world.pass(cloud.id);
  expect(await read()).not.toBeNull();
});
