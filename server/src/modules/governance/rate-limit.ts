import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '#kernel/context.ts';
import type { RateState, Steps } from '#kernel/gate-steps.ts';
import { Problem } from '#kernel/problem.ts';

interface Quota {
  name: string;
  points: number;
  seconds: number;
}
const QUOTAS: readonly Quota[] = [
  { name: 'burst', points: 300, seconds: 10 },
  { name: 'hourly', points: 20_000, seconds: 3600 },
];

const keyOf = (actor: Actor): string => (actor.kind === 'anonymous' ? `ip:${actor.ip}` : `${actor.tenantId}:${actor.id}`);

/** Quotas per person and tenant, counted in this process. `factor` multiplies them. */
export function createRateLimit(factor: number): Steps['rateLimit'] {
  const limiters = QUOTAS.map((quota) => ({
    ...quota,
    points: Math.round(quota.points * factor),
    limiter: new RateLimiterMemory({ points: Math.round(quota.points * factor), duration: quota.seconds }),
  }));
  return async (actor) => {
    let nearest: RateState | null = null;
    for (const { name, points, limiter } of limiters) {
      const taken = await limiter.consume(keyOf(actor)).catch((refused: unknown) => refused);
      if (!(taken instanceof RateLimiterRes)) throw taken;
      const state: RateState = {
        limit: points,
        remaining: Math.max(0, taken.remainingPoints),
        resetSeconds: Math.ceil(taken.msBeforeNext / 1000),
        policy: name,
      };
      if (taken.consumedPoints > points) {
        throw new Problem('rate-limited', `The ${name} quota of ${points} calls is used up. Try again in ${state.resetSeconds} s.`, {
          retryAfterSeconds: state.resetSeconds,
          limit: points,
          policy: name,
        });
      }
      if (!nearest || state.remaining / state.limit < nearest.remaining / nearest.limit) nearest = state;
    }
    return nearest;
  };
}
