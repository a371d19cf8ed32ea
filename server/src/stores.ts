import { createLeases, Leases } from '#kernel/leases.ts';
import { createPostgresLeases, sweepLeases } from '#kernel/leases-postgres.ts';
import { createRedisLeases } from '#kernel/leases-redis.ts';
import { provide } from '#kernel/port.ts';
import type { RedisPool } from '#kernel/redis.ts';
import { createResources, Resources, type CacheResult } from '#kernel/resource-cache.ts';
import { createPostgresResources, sweepResources } from '#kernel/resource-cache-postgres.ts';
import { createRedisResources } from '#kernel/resource-cache-redis.ts';
import type { Parts } from './core.ts';

export interface StoreOptions {
  /** PostgreSQL when left out. */
  redis?: RedisPool | undefined;
  /** Told of each, for metrics. */
  observe?: StoreObserver | undefined;
}

interface StoreObserver {
  contention: (kind: string) => void;
  cached: (kind: string, result: CacheResult) => void;
  filled: (kind: string, seconds: number) => void;
}

/** What all processes share and may lose: leases, and what outside systems said. */
export function wireStores({ databases, jobs, log }: Pick<Parts, 'databases' | 'jobs' | 'log'>, { redis, observe }: StoreOptions) {
  const onError = (error: Error): void => log.warn({ err: error }, 'shared stores');
  const leases = createLeases(redis ? createRedisLeases(redis) : createPostgresLeases(databases), {
    onError,
    ...(observe ? { onContention: observe.contention } : {}),
  });
  const resources = createResources(redis ? createRedisResources(redis) : createPostgresResources(databases), {
    onError,
    ...(observe ? { onResult: (result, kind) => observe.cached(kind, result), onFill: observe.filled } : {}),
  });
  return {
    leases,
    adapters: [provide(Leases, leases), provide(Resources, resources)],
    async work() {
      await jobs.schedule('stores-sweep', '41 * * * *', async () => {
        await sweepLeases(databases);
        await sweepResources(databases);
      });
    },
    stop: leases.stop,
  };
}
