import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { hasRedis, startRedis, type TestRedis } from '#test/redis.ts';
import { remainingOf, shareOf, waitMs, type Quota } from './counter-rules.ts';
import { createCounters, type Counters, type CounterStore } from './counters.ts';
import { createPostgresCounters, sweepCounters } from './counters-postgres.ts';
import { createRedisCounters } from './counters-redis.ts';
import { openDatabases, type Databases } from './database.ts';
import { newId } from './ids.ts';
import { openRedis, type RedisPool } from './redis.ts';

const HOUR: Quota = { key: 'p', name: 'hour', limit: 1_000, seconds: 3_600 };

describe('what is left of a window that slides', () => {
  test('the window before counts as much as it still overlaps', () => {
    expect(remainingOf(HOUR, { used: 0, previous: 1_000, elapsedMs: 0 })).toBe(0);
    expect(remainingOf(HOUR, { used: 0, previous: 1_000, elapsedMs: 1_800_000 })).toBe(500);
    expect(remainingOf(HOUR, { used: 400, previous: 1_000, elapsedMs: 1_800_000 })).toBe(100);
  });

  test('when a point is said to be free it is, and not a moment before by much', () => {
    const counts = fc.record({ used: fc.nat(200), previous: fc.nat(200), elapsedMs: fc.integer({ min: 0, max: 59_999 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), counts, (limit, count) => {
        const quota: Quota = { key: 'p', name: 'minute', limit, seconds: 60 };
        fc.pre(count.used <= limit && count.previous <= limit && remainingOf(quota, count) === 0);
        const later = count.elapsedMs + waitMs(quota, count);
        // The window may have ended meanwhile: then what was used in it is what came before.
        const then = later < 60_000 ? { ...count, elapsedMs: later } : { used: 0, previous: count.used, elapsedMs: later - 60_000 };
        expect(remainingOf(quota, then)).toBeGreaterThan(0);
      }),
    );
  });

  test('a process takes the less at once the less there is, and single points at the end', () => {
    expect([10_000, 1_000, 500, 100, 99, 1, 0].map(shareOf)).toEqual([20, 20, 10, 2, 1, 1, 1]);
  });
});

interface Backend {
  store: () => CounterStore;
  close: () => Promise<void>;
}

const postgres = async (): Promise<Backend> => {
  const opened: Databases[] = [];
  const url = await cloneDatabase();
  const store = () => {
    const databases = openDatabases({ url, masterKey: testMasterKey() });
    opened.push(databases);
    return createPostgresCounters(databases);
  };
  return { store, close: async () => void (await Promise.all(opened.map((databases) => databases.close()))) };
};
const redis = async (): Promise<Backend> => {
  const server: TestRedis = await startRedis();
  const pools: RedisPool[] = [];
  const store = () => {
    const pool = openRedis({ url: server.url, connections: 2, timeoutMs: 2_000 });
    pools.push(pool);
    return createRedisCounters(pool);
  };
  return {
    store,
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
      await server.close();
    },
  };
};

