import { counted, isLocked, type Limit, type LimitName, type Tally } from './limits.ts';

/** One counter as it is kept: its key, what it is for, and its limit. */
export interface LocalCounter {
  key: string;
  limit: LimitName;
  rule: Limit;
}
export type LocallyTaken = { lock: { limit: LimitName; until: Date } } | { lock: null; locksLeft: Map<string, Date> };

const MOST = 50_000;

/** Half of what is allowed otherwise: several processes count by themselves, and none knows of the others. */
export const halved = ({ window, locks }: Limit): Limit => ({
  window,
  locks: locks.map(({ tries, seconds }) => ({ tries: Math.max(1, Math.floor(tries / 2)), seconds })),
});

/** Counts tries in this process, for as long as the shared counters cannot be reached: stricter than they are, never open. */
export function createLocalTries() {
  const tallies = new Map<string, Tally>();
  return {
    take(counters: readonly LocalCounter[], at: Date): LocallyTaken {
      for (const { key, limit } of counters) {
        const tally = tallies.get(key);
        if (isLocked(tally, at)) return { lock: { limit, until: tally.lockedUntil } };
      }
      const locksLeft = new Map<string, Date>();
      for (const { key, rule } of counters) {
        const tally = counted(tallies.get(key), halved(rule), at);
        tallies.delete(key);
        tallies.set(key, tally); // the newest last, so that the oldest goes first
        if (tally.lockedUntil) locksLeft.set(key, tally.lockedUntil);
      }
      for (const key of tallies.keys()) {
        if (tallies.size <= MOST) break;
        tallies.delete(key);
      }
      return { lock: null, locksLeft };
    },
    forget(keys: readonly string[]): void {
      for (const key of keys) tallies.delete(key);
    },
    giveBack(keys: readonly string[], locksLeft: ReadonlyMap<string, Date>): void {
      for (const key of keys) {
        const tally = tallies.get(key);
        if (!tally) continue;
        const mine = locksLeft.get(key);
        const lockedUntil = mine && tally.lockedUntil?.getTime() === mine.getTime() ? null : tally.lockedUntil;
        tallies.set(key, { ...tally, tries: Math.max(0, tally.tries - 1), lockedUntil });
      }
    },
  };
}
