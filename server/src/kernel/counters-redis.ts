import type { Ask, CounterStore, Granted } from './counters.ts';
import type { RedisPool } from './redis.ts';

/**
 * KEYS: the counters. ARGV: limit, seconds, want of each. Answers used, previous, granted, elapsed milliseconds of each. The clock is
 * the store's, so processes whose clocks differ count in the same windows.
 */
const TAKE = `
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
local answer = {}
for i, key in ipairs(KEYS) do
  local limit, window, want = tonumber(ARGV[i * 3 - 2]), tonumber(ARGV[i * 3 - 1]) * 1000, tonumber(ARGV[i * 3])
  local span = math.floor(now / window)
  local h = redis.call('HMGET', key, 'span', 'used', 'previous')
  local last, used, previous = tonumber(h[1] or -2), tonumber(h[2] or 0), tonumber(h[3] or 0)
  if last == span - 1 then used, previous = 0, used elseif last ~= span then used, previous = 0, 0 end
  local elapsed = now - span * window
  local granted = math.max(0, math.min(want, limit - used - math.ceil(previous * (1 - elapsed / window))))
  used = used + granted
  if want ~= 0 then
    redis.call('HSET', key, 'span', span, 'used', used, 'previous', previous)
    redis.call('PEXPIRE', key, 2 * window)
  end
  answer[#answer + 1] = used
  answer[#answer + 1] = previous
  answer[#answer + 1] = granted
  answer[#answer + 1] = elapsed
end
return answer`;

/** The braces keep what is asked together on one machine of a Redis cluster. */
const keyOf = (tenantId: string, { key, name }: Ask): string => `sy:count:{${tenantId}}:${key}:${name}`;

/** Counts in Redis: for installations of several processes that would rather not write to the database at each share. */
export const createRedisCounters = (pool: RedisPool): CounterStore => ({
  async take(tenantId, asks) {
    const keys = asks.map((ask) => keyOf(tenantId, ask));
    const found = (await pool.run((client) =>
      client.eval(TAKE, keys.length, ...keys, ...asks.flatMap(({ limit, seconds, want }) => [limit, seconds, want])),
    )) as number[];
    return asks.map((_, at): Granted => {
      const [used = 0, previous = 0, granted = 0, elapsedMs = 0] = found.slice(at * 4, at * 4 + 4);
      return { used, previous, granted, elapsedMs };
    });
  },
});
