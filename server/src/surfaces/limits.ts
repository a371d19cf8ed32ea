import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { isIPv6 } from 'node:net';
import type { RateState } from '#kernel/gate.ts';
import { Problem } from '#kernel/problem.ts';

/** Calls per minute and network that the Gate's own limits cannot count, since nobody is known yet. */
export interface AddressLimits {
  unauthenticated: number;
  signIn: number;
  wrongToken: number;
  /** Of what sign-in pages read, of servers that speak for many people, and of calls to what is public with a credential that nobody looks at. */
  crowd: number;
}
const defaultAddressLimits: AddressLimits = { unauthenticated: 300, signIn: 20, wrongToken: 20, crowd: 600 };

/** The usual limits, so many times over. */
export const scaledAddressLimits = (factor: number): AddressLimits => ({
  unauthenticated: Math.ceil(defaultAddressLimits.unauthenticated * factor),
  signIn: Math.ceil(defaultAddressLimits.signIn * factor),
  wrongToken: Math.ceil(defaultAddressLimits.wrongToken * factor),
  crowd: Math.ceil(defaultAddressLimits.crowd * factor),
});

const WINDOW_SECONDS = 60;

/** One subscriber holds a whole /64, so that is what is counted. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const groups = [...left, ...(tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')), ...right];
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':'); // prettier-ignore
}

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

/** Limits by network address, in this process. Guessing needs many tries against one process or another; each counts its own. */
export function createAddressLimits(limits: AddressLimits) {
  const limiter = (name: keyof AddressLimits) => new RateLimiterMemory({ keyPrefix: name, points: limits[name], duration: WINDOW_SECONDS });
  const limiters = {
    unauthenticated: limiter('unauthenticated'),
    signIn: limiter('signIn'),
    wrongToken: limiter('wrongToken'),
    crowd: limiter('crowd'),
  };

  return {
    /** Counts one call; throws `rate-limited` when there were too many. */
    async count(kind: 'unauthenticated' | 'signIn' | 'crowd', ip: string): Promise<void> {
      await limiters[kind].consume(networkOf(ip)).catch((full: RateLimiterRes) => {
        throw refused(kind, limits[kind], full);
      });
    },
    /** Throws when this network has sent too many wrong tokens of late. */
    async checkTokens(ip: string): Promise<void> {
      const state = await limiters.wrongToken.get(networkOf(ip));
      if (state && state.consumedPoints > limits.wrongToken) throw refused('wrongToken', limits.wrongToken, state);
    },
    async wrongToken(ip: string): Promise<void> {
      await limiters.wrongToken.penalty(networkOf(ip));
    },
  };
}
export type AddressGuard = ReturnType<typeof createAddressLimits>;