const backends = [['PostgreSQL', true, postgres] as const, ['Redis', hasRedis, redis] as const];
describe.each(backends)('limits that are counted in %s', (_name, present, open) => {
  describe.skipIf(!present)('by one suite', () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend?.close());

    const process = (now = () => new Date()): Counters => createCounters(backend.store(), now);
    const fresh = (limit: number, seconds = 3_600): [string, Quota] => [newId(), { key: 'p', name: 'hour', limit, seconds }];
    const takeMany = async (counters: Counters, tenant: string, quota: Quota, times: number): Promise<number> => {
      const all = await Promise.all(Array.from({ length: times }, () => counters.take(tenant, [quota])));
      return all.filter(({ allowed }) => allowed).length;
    };

    test('one process lets through exactly the limit, then says when the next is free', async () => {
      const [tenant, quota] = fresh(250);
      const counters = process();
      expect(await takeMany(counters, tenant, quota, 400)).toBe(250);
      const { allowed, tightest } = await counters.take(tenant, [quota]);
      expect(allowed).toBe(false);
      expect(tightest).toMatchObject({ remaining: 0, quota: { name: 'hour' } });
      expect(tightest.waitMs).toBeGreaterThan(0);
    });

    test('what is left goes down with each call, and one key says nothing of another', async () => {
      const [tenant, quota] = fresh(100);
      const counters = process();
      const left: number[] = [];
      for (let at = 0; at < 5; at += 1) left.push((await counters.take(tenant, [quota])).tightest.remaining);
      expect(left).toEqual([99, 98, 97, 96, 95]);
      expect((await counters.take(tenant, [{ ...quota, key: 'other' }])).tightest.remaining).toBe(99);
      expect((await counters.take(newId(), [quota])).tightest.remaining).toBe(99);
    });

    test('governance 68: Given 200 parallel calls with 100 left over 3 instances, when done, then exactly 100 succeeded', async () => {
      const [tenant, quota] = fresh(1_000);
      const processes = [process(), process(), process()];
      let spent = 0;
      while (spent < 900) spent += await takeMany(processes[spent % 3]!, tenant, quota, 30);
      expect(spent).toBe(900);
      const calls = Array.from({ length: 200 }, (_, at) => processes[at % 3]!.take(tenant, [quota]));
      expect((await Promise.all(calls)).filter(({ allowed }) => allowed)).toHaveLength(100);
    });

    test('a call that one quota refuses is charged to none', async () => {
      const [tenant, wide] = fresh(500);
      const narrow: Quota = { key: 'p', name: 'day', limit: 3, seconds: 86_400 };
      const counters = process();
      for (let at = 0; at < 10; at += 1) await counters.take(tenant, [wide, narrow]);
      const [hour, day] = await counters.look(tenant, [wide, narrow]);
      expect([hour!.remaining, day!.remaining]).toEqual([497, 0]);
      expect((await counters.take(tenant, [wide, narrow])).tightest.quota.name).toBe('day');
    });

    test('looking takes nothing', async () => {
      const [tenant, quota] = fresh(5);
      const counters = process();
      for (let at = 0; at < 20; at += 1) await counters.look(tenant, [quota]);
      expect(await takeMany(counters, tenant, quota, 9)).toBe(5);
    });

    test('governance 69: Given the window slides, when the oldest part leaves, then calls are admitted gradually', async () => {
      const [tenant, quota] = fresh(40, 2);
      const counters = process();
      let admitted = 0;
      const seen: number[] = [];
      // Asked without pause for three windows: each tenth of a second some are let in, never the whole limit at once again.
      for (const until = Date.now() + 6_000; Date.now() < until;) {
        const now = await takeMany(counters, tenant, quota, 5);
        admitted += now;
        seen.push(now);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // Per window of two seconds at most 40; the first may be cut in two by a boundary.
      expect(admitted).toBeLessThanOrEqual(40 * 4);
      expect(admitted).toBeGreaterThan(40);
      const afterFirst = seen.slice(seen.indexOf(0));
      expect(afterFirst.filter((count) => count > 0 && count < 5).length).toBeGreaterThan(3);
    });
  });
});

test('counters nobody has counted under for days are let go', async () => {
  const databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
  const store = createPostgresCounters(databases);
  await store.take(newId(), [{ ...HOUR, want: 1 }]);
  await store.take(newId(), [{ ...HOUR, want: 1 }]);
  const count = () => databases.lookUp(async (db) => Number((await db.$client.query('select count(*) from rate_counters')).rows[0].count));
  await databases.lookUp((db) =>
    db.$client.query(`update rate_counters set at = now() - interval '4 days' where ctid = (select min(ctid) from rate_counters)`),
  );
  await sweepCounters(databases);
  expect(await count()).toBe(1);
  await databases.close();
});
