import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, testMasterKey } from '#test/clone.ts';
import { hasRedis, startRedis } from '#test/redis.ts';
import { openDatabases } from './database.ts';
import { newId } from './ids.ts';
import './problems.ts';
import { openRedis } from './redis.ts';
import { createResources, FRESH_SECONDS, tagOf, type CacheResult, type ResourceKey, type Resources, type ResourceStore } from './resource-cache.ts';
import { createPostgresResources, sweepResources } from './resource-cache-postgres.ts';
import { createRedisResources } from './resource-cache-redis.ts';

interface Backend {
  store: () => ResourceStore;
  /** Makes everything that is kept older by so many seconds. */
  age: (seconds: number) => Promise<void>;
  close: () => Promise<void>;
}

const postgres = async (): Promise<Backend> => {
  const databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
  return {
    store: () => createPostgresResources(databases),
    age: (seconds) =>
      databases.lookUp(async (db) => {
        const earlier = (column: string): string => `${column} = ${column} - make_interval(secs => ${seconds})`;
        await db.$client.query(`update resource_cache set ${['read_at', 'fresh_until', 'kept_until', 'filling_until'].map(earlier).join(', ')}`);
      }),
    close: databases.close,
  };
};
const redis = async (): Promise<Backend> => {
  const server = await startRedis();
  const pool = openRedis({ url: server.url, connections: 3, timeoutMs: 2_000 });
  return {
    store: () => createRedisResources(pool),
    async age(seconds) {
      for (const key of await server.client.keys('*:rc:*')) {
        await server.client.hincrbyfloat(key, 'stamp', -seconds * 1_000);
        await server.client.pexpire(key, (await server.client.pttl(key)) - seconds * 1_000);
      }
    },
    close: async () => (await pool.close(), await server.close()),
  };
};

const backends = [['PostgreSQL', postgres, true], ['Redis', redis, hasRedis]] as const; // prettier-ignore
describe.each(backends)('what outside systems said, in %s', (_name, open, here) => {
  describe.skipIf(!here)('where it is', () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend?.close());

    const keyOf = (kind: ResourceKey['kind'] = 'health', id = newId()): ResourceKey => ({ tenantId: newId(), kind, tag: tagOf({ type: 'cloud', id }), part: '' }); // prettier-ignore
    const processOf = (results: CacheResult[] = []): Resources =>
      createResources(backend.store(), { onResult: (result) => void results.push(result), onError: (error) => expect.unreachable(error.message) });
    const down = async (): Promise<never> => Promise.reject(new Error('the provider is down'));

    test('one process asks, the others read what it was told, until it is too old: health for five minutes, what is configured for an hour', async () => {
      expect([FRESH_SECONDS.health, FRESH_SECONDS.config]).toEqual([300, 3_600]);
      for (const kind of ['health', 'config'] as const) {
        const key = keyOf(kind);
        const results: CacheResult[] = [];
        const [one, other] = [processOf(results), processOf(results)];
        let asked = 0;
        const fill = async () => ({ n: (asked += 1) });
        expect((await one.read(key, fill)).value).toEqual({ n: 1 });
        expect((await other.read(key, fill)).value).toEqual({ n: 1 });
        await backend.age(FRESH_SECONDS[kind] - 20);
        const { value, readAt, stale } = await other.read(key, fill);
        expect([value, stale]).toEqual([{ n: 1 }, false]);
        expect(Math.round((Date.now() - readAt.getTime()) / 10_000)).toBe((FRESH_SECONDS[kind] - 20) / 10);
        await backend.age(FRESH_SECONDS[kind]);
        expect((await one.read(key, fill)).value).toEqual({ n: 2 });
        expect(results).toEqual(['miss', 'hit', 'hit', 'miss']);
      }
    });

    test('of many who ask at once, in three processes, one asks the outside', async () => {
      const key = keyOf();
      const processes = [processOf(), processOf(), processOf()];
      let asked = 0;
      const fill = async () => {
        await pause(300);
        return (asked += 1);
      };
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => processes[n % 3]!.read(key, fill)));
      expect(answers.map(({ value }) => value)).toEqual(Array<number>(12).fill(1));
      expect(asked).toBe(1);
    });

    test('what a Change was done to is read anew in every process, and what was on its way meanwhile is not kept', async () => {
      const key = keyOf('config');
      const [one, other] = [processOf(), processOf()];
      let world = 'before';
      const release: (() => void)[] = [];
      const slow = one.read(key, async () => {
        const seen = world;
        await new Promise<void>((resolve) => release.push(resolve));
        return seen;
      });
      await expect.poll(() => release.length, { interval: 5 }).toBe(1);
      world = 'after';
      await other.changed(key.tenantId, [key.tag]);
      // The first is still under way: nobody waits for it, and nobody gets what it saw.
      for (const process of [other, one]) expect((await process.read(key, async () => world)).value).toBe('after');
      release[0]!();
      expect((await slow).value).toBe('before');
      for (const process of [other, one]) expect((await process.read(key, down)).value).toBe('after');
      await one.changed(key.tenantId, [key.tag]);
      await expect(other.read(key, down), 'nothing from before a Change, even in need').rejects.toThrow('the provider is down');
    });

    test('another part, tenant or resource is none of its business', async () => {
      const key = keyOf();
      const process = processOf();
      await process.read(key, async () => 'mine');
      await process.changed(newId(), [key.tag]);
      await process.changed(key.tenantId, [tagOf({ type: 'server', id: key.tag.slice(6) })]);
      expect((await process.read(key, down)).value).toBe('mine');
      expect((await process.read({ ...key, tenantId: newId() }, async () => 'another’s')).value).toBe('another’s');
      expect((await process.read({ ...key, part: 'regions' }, async () => 'regions')).value).toBe('regions');
    });

    test('in its last tenth the old is answered while the new is fetched; beyond it the old only where the outside is down, for a day', async () => {
      const key = keyOf();
      const results: CacheResult[] = [];
      const process = createResources(backend.store(), { onResult: (result) => void results.push(result) });
      await process.read(key, async () => 'old');
      await backend.age(310);
      expect((await process.read(key, async () => 'new')).value).toBe('old');
      await expect.poll(async () => (await process.read(key, down)).value, { timeout: 60_000 }).toBe('new');
      await backend.age(400);
      expect(await process.read(key, down)).toMatchObject({ value: 'new', stale: true });
      expect(results.filter((result) => result === 'stale')).toHaveLength(1);
      await backend.age(86_400);
      await expect(process.read(key, down)).rejects.toThrow('the provider is down');
    });

    test('whoever fails or dies while asking is stood in for', async () => {
      const key = keyOf();
      const process = processOf();
      await expect(process.read(key, down)).rejects.toThrow('the provider is down');
      const place = { tenantId: key.tenantId, tag: key.tag, key: `${key.tag} health ` };
      expect(await backend.store().claim(place, newId(), 300), 'by a process that is killed now').toBeDefined();
      expect((await process.read(key, async () => 'told')).value).toBe('told');
    });
  });
});

