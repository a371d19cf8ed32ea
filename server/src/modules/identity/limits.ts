/** With the n-th try the key locks for so many seconds. */
export interface Lock {
  tries: number;
  seconds: number;
}
/** How many tries a key (address, network, both) has before it is locked, and for how long. All times in seconds. */
export interface Limit {
  /** Tries are counted from the first one for this long. */
  window: number;
  /** One or two, ascending: throttle.ts counts by the first and the last. */
  locks: readonly Lock[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const minutes = (count: number): number => count * MINUTE;
/** So many within the window, then nothing until as much time has passed again. */
const quota = (tries: number, window: number): Limit => ({ window, locks: [{ tries, seconds: window }] });

/**
 * platform.md 14: every limit by name. One without a suffix is counted for an address, token, session or account, `…Network` for a
 * client network. The first lock of sign-in concerns an address from one network only: five wrong guesses by a stranger elsewhere
 * must not lock out an owner whose browser nobody has come to trust yet. From ten on the address is locked from everywhere.
 */
export const LIMITS = {
  pair: { window: minutes(15), locks: [{ tries: 5, seconds: minutes(15) }] },
  address: {
    window: DAY,
    locks: [
      { tries: 10, seconds: HOUR },
      { tries: 15, seconds: DAY },
    ],
  },
  network: { window: minutes(15), locks: [{ tries: 20, seconds: minutes(15) }] },
  // The fifth quarter counts as well: twenty a quarter would never come to a hundred within the hour.
  networkHour: { window: HOUR + minutes(15), locks: [{ tries: 100, seconds: HOUR }] },
  // Ten wrong codes in a row; a right one forgets them.
  mfa: { window: DAY, locks: [{ tries: 10, seconds: minutes(15) }] },
  mfaNetwork: quota(30, minutes(15)),
  forgot: quota(3, HOUR),
  forgotNetwork: quota(10, HOUR),
  emailChange: quota(5, HOUR),
  verifyNetwork: quota(20, minutes(15)),
  resetNetwork: quota(20, minutes(15)),
  resendPause: quota(1, MINUTE),
  resend: quota(5, minutes(15)),
  resendNetwork: quota(20, HOUR),
  signup: quota(3, HOUR),
  signupNetwork: {
    window: DAY,
    locks: [
      { tries: 5, seconds: HOUR },
      { tries: 10, seconds: DAY },
    ],
  },
  /** "You already have an account": at most one such mail a day. */
  notice: quota(1, DAY),
  sms: quota(5, HOUR),
  smsUser: quota(10, HOUR),
  smsNetwork: quota(20, HOUR),
  smsInstallation: quota(100, MINUTE),
  refresh: quota(60, HOUR),
  refreshNetwork: quota(600, HOUR),
  oauthNetwork: quota(30, MINUTE),
  invitation: quota(5, HOUR),
  invitationNetwork: quota(30, HOUR),
  slugNetwork: quota(30, MINUTE),
  keys: { window: MINUTE, locks: [{ tries: 20, seconds: minutes(15) }] },
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
