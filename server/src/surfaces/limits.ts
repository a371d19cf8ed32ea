import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Call, RateState } from '#kernel/gate.ts';
import { networkOf } from '#kernel/network.ts';
import { Problem } from '#kernel/problem.ts';

/** Calls per minute and network that the Gate's own limits cannot count, since nobody is known yet. */
export interface AddressLimits {
  unauthenticated: number;
  signIn: number;
  wrongToken: number;
  /** A browser brings an old cookie by itself, and a whole office shares an address: far more than guessing with tokens would need. */
  wrongCookie: number;
  /** Of what sign-in pages read, of servers that speak for many people, and of calls to what is public with a credential that nobody looks at. */
  crowd: number;
}
const defaultAddressLimits: AddressLimits = { unauthenticated: 300, signIn: 20, wrongToken: 20, wrongCookie: 300, crowd: 600 };

/** The usual limits, so many times over. */
export const scaledAddressLimits = (factor: number): AddressLimits => ({
  unauthenticated: Math.ceil(defaultAddressLimits.unauthenticated * factor),
  signIn: Math.ceil(defaultAddressLimits.signIn * factor),
  wrongToken: Math.ceil(defaultAddressLimits.wrongToken * factor),
  wrongCookie: Math.ceil(defaultAddressLimits.wrongCookie * factor),
  crowd: Math.ceil(defaultAddressLimits.crowd * factor),
});

const WINDOW_SECONDS = 60;

const refused = (policy: string, limit: number, { msBeforeNext }: RateLimiterRes): Problem => {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const problem = new Problem('rate-limited', `More than ${limit} such calls a minute from your network. Wait ${seconds} s.`, {
    retryAfterSeconds: seconds,
  });
  // Beside the body, as the Gate does it: it is for headers.
  return Object.defineProperty(problem, 'rate', {
    value: { limit, remaining: 0, resetSeconds: seconds, policy } satisfies RateState,
    enumerable: false,
  });
};

const UNKNOWN: ReadonlySet<string> = new Set(['unauthenticated', 'token-invalid']);

/** Limits by network address, in this process. Guessing needs many tries against one process or another; each counts its own. */
export function createAddressLimits(limits: AddressLimits) {
  const limiter = (name: keyof AddressLimits) => new RateLimiterMemory({ keyPrefix: name, points: limits[name], duration: WINDOW_SECONDS });
  const limiters = {
    unauthenticated: limiter('unauthenticated'),
    signIn: limiter('signIn'),
    wrongToken: limiter('wrongToken'),
    wrongCookie: limiter('wrongCookie'),
    crowd: limiter('crowd'),
  };

  async function count(kind: 'unauthenticated' | 'signIn' | 'crowd', ip: string): Promise<void> {
    await limiters[kind].consume(networkOf(ip)).catch((full: RateLimiterRes) => {
      throw refused(kind, limits[kind], full);
    });
  }

  return {
    /** Counts one call; throws `rate-limited` when there were too many. */
    count,
    /** Counts a sign-in once more that could not be counted where all processes count: half as many are let through then. */
    async countTwice(ip: string): Promise<void> {
      await limiters.signIn.penalty(networkOf(ip));
    },
    /**
     * Does what looks at the credential of a call. A network that has sent too many unknown ones of late is refused beforehand, so that
     * made-up ones cost no look-up; one that is over, or was revoked, was known once and does not count.
     */
    async knowing<T>({ credentials, ip }: Pick<Call, 'credentials' | 'ip'>, look: () => Promise<T>): Promise<T> {
      const network = networkOf(ip);
      if (!credentials) {
        await count('unauthenticated', ip ?? 'unknown');
        return look();
      }
      const kind = credentials.kind === 'bearer' ? 'wrongToken' : 'wrongCookie';
      const state = await limiters[kind].get(network);
      if (state && state.consumedPoints > limits[kind]) throw refused(kind, limits[kind], state);
      try {
        return await look();
      } catch (error) {
        if (error instanceof Problem && UNKNOWN.has(error.slug)) await limiters[kind].penalty(network);
        throw error;
      }
    },
  };
}
export type AddressGuard = ReturnType<typeof createAddressLimits>;
