/** How many tries a key (address, network, both) has before it is locked, and for how long. All times in seconds. */
export interface Limit {
  /** Tries are counted from the first one for this long. */
  window: number;
  /** With the n-th try the key locks; ascending. */
  locks: readonly { tries: number; seconds: number }[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * platform.md 14. The first lock concerns an address from one network only: until browsers can be trusted, five wrong guesses by
 * a stranger elsewhere must not lock the owner out. From ten on the address is locked from everywhere.
 */
export const LIMITS = {
  pair: { window: 15 * MINUTE, locks: [{ tries: 5, seconds: 15 * MINUTE }] },
  address: {
    window: DAY,
    locks: [
      { tries: 10, seconds: HOUR },
      { tries: 15, seconds: DAY },
    ],
  },
  network: { window: 15 * MINUTE, locks: [{ tries: 20, seconds: 15 * MINUTE }] },
  keys: { window: MINUTE, locks: [{ tries: 20, seconds: 15 * MINUTE }] },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

export interface Tally {
  tries: number;
  windowStartedAt: Date;
  lockedUntil: Date | null;
}

const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

export const isLocked = (tally: Tally | undefined, at: Date): tally is Tally & { lockedUntil: Date } =>
  !!tally?.lockedUntil && tally.lockedUntil > at;

/**
 * The tally after one more try. A try is counted before the password is looked at, so that parallel tries cannot pass together;
 * the try that reaches a threshold is still allowed, and the lock it leaves stands unless it succeeds.
 */
export function counted(tally: Tally | undefined, limit: Limit, at: Date): Tally {
  const fresh = tally === undefined || after(tally.windowStartedAt, limit.window) <= at;
  const tries = fresh ? 1 : tally.tries + 1;
  const windowStartedAt = fresh ? at : tally.windowStartedAt;
  // Between two thresholds there is no lock; beyond the last one every further try locks again.
  const lock =
    limit.locks.find((entry) => entry.tries === tries) ?? limit.locks.findLast((entry) => entry === limit.locks.at(-1) && tries > entry.tries);
  return { tries, windowStartedAt, lockedUntil: lock ? after(at, lock.seconds) : null };
}

/** After the longest window and lock a row says nothing any more. */
export const TALLY_KEPT_SECONDS = 2 * DAY;
