// A session is a hash at sy:sess:{hash of its secret}: `v` sealed, and in the clear only the times by which it is judged
// (`seen`, `idle`, `end`, milliseconds), so that reading it and moving its end on is one step. An ended one keeps `over` alone.

/** KEYS: session. ARGV: now, touch every, kept after its end. Answers ended | expired | live, value, seen. */
export const USE = `
local s = redis.call('HMGET', KEYS[1], 'v', 'seen', 'idle', 'end', 'over')
if s[5] then return { 'ended' } end
if not s[1] then return nil end
local at, seen, idle, last = tonumber(ARGV[1]), tonumber(s[2]), tonumber(s[3]), tonumber(s[4])
if math.min(seen + idle, last) <= at then return { 'expired' } end
if ARGV[2] ~= '' and at - seen >= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'seen', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], math.min(idle, last - at) + tonumber(ARGV[3]))
  return { 'live', s[1], ARGV[1] }
end
return { 'live', s[1], s[2] }`;

/** KEYS: session, where it is to be, its id. ARGV: value as it was read, new value, idle, end, hash, time to live, the same of its id. Answers 0 when somebody was faster. */
export const SWAP = `
if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end
if KEYS[1] ~= KEYS[2] then redis.call('RENAME', KEYS[1], KEYS[2]) end
redis.call('HSET', KEYS[2], 'v', ARGV[2], 'idle', ARGV[3], 'end', ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[7])
return 1`;

/** KEYS: session. ARGV: now, reason, kept after its end. Answers the value of a session that was live. */
export const END = `
local s = redis.call('HMGET', KEYS[1], 'v', 'seen', 'idle', 'end')
if not s[1] then return nil end
if math.min(tonumber(s[2]) + tonumber(s[3]), tonumber(s[4])) <= tonumber(ARGV[1]) then return nil end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'over', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return s[1]`;
