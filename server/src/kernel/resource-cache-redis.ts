import type { Place, ResourceStore } from './resource-cache.ts';
import type { RedisPool } from './redis.ts';

const NOW = `local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + tonumber(t[2]) / 1000
`;
/** KEYS: entry, version of the tag. ARGV: the stamp that is known. */
const LOOK = `${NOW}
local version = redis.call('GET', KEYS[2]) or '0'
local e = redis.call('HMGET', KEYS[1], 'version', 'stamp', 'fresh', 'value')
if e[1] ~= version then return {version} end
return {version, e[2], tostring(now - tonumber(e[2])), e[3], e[2] == ARGV[1] and '' or e[4]}`;
/** KEYS: the claim, version of the tag. ARGV: who, milliseconds. Holds as long as the version is the same. */
const CLAIM = `
local version = redis.call('GET', KEYS[2]) or '0'
local c = redis.call('HMGET', KEYS[1], 'version')
if c[1] == version then return false end
redis.call('HSET', KEYS[1], 'filler', ARGV[1], 'version', version)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return version`;
/** KEYS: entry, version of the tag, the claim. ARGV: who, version, value, age, fresh, kept. */
const PUT = `${NOW}
if redis.call('HGET', KEYS[3], 'filler') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[3])
if (redis.call('GET', KEYS[2]) or '0') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'stamp', string.format('%.3f', now - tonumber(ARGV[4])), 'fresh', ARGV[5], 'value', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 1`;
/** KEYS: the claim. ARGV: who. */
const LEAVE = `if redis.call('HGET', KEYS[1], 'filler') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;
/** KEYS: versions of tags. They outlive whatever can be of an older version. */
const BUMP = `
local t = redis.call('TIME')
for _, key in ipairs(KEYS) do
  local version = math.max(tonumber(t[1]) * 1000000 + tonumber(t[2]), tonumber(redis.call('GET', key) or 0) + 1)
  redis.call('SET', key, string.format('%.0f', version), 'PX', 259200000)
end
return 0`;

/** The braces keep what belongs to a tenant on one machine of a Redis cluster. */
const entryOf = ({ tenantId, key }: Place): string => `sy:{${tenantId}}:rc:${key}`;
const claimOf = ({ tenantId, key }: Place): string => `sy:{${tenantId}}:rcf:${key}`;
const versionOf = (tenantId: string, tag: string): string => `sy:{${tenantId}}:rcv:${tag}`;

/** In Redis, which forgets by itself. */
export function createRedisResources(pool: RedisPool): ResourceStore {
  const run = <T>(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<T> =>
    pool.run((client) => client.eval(script, keys.length, ...keys, ...values)) as Promise<T>;
  return {
    async look(place, known) {
      const keys = [entryOf(place), versionOf(place.tenantId, place.tag)];
      const [version, stamp, age, fresh, value] = await run<[string, string?, string?, string?, string?]>(LOOK, keys, [known ?? '']);
      if (stamp === undefined) return { version, entry: undefined };
      return {
        version,
        entry: { stamp, ageMs: Number(age), freshMs: Number(fresh), ...(value === '' ? {} : { value: JSON.parse(value!) as unknown }) },
      };
    },
    claim: async (place, filler, ms) =>
      (await run<string | null>(CLAIM, [claimOf(place), versionOf(place.tenantId, place.tag)], [filler, ms])) ?? undefined,
    async put(place, filler, version, { value, ageMs, freshMs, keptMs }) {
      const keys = [entryOf(place), versionOf(place.tenantId, place.tag), claimOf(place)];
      await run(PUT, keys, [filler, version, JSON.stringify(value), ageMs, freshMs, Math.ceil(keptMs)]);
    },
    leave: async (place, filler) => void (await run(LEAVE, [claimOf(place)], [filler])),
    async bump(tenantId, tags) {
      await run(
        BUMP,
        tags.map((tag) => versionOf(tenantId, tag)),
        [],
      );
    },
  };
}
