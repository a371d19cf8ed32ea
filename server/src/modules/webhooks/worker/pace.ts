/** Spaces attempts out: at most `rate` in a second, of which a tenth may come at once (a leaky bucket, as in GCRA). */
export function createPace(clock: () => number = () => performance.now()) {
  const next = new Map<string, number>();
  return {
    /** Milliseconds to wait before the next attempt; it is counted as made. */
    take(id: string, rate: number): number {
      const now = clock();
      const gap = 1_000 / rate;
      const burst = Math.max(0, rate / 10 - 1) * gap;
      const at = Math.max(next.get(id) ?? 0, now);
      next.set(id, at + gap);
      if (next.size > 10_000) for (const [key, due] of next) if (due < now) next.delete(key);
      return Math.max(0, at - burst - now);
    },
  };
}
export type Pace = ReturnType<typeof createPace>;
