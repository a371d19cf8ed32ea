import { Problem } from '#kernel/problem.ts';

const LONGEST_WAIT_MS = 10_000;

/**
 * At most so many at work at once, the others in the order they came: when everybody comes at once, they wait here and not for the
 * connections that every other call needs. Throws `dependency-unavailable` after ten seconds of waiting.
 */
export function createLane(width: number) {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    const from = performance.now();
    if (busy < width) busy += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      if (performance.now() - from > LONGEST_WAIT_MS)
        throw new Problem('dependency-unavailable', 'Too many come at once. Nothing was changed; try again in a few seconds.', {
          retryAfterSeconds: 5,
        });
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}