const nowhere: ResourceStore = {
  look: async () => Promise.reject(new Error('the store is down')),
  claim: async () => Promise.reject(new Error('the store is down')),
  put: async () => Promise.reject(new Error('the store is down')),
  leave: async () => Promise.reject(new Error('the store is down')),
  bump: async () => Promise.reject(new Error('the store is down')),
};
const key: ResourceKey = { tenantId: newId(), kind: 'health', tag: 'cloud:x', part: '' };

test('without a store everybody asks for themselves, and what was changed says that it could not be made known', async () => {
  const onError = vi.fn<(error: Error) => void>();
  const resources = createResources(nowhere, { onError });
  expect(await resources.read(key, async () => 'told')).toMatchObject({ value: 'told', stale: false });
  expect(onError).toHaveBeenCalledOnce();
  await expect(resources.changed(key.tenantId, [key.tag])).rejects.toThrow('the store is down');
});

test('no more than four of a kind wait for the outside at a time in a process', async () => {
  const resources = createResources(nowhere);
  const release: (() => void)[] = [];
  const waiting = Array.from({ length: 4 }, () => resources.read(key, () => new Promise<string>((resolve) => release.push(() => resolve('told')))));
  await expect.poll(() => release.length).toBe(4);
  await expect(resources.read(key, async () => 'late')).rejects.toMatchObject({ slug: 'dependency-unavailable' });
  expect((await resources.read({ ...key, kind: 'routes' }, async () => 'of another kind')).value).toBe('of another kind');
  for (const go of release) go();
  expect((await Promise.all(waiting)).map(({ value }) => value)).toEqual(['told', 'told', 'told', 'told']);
  expect((await resources.read(key, async () => 'late')).value).toBe('late');
});

test('a process remembers no more than it has room for, and is told again what it let go', async () => {
  const sent: string[] = [];
  const store: ResourceStore = {
    ...nowhere,
    async look({ key: id }, known) {
      if (known === null) sent.push(id);
      return { version: '1', entry: { stamp: '1', ageMs: 0, freshMs: 1_000, ...(known === null ? { value: 'x'.repeat(6_000_000) } : {}) } };
    },
  };
  const resources = createResources(store);
  const read = async (part: string): Promise<number> => (await resources.read<string>({ ...key, part }, () => Promise.reject(new Error('unasked')))).value.length; // prettier-ignore
  for (const part of ['a', 'b', 'b', 'a', 'c', 'a', 'c', 'b']) expect(await read(part)).toBe(6_000_000);
  expect(sent.map((id) => id.at(-1))).toEqual(['a', 'b', 'c', 'b']);
});

test('what is too old to be answered is swept, and the versions that it was of', async () => {
  const databases = openDatabases({ url: await cloneDatabase(), masterKey: testMasterKey() });
  try {
    const resources = createResources(createPostgresResources(databases));
    await resources.read(key, async () => 'told');
    await resources.changed(key.tenantId, [key.tag]);
    const rows = async (): Promise<number> =>
      (await databases.lookUp((db) => db.$client.query('select tag from resource_cache union all select tag from resource_versions'))).rows.length;
    await sweepResources(databases);
    expect(await rows()).toBe(2);
    await databases.lookUp((db) => db.$client.query(`update resource_cache set kept_until = now() - interval '1 s'`));
    await databases.lookUp((db) => db.$client.query(`update resource_versions set at = at - interval '4 days'`));
    await sweepResources(databases);
    expect(await rows()).toBe(0);
  } finally {
    await databases.close();
  }
});
