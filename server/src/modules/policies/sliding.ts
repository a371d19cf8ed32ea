import type { CounterKey, CounterState } from './providers/port.ts';

/** What was counted in the window that holds this moment and in the one before it. */
export interface Counted {
  current: number;
  previous: number;
}

/** Windows are aligned to the epoch, so that every process cuts time alike. */
export const windowStart = (at: Date, windowSeconds: number): Date =>
  new Date(Math.floor(at.getTime() / (windowSeconds * 1000)) * windowSeconds * 1000);

/** Share of the window before that still lies within reach: all of it when a window begins, nothing when it ends. */
const shareLeft = (at: Date, windowSeconds: number): number => 1 - (at.getTime() - windowStart(at, windowSeconds).getTime()) / (windowSeconds * 1000);

/** The two-window estimate of a sliding window, rounded up so that a limit is never passed by it; a fixed window counts itself only. */
export const usedAt = (
  { current, previous }: Counted,
  { algorithm, windowSeconds }: Pick<CounterKey, 'algorithm' | 'windowSeconds'>,
  at: Date,
): number => (algorithm === 'fixed' ? current : current + Math.ceil(previous * shareLeft(at, windowSeconds) - 1e-9));

/** When one more fits: the first moment at which the estimate is below the limit. */
export function resetOf(counted: Counted, key: Pick<CounterKey, 'limit' | 'algorithm' | 'windowSeconds'>, at: Date): Date {
  const { limit, windowSeconds, algorithm } = key;
  if (usedAt(counted, key, at) < limit) return at;
  const start = windowStart(at, windowSeconds).getTime();
  const length = windowSeconds * 1000;
  if (limit === 0) return new Date(start + length);
  const free = limit - 1 - counted.current;
  // Within this window it is the one before that fades; when the current one alone is full, it has to fade itself in the next.
  if (algorithm === 'sliding' && free >= 0) return new Date(Math.ceil(start + length * (1 - free / counted.previous)));
  return new Date(algorithm === 'fixed' ? start + length : Math.ceil(start + length * (2 - (limit - 1) / counted.current)));
}

export function stateOf(counted: Counted, key: CounterKey, at: Date): CounterState {
  const used = usedAt(counted, key, at);
  return { key: key.key, limit: key.limit, used, isExceeded: used >= key.limit, resetAt: resetOf(counted, key, at) };
}
