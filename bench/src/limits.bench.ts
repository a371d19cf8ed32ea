import { openDatabases } from '../../server/src/kernel/database.ts';
import { createCounters, type CounterStore } from '../../server/src/kernel/counters.ts';
import { createPostgresCounters } from '../../server/src/kernel/counters-postgres.ts';
import { createRedisCounters } from '../../server/src/kernel/counters-redis.ts';
import { newId } from '../../server/src/kernel/ids.ts';
import type { LeaseStore } from '../../server/src/kernel/leases.ts';
import { createPostgresLeases } from '../../server/src/kernel/leases-postgres.ts';
import { createRedisLeases } from '../../server/src/kernel/leases-redis.ts';
import { openRedis } from '../../server/src/kernel/redis.ts';
import { createResources, type ResourceStore } from '../../server/src/kernel/resource-cache.ts';
import { createPostgresResources } from '../../server/src/kernel/resource-cache-postgres.ts';
import { createRedisResources } from '../../server/src/kernel/resource-cache-redis.ts';
import { hasRedis, startRedis } from '../../server/test/redis.ts';
import { withDatabase } from './lib/database.ts';
import { atMost, median, note, quantile } from './lib/figures.ts';

const SECONDS = 3;
const CLIENTS = 10;
const PEOPLE = 100;

/** Acts a second of so many loops side by side, and what each took in milliseconds. */
async function loop(act: (n: number) => Promise<unknown>, clients = CLIENTS): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  const from = performance.now();
  const end = from + SECONDS * 1_000;
  let n = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const began = performance.now();
        await act((n += 1));
        times.push(performance.now() - began);
      }
    }),
  );
  return { rate: (times.length * 1_000) / (performance.now() - from), times };
}

interface Stores {
  counters: CounterStore;
  leases: LeaseStore;
  resources: ResourceStore;
}

/** What the Gate asks at each call of each of many people, and what leases and kept reads cost beside it. */
async function measure(where: string, { counters: store, leases, resources: kept }: Stores): Promise<void> {
  const tenantId = newId();
  const people = Array.from({ length: PEOPLE }, () => newId());
  const quotasOf = (n: number) => {
    const key = people[n % PEOPLE]!;
    return [
      { key, name: 'burst', limit: 1_000_000, seconds: 60 },
      { key: 'tenant', name: 'tenant', limit: 10_000_000, seconds: 3_600 },
      { key, name: 'hour', limit: 1_000_000, seconds: 3_600 },
      { key, name: 'day', limit: 10_000_000, seconds: 86_400 },
    ] as const;
  };
  const counters = createCounters(store, () => new Date());
  await loop((n) => counters.take(tenantId, quotasOf(n))); // until the code is hot
  const decisions = await loop((n) => counters.take(tenantId, quotasOf(n)));
  note(`limits in ${where}: decisions with four quotas`, decisions.rate, '1/s');
  // One after the other: what ten that never pause wait for each other is no part of a decision.
  const single = await loop((n) => counters.take(tenantId, quotasOf(n)), 1);
  note(`limits in ${where}: decision, p50`, median(single.times), 'ms');
  atMost(`limits in ${where}: decision, p99`, quantile(single.times, 0.99), 'ms', 2);
  const asks = await loop((n) => store.take(tenantId, quotasOf(n).map((quota) => ({ ...quota, want: 1 })))); // prettier-ignore
  note(`limits in ${where}: asked for each decision, as near the end of a quota`, asks.rate, '1/s');
  note(`limits in ${where}: asked for each decision, p99`, quantile(asks.times, 0.99), 'ms');

  const turns = await loop(async (n) => {
    const name = `bench:${n}`;
    await leases.release(name, (await leases.take(name, newId(), 60_000))!);
  });
  note(`leases in ${where}: taken and given back`, turns.rate, '1/s');

  const resources = createResources(kept);
  const key = (n: number) => ({ tenantId, kind: 'catalog', tag: `cloud:${n % 50}`, part: '' }) as const;
  const value = { sizes: Array.from({ length: 200 }, (_, n) => ({ id: `size-${n}`, vcpus: n, memoryMb: n * 1_024, monthly: { amount: n, currency: 'EUR' } })) }; // prettier-ignore
  for (let n = 0; n < 50; n += 1) await resources.read(key(n), async () => value);
  const hits = await loop((n) => resources.read(key(n), () => Promise.reject(new Error('it is kept'))));
  note(`kept reads in ${where}: answered`, hits.rate, '1/s');
  note(`kept reads in ${where}: answered, p99`, quantile(hits.times, 0.99), 'ms');
}

await withDatabase(async ({ url, masterKey }) => {
  const databases = openDatabases({ url, masterKey, poolSize: 10 });
  await measure('PostgreSQL', {
    counters: createPostgresCounters(databases),
    leases: createPostgresLeases(databases),
    resources: createPostgresResources(databases),
  });
  await databases.close();
});
if (hasRedis) {
  const redis = await startRedis();
  const pool = openRedis({ url: redis.url, connections: 10, timeoutMs: 2_000 });
  await measure('Redis', { counters: createRedisCounters(pool), leases: createRedisLeases(pool), resources: createRedisResources(pool) });
  await pool.close();
  await redis.close();
}
