import type { Redis } from 'ioredis';
import { Problem } from './problem.ts';

export interface RedisOptions {
  url: string;
  /** Connections that are opened, each when it is first needed. */
  connections: number;
  /** How long connecting, or one answer, may take. */
  timeoutMs: number;
  /** Allow a plain connection to another machine: in a lab. */
  plain?: boolean;
  onError?: (error: Error) => void;
}

export interface RedisPool {
  /** Throws `dependency-unavailable` when Redis does not answer in time. */
  run: <T>(work: (client: Redis) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What goes over the wire signs people in, so it is read by nobody in between. Throws in words meant for whoever runs this. */
function requireSafe(url: string, plain: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'rediss:' || LOOPBACK.test(hostname) || plain) return;
  throw new Error(`REDIS_URL names another machine (${hostname}) without TLS. Use rediss://, or set SWITCHYARD_ALLOW_PRIVATE_TARGETS in a lab.`);
}

/** A few connections to Redis, used in turn. */
export function openRedis({ url, connections, timeoutMs, plain = false, onError = () => undefined }: RedisOptions): RedisPool {
  requireSafe(url, plain);
  async function open(): Promise<Redis[]> {
    // Read where there is a Redis to speak to: most installations have none.
    const { Redis: Client } = await import('ioredis');
    return Array.from({ length: connections }, () => {
      const client = new Client(url, {
        lazyConnect: true,
        connectTimeout: timeoutMs,
        commandTimeout: timeoutMs,
        // A call does not wait for a server that is gone; the connection is tried again all the while.
        maxRetriesPerRequest: 1,
        retryStrategy: (times) => Math.min(times * 100, 2_000),
        connectionName: 'switchyard',
      });
      client.on('error', onError);
      return client;
    });
  }
  let clients: Promise<Redis[]> | undefined;
  let next = 0;
  return {
    async run(work) {
      const client = (await (clients ??= open()))[(next += 1) % connections]!;
      try {
        return await work(client);
      } catch (cause) {
        if (cause instanceof Problem) throw cause;
        throw new Problem(
          'dependency-unavailable',
          'Redis, where sessions and limits may live, does not answer. Try again in a few seconds.',
          { retryAfterSeconds: 5 },
          { cause },
        );
      }
    },
    close: async () => {
      await Promise.all(((await clients) ?? []).map((client) => client.quit().catch(() => client.disconnect())));
    },
  };
}
