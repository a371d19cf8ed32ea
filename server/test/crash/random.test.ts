import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { migrate } from '#kernel/migrate.ts';
import { startEmbedded, type Embedded } from '../../src/embedded/index.ts';
import { cacheDir, postmasterOf } from '../../src/embedded/testing.ts';
import { createChildren } from './children.ts';
import { readModules } from '../modules.ts';
import { openCompany, seedCompany } from './company.ts';
import { evidence, query } from './evidence.ts';
import { startOutside, type Outside } from './outside.ts';
import type { Orders } from './process.ts';

const CHANGES = 200;
const CLIENTS = 10;
/** Printed when the test fails; set CRASH_SEED to walk the same path again, as far as the machine's timing lets it. */
const SEED = Number(process.env['CRASH_SEED'] ?? randomBytes(4).readUInt32LE());

/** Mulberry32: small, seeded, good enough to choose victims. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const children = createChildren();
const masterKey = randomBytes(32);
let dir: string;
let database: Embedded;
let outside: Outside;
let keys: { asks: string };
let orders: Orders;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'switchyard-crash-'));
  // A real one of our own, that flushes to disk: what it confirmed must be there after a kill.
  database = await startEmbedded({ dir, cacheDir, log: () => undefined });
  // All that the product has, since what is done here announces itself to all of it.
  await migrate(database.url, await readModules(), { masterKey });
  outside = await startOutside();
  const core = await openCompany({ databaseUrl: database.url, masterKey, outside: outside.url, works: false });
  keys = await seedCompany(core);
  await core.stop(5_000);
  orders = {
    role: 'work',
    databaseUrl: database.url,
    masterKey: masterKey.toString('base64'),
    outside: outside.url,
    ms: 60,
    port: await freePort(),
  };
}, 120_000);
afterAll(async () => {
  await children.end();
  await database?.stop();
  await outside?.close();
  await rm(dir, { recursive: true, force: true });
});

/** One client's request, repeated with its key until the server has answered for good. */
async function ask(name: string): Promise<string> {
  const key = newId();
  for (const end = Date.now() + 120_000; Date.now() < end; await pause(150)) {
    try {
      const response = await fetch(`http://127.0.0.1:${orders.port}/api/v1/torches/light`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${keys.asks}`, 'Idempotency-Key': key },
        body: JSON.stringify({ name }),
        signal: AbortSignal.timeout(10_000),
      });
      const body = (await response.json()) as { change?: { id: string }; detail?: string };
      if (response.status === 202) return body.change!.id;
      if (response.status < 500) throw new Refused(`${response.status} ${body.detail}`);
    } catch (error) {
      if (error instanceof Refused) throw error; // anything else: no answer, or half of one
    }
  }
  throw new Error(`${name} was not answered in two minutes`);
}
class Refused extends Error {}

/** Keeps a process alive: when it was killed, another takes its place a little later. */
function keep(role: Orders['role'], chance: () => number) {
  let stopped = false;
  let child = children.start({ ...orders, role });
  const kept = (async () => {
    for (;;) {
      await child.ended;
      if (stopped) return;
      await pause(chance() * 1_500);
      if (stopped) return;
      child = children.start({ ...orders, role });
    }
  })();
  return {
    ready: () => child.ready,
    /** Ends it if it is up; answers whether it was. */
    async kill(): Promise<boolean> {
      const victim = child;
      const up = await Promise.race([victim.ready.then(() => true), pause(0, false)]).catch(() => false);
      if (up) victim.signal('SIGKILL');
      return up;
    },
    async stop(): Promise<void> {
      stopped = true;
      child.signal('SIGKILL');
      await kept;
    },
  };
}

const ENDED = `select count(*)::int as n from changes where ended_at is not null`;
const countEnded = async (): Promise<number> => (await query<{ n: number }>(database.url, ENDED).catch(() => [{ n: -1 }]))[0]!.n;

test(`200 Changes while server, workers and PostgreSQL are killed at random: none lost, none done twice, audit complete (seed ${SEED})`, async () => {
  const chance = random(SEED);
  const serving = keep('serve', chance);
  const workers = [keep('work', chance), keep('work', chance)];
  await Promise.all([serving, ...workers].map((one) => one.ready()));

  const asked = new Map<string, string>();
  const victims: Record<string, () => Promise<boolean>> = {
    serve: serving.kill,
    'first worker': workers[0]!.kill,
    'second worker': workers[1]!.kill,
    postgres: () => postmasterOf(dir).then((pid) => process.kill(pid, 'SIGKILL'), () => false), // it may be between two lives
  }; // prettier-ignore
  const kills = Object.fromEntries(Object.keys(victims).map((victim) => [victim, 0]));
  let quiet = false;
  // By progress, not by the clock: on a slow machine nothing would ever get done between two kills.
  const killing = (async () => {
    while (!quiet) {
      const next = asked.size + 1 + chance() * 10;
      while (!quiet && asked.size < next) await pause(20);
      await pause(chance() * 200);
      const victim = Object.keys(victims)[Math.floor(chance() * 4)]!;
      if (!quiet && (await victims[victim]!())) kills[victim]!++;
    }
  })();

  const names = Array.from({ length: CHANGES }, (_, n) => `torch-${n}`);
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (const name of names.filter((_name, n) => n % CLIENTS === client)) {
      asked.set(name, await ask(name));
      await pause(chance() * 1_500);
    }
  });
  await Promise.all(clients).finally(() => (quiet = true));
  await killing;
  await expect.poll(countEnded, { timeout: 150_000, interval: 500 }).toBe(CHANGES);
  await Promise.all([serving, ...workers].map((one) => one.stop()));

  for (const [what, times] of Object.entries(kills)) expect(times, `${what} was killed`).toBeGreaterThan(0);
  expect(Object.values(kills).reduce((a, b) => a + b)).toBeGreaterThan(6);
  const found = await evidence(database.url);
  expect(new Set(asked.values()).size, 'each request has a Change of its own').toBe(CHANGES);
  expect([...found.keys()].toSorted(), 'and there are no others').toEqual([...asked.values()].toSorted());
  for (const [name, id] of asked) {
    const change = found.get(id)!;
    expect(change, name).toMatchObject({ name, state: 'succeeded', audit: ['pending', 'success'], open: [], done: { look: 1, light: 1 } });
    expect(outside.count('light', name), `${name} was lit`).toBe(1);
  }
  expect(outside.effects).toHaveLength(CHANGES);
  const retried = [...found.values()].filter(({ attempt }) => attempt > 1).length;
  expect(retried, 'some were in the hands of a worker that was killed').toBeGreaterThan(0);
}, 420_000);
