import type { LeaseStore } from './leases.ts';
import type { RedisPool } from './redis.ts';

/** KEYS: the lease, the last token of its name. ARGV: milliseconds. The last token outlives the lease, should the clock be set back. */
const TAKE = `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
local t = redis.call('TIME')
local token = math.max(tonumber(t[1]) * 1000000 + tonumber(t[2]), tonumber(redis.call('GET', KEYS[2]) or 0) + 1)
local text = string.format('%.0f', token)
redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
redis.call('SET', KEYS[2], text, 'PX', 86400000)
return text`;
/** KEYS: the lease. ARGV: the token, milliseconds; 0 ends it. */
const KEEP = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then return redis.call('DEL', KEYS[1]) end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** The braces keep the places of one name on one machine of a Redis cluster. */
const keyOf = (name: string): string => {
  const [base, place] = name.split('#');
  return `sy:lease:{${base}}${place === undefined ? '' : `#${place}`}`;
};

/** A key for each name, which Redis drops by itself. */
export const createRedisLeases = (pool: RedisPool): LeaseStore => ({
  async take(name, _owner, ttlMs) {
    const token = (await pool.run((client) => client.eval(TAKE, 2, keyOf(name), `${keyOf(name)}:last`, ttlMs))) as string | null;
    return token === null ? undefined : Number(token);
  },
  async takePlace(name, places, owner, ttlMs) {
    const names = Array.from({ length: places }, (_, at) => `${name}#${at + 1}`);
    const held = await pool.run((client) => client.mget(names.map(keyOf)));
    for (const free of names.filter((_, at) => held[at] === null)) {
      const token = await this.take(free, owner, ttlMs);
      if (token !== undefined) return { name: free, token };
    }
    return undefined;
  },
  renew: async (name, token, ttlMs) => (await pool.run((client) => client.eval(KEEP, 1, keyOf(name), token, ttlMs))) === 1,
  release: async (name, token) => void (await pool.run((client) => client.eval(KEEP, 1, keyOf(name), token, 0))),
});
