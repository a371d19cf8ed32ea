import { compactVerify, createLocalJWKSet, errors, type CompactVerifyResult, type JSONWebKeySet } from 'jose';
import type { Clock } from '#kernel/clock.ts';
import { keepNewest, Unreachable, type Fetch } from './outgoing.ts';

/** Milliseconds: keys are asked for again after an hour, and for an unknown key once a minute at most. */
const KEYS = { fresh: 3_600_000, unknownEvery: 60_000 } as const;

export interface KeySets {
  /** How many keys there are now. Throws `Unreachable` or `Forbidden`. */
  load: (jwksUri: string, fetch: Fetch) => Promise<number>;
  /** Checks the signature of a compact JWS. Throws what jose throws, `Unreachable` or `Forbidden`. */
  verify: (jwksUri: string, token: string, algorithms: readonly string[], fetch: Fetch) => Promise<CompactVerifyResult>;
}

interface Kept {
  keys: JSONWebKeySet;
  at: number;
  /** When an unknown key last made us ask. */
  askedAt: number;
}

async function load(uri: string, fetch: Fetch): Promise<JSONWebKeySet> {
  const response = await fetch(uri, { headers: { accept: 'application/jwk-set+json, application/json' } });
  const found = response.status === 200 ? ((await response.json().catch(() => undefined)) as JSONWebKeySet | undefined) : undefined;
  if (!Array.isArray(found?.keys)) throw new Unreachable('the provider publishes no keys');
  // A symmetric key in a public document is no secret: whoever can read it could sign.
  return { keys: found.keys.filter(({ kty }) => kty !== 'oct') };
}

/**
 * Public keys of providers. openid-client has a cache of its own, but one that does not look again for a key it got to know of within
 * the last minute; a provider that changes its keys just then would lock everybody out for that long.
 */
export function createKeySets(now: Clock): KeySets {
  const known = new Map<string, Kept>();

  async function keysOf(uri: string, fetch: Fetch): Promise<Kept> {
    const at = now().getTime();
    const kept = known.get(uri);
    if (kept && at - kept.at < KEYS.fresh) return kept;
    const loaded = { keys: await load(uri, fetch), at, askedAt: kept?.askedAt ?? Number.NEGATIVE_INFINITY };
    keepNewest(known, uri, loaded);
    return loaded;
  }

  return {
    async load(uri, fetch) {
      const at = now().getTime();
      const keys = await load(uri, fetch);
      keepNewest(known, uri, { keys, at, askedAt: at });
      return keys.keys.length;
    },
    async verify(jwksUri, token, algorithms, fetch) {
      const check = ({ keys }: Kept): Promise<CompactVerifyResult> => compactVerify(token, createLocalJWKSet(keys), { algorithms: [...algorithms] });
      const kept = await keysOf(jwksUri, fetch);
      try {
        return await check(kept);
      } catch (error) {
        const at = now().getTime();
        if (!(error instanceof errors.JWKSNoMatchingKey) || at - kept.askedAt < KEYS.unknownEvery) throw error;
        // Said before the call: many tokens with a made-up key cause one request.
        kept.askedAt = at;
        const renewed = { keys: await load(jwksUri, fetch), at, askedAt: at };
        keepNewest(known, jwksUri, renewed);
        return await check(renewed);
      }
    },
  };
}
