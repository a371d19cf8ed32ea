import type { Config } from '#kernel/config.ts';
import { createCounters, type Counters } from '#kernel/counters.ts';
import { createPostgresCounters, sweepCounters } from '#kernel/counters-postgres.ts';
import { createRedisCounters } from '#kernel/counters-redis.ts';
import { createProcesses } from '#kernel/processes.ts';
import type { Actor } from '#kernel/context.ts';
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
}

/** Wires the counters of this process, the Gate's step that uses them, and what keeps them. */
export function wireLimits({ databases, live, jobs, now, log }: Parts, { redis, factor, rolesOf }: LimitOptions) {
  const onError = (error: Error): void => log.warn({ err: error }, 'limits');
  const processes = createProcesses(databases, onError);
  const counters: Counters = createCounters(redis ? createRedisCounters(redis) : createPostgresCounters(databases), () => new Date());
  const { step, limits } = createLimits({ counters, databases, live, now, rolesOf, processes: processes.count, factor });
  return {
    step,
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
