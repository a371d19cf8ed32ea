import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { hasRedis, startRedis } from '#test/redis.ts';
import { openDatabases } from './database.ts';
import { newId } from './ids.ts';
import { LeaseLost } from './jobs.ts';
import { createLeases, type Lease, type LeaseStore } from './leases.ts';
import { createPostgresLeases, sweepLeases } from './leases-postgres.ts';
import { createRedisLeases } from './leases-redis.ts';
import { openRedis } from './redis.ts';

interface Backend {
  store: LeaseStore;
  close: () => Promise<void>;
}
const postgres = async (): Promise<Backend> => {
  const databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
  return { store: createPostgresLeases(databases), close: databases.close };
};
const redis = async (): Promise<Backend> => {
  const server = await startRedis();
  const pool = openRedis({ url: server.url, connections: 3, timeoutMs: 2_000 });
  return { store: createRedisLeases(pool), close: async () => (await pool.close(), await server.close()) };
};

const backends = [['PostgreSQL', postgres, true], ['Redis', redis, hasRedis]] as const; // prettier-ignore
describe.each(backends)('leases in %s', (_name, open, here) => {
  describe.skipIf(!here)('where it is', () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend?.close());
    /** Gives out leases that are never renewed: their process has been killed. */
    const dead = (): LeaseStore => ({ ...backend.store, renew: async () => Promise.reject(new Error('killed')), release: async () => undefined });

    test('of many who ask at once one gets it, and the next when it is given back', async () => {
      const name = `health:${newId()}`;
      const processes = Array.from({ length: 3 }, () => createLeases(backend.store));
      const asked = await Promise.all(Array.from({ length: 30 }, (_, n) => processes[n % 3]!.take(name, 60_000)));
      const got = asked.filter((lease) => lease !== undefined);
      expect(got).toHaveLength(1);
      await got[0]!.release();
      const next = await processes[1]!.take(name, 60_000);
      expect(next!.token).toBeGreaterThan(got[0]!.token);
      await next!.release();
      expect(next!.signal.aborted, 'given back, not lost').toBe(false);
    });

    test('it is renewed for as long as its holder lives, and taken over soon after the holder was killed', async () => {
      const name = `health:${newId()}`;
      const [living, other] = [createLeases(backend.store), createLeases(backend.store)];
      const lease = await living.take(name, 300);
      await pause(900);
      expect(await other.take(name, 300), 'three times as long as it lasts').toBeUndefined();
      expect(lease!.signal.aborted).toBe(false);
      await lease!.release();

      const errors: Error[] = [];
      const killed = await createLeases(dead(), { onError: (error) => errors.push(error) }).take(name, 300);
      await expect.poll(() => other.take(name, 300), { timeout: 60_000, interval: 20 }).toMatchObject({ token: expect.any(Number) as number });
      expect(killed!.signal.aborted).toBe(true);
      expect(killed!.signal.reason).toBeInstanceOf(LeaseLost);
      expect(errors.length, 'each third').toBeGreaterThan(0);
      await other.stop();
    });

    test('whoever was held up for so long that another took over, learns it and gives nothing back', async () => {
      const name = `health:${newId()}`;
      const slow = { ...backend.store, renew: async () => false };
      const lost = await createLeases(slow).take(name, 90);
      await expect.poll(() => lost!.signal.aborted, { timeout: 60_000, interval: 10 }).toBe(true);
      const later = await expectTaken(name);
      await lost!.release();
      await backend.store.release(name, lost!.token);
      expect(await backend.store.renew(name, lost!.token, 1_000), 'with a token of before').toBe(false);
      expect(await backend.store.renew(name, later, 1_000)).toBe(true);
    });

    /** The token of who takes it when it is free. */
    async function expectTaken(name: string): Promise<number> {
      let token: number | undefined;
      await expect.poll(async () => (token ??= await backend.store.take(name, newId(), 60_000)), { timeout: 60_000, interval: 10 }).toBeGreaterThan(0); // prettier-ignore
      return token!;
    }

    test('of so many places each is given to one, in whatever process, and is free again when it is given back', async () => {
      const name = `changes:${newId()}`;
      const processes = Array.from({ length: 3 }, () => createLeases(backend.store));
      const asked: (Lease | undefined)[] = [];
      for (let n = 0; n < 30; n += 6)
        asked.push(...(await Promise.all(Array.from({ length: 6 }, (_, at) => processes[at % 3]!.takePlace(name, 4, 60_000)))));
      const got = asked.filter((lease) => lease !== undefined);
      expect(got).toHaveLength(4);
      await got[2]!.release();
      expect(await processes[0]!.takePlace(name, 4, 60_000)).toBeDefined();
      expect(await processes[1]!.takePlace(name, 4, 60_000)).toBeUndefined();
      await Promise.all(processes.map(({ stop }) => stop()));
    });

    test('what another holds is counted by its kind, and everything is given back when a process stops', async () => {
      const name = `health:${newId()}`;
      const contended: string[] = [];
      const [one, other] = [createLeases(backend.store), createLeases(backend.store, { onContention: (kind) => contended.push(kind) })];
      await one.take(name, 60_000);
      expect(await other.take(name, 60_000)).toBeUndefined();
      await one.stop();
      expect(await other.take(name, 60_000)).toBeDefined();
      expect(contended).toEqual(['health']);
      await other.stop();
    });
  });
});

test('names that nobody has held for a day are forgotten, and their tokens go on growing', async () => {
  const databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
  try {
    const store = createPostgresLeases(databases);
    const first = await store.take('health:x', newId(), 1);
    await databases.lookUp((db) => db.$client.query(`update leases set until = now() - interval '2 days'`));
    await sweepLeases(databases);
    expect((await databases.lookUp((db) => db.$client.query('select 1 from leases'))).rows).toEqual([]);
    expect(await store.take('health:x', newId(), 1)).toBeGreaterThan(first!);
  } finally {
    await databases.close();
  }
});
