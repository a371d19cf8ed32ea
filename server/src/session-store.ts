import type { Config } from '#kernel/config.ts';
import type { Log } from '#kernel/log.ts';
import { openRedis } from '#kernel/redis.ts';
import { createRedisStore } from '#modules/identity/sessions/redis.ts';
import type { SessionOptions } from '#modules/identity/sessions/wire.ts';

/** Where the configuration wants cookie and bearer sessions to live; undefined for PostgreSQL. */
export function webStoreOf({ sessionStore, redis, allowPrivateTargets }: Config, log: Log): SessionOptions['webStore'] {
  if (sessionStore !== 'redis' || !redis) return undefined;
  const pool = openRedis({ ...redis, plain: allowPrivateTargets, onError: (error) => log.warn({ err: error }, 'redis') });
  return (sealing) => createRedisStore(pool, sealing);
}
