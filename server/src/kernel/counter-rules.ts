/** So many points within so many seconds, counted under a key. */
export interface Quota {
  /** Of the person, key, tenant or whatever is counted; within the tenant. */
  key: string;
  /** As headers and refusals name it: `burst`, `hour`, `day`. */
  name: string;
  limit: number;
  seconds: number;
}

/** A key as its store has it. */
export interface Count {
  /** Points in the window under way, and in the one before it. */
  used: number;
  previous: number;
  /** Milliseconds of the window under way that have passed. */
  elapsedMs: number;
}

const weightOf = (seconds: number, elapsedMs: number): number => Math.max(0, 1 - elapsedMs / (seconds * 1000));

/** Points still to be had: the window before counts as much as it still overlaps the last `seconds`. */
export const remainingOf = ({ limit, seconds }: Quota, { used, previous, elapsedMs }: Count): number =>
  Math.max(0, limit - used - Math.ceil(previous * weightOf(seconds, elapsedMs)));

/** Milliseconds until one point is free again; one more, since a sliver of the window before counts as a whole point. */
export function waitMs({ limit, seconds }: Quota, { used, previous, elapsedMs }: Count): number {
  const window = seconds * 1000;
  if (used < limit && previous > 0) {
    // The window before slides away until one point fits.
    const weight = Math.max(0, (limit - used - 1) / previous);
    const until = (1 - weight) * window;
    if (until < window) return Math.max(0, Math.ceil(until - elapsedMs)) + 1;
  }
  // Nothing before the window ends; then what was used in it slides away in turn.
  const slides = used === 0 ? 0 : (1 - Math.max(0, (limit - 1) / used)) * window;
  return Math.max(0, Math.ceil(window - elapsedMs + Math.max(0, slides))) + 1;
}

/**
 * How many points a process takes at once: the fewer are left, the fewer, and near the end one by one, so that several processes let
 * through exactly what is left.
 */
export const shareOf = (remaining: number): number => Math.min(20, Math.max(1, Math.floor(remaining / 50)));
