import type { Config } from '#kernel/config.ts';
import { createCounters, type Counters } from '#kernel/counters.ts';
import { createPostgresCounters, sweepCounters } from '#kernel/counters-postgres.ts';
import { createRedisCounters } from '#kernel/counters-redis.ts';
import { createProcesses } from '#kernel/processes.ts';
import type { Actor } from '#kernel/context.ts';
import type { Leases } from '#kernel/leases.ts';
import type { Log } from '#kernel/log.ts';
import { provide } from '#kernel/port.ts';
import { openRedis, type RedisPool } from '#kernel/redis.ts';
import { Limits } from '#modules/limits/providers/port.ts';
import { createLimits } from '#modules/limits/step.ts';
import type { Parts } from './core.ts';

/** Redis for counters, where the configuration names one. */
export const counterRedis = ({ redis, allowPrivateTargets }: Config, log: Log): RedisPool | undefined =>
  redis && openRedis({ ...redis, plain: allowPrivateTargets, onError: (error) => log.warn({ err: error }, 'redis') });

/** Throws when it does not answer. */
export const pong = (pool: RedisPool): Promise<void> => pool.run(async (client) => void (await client.ping()));

export interface LimitOptions {
  /** Counts in PostgreSQL when left out. */
  redis?: RedisPool | undefined;
  factor: number;
  rolesOf: (actor: Actor) => Promise<readonly string[]>;
  leases: Leases;
  /** Told of each refusal, for metrics. */
  observe?: ((role: string, layer: string) => void) | undefined;
}

/** Changes of one person that run at a time (governance.md 9); a load test multiplies them as it does quotas. */
export const runningChanges = (factor = 1): number => Math.min(100, Math.max(1, Math.round(3 * factor)));

/** Wires the counters of this process, the Gate's step that uses them, and what keeps them. */
export function wireLimits({ databases, live, jobs, now, log }: Parts, { redis, factor, rolesOf, leases, observe }: LimitOptions) {
  const onError = (error: Error): void => log.warn({ err: error }, 'limits');
  const processes = createProcesses(databases, onError);
  const counters: Counters = createCounters(redis ? createRedisCounters(redis) : createPostgresCounters(databases), () => new Date());
  const { step, enter, limits } = createLimits({
    counters,
    databases,
    live,
    now,
    rolesOf,
    processes: processes.count,
    factor,
    leases,
    observe,
    onError,
  });
  return {
    step,
    enter,
    counters,
    adapters: [provide(Limits, limits)],
    start: processes.start,
    async work() {
      await jobs.schedule('counters-sweep', '23 * * * *', () => sweepCounters(databases));
    },
    async stop() {
      await processes.stop();
      await redis?.close();
    },
  };
}
