import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#kernel/problem.ts';
import '../problems.ts';

const PER_MINUTE = 30;
const AT_ONCE = 3;

const perTenant = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 });
let running = 0;

/** Checks wait for other people's servers while they hold a connection to the database, so only a few may run at a time. */
export async function admitted<T>(tenantId: string, run: () => Promise<T>): Promise<T> {
  const taken = await perTenant.consume(tenantId).catch((refused: unknown) => refused);
  if (!(taken instanceof RateLimiterRes)) throw taken;
  if (taken.consumedPoints > PER_MINUTE) {
    const seconds = Math.ceil(taken.msBeforeNext / 1_000);
    throw new Problem('rate-limited', `A tenant may run ${PER_MINUTE} propagation checks a minute. Try again in ${seconds} s.`, {
      retryAfterSeconds: seconds,
    });
  }
  if (running >= AT_ONCE)
    throw new Problem('dns-check-busy', `${AT_ONCE} checks are running already. Try again in a few seconds.`, { retryAfterSeconds: 3 });
  running++;
  try {
    return await run();
  } finally {
    running--;
  }
}
