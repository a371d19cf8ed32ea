const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds. A session ends eight hours after its last use, and seven days after sign-in in any case (governance.md 4). */
export const SESSION = { idle: 8 * HOUR, absolute: 7 * DAY, perUser: 10, touchedEvery: 60_000 } as const;
export const KEY = { defaultDays: 90, maxDays: 365, perTenant: 200, touchedEvery: 60_000 } as const;

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** When a session ends if it is not used again. */
export const idleEnd = (usedAt: Date, absoluteEnd: Date): Date => earlier(new Date(usedAt.getTime() + SESSION.idle), absoluteEnd);

export const newSessionTimes = (at: Date): { idleExpiresAt: Date; expiresAt: Date } => {
  const expiresAt = new Date(at.getTime() + SESSION.absolute);
  return { expiresAt, idleExpiresAt: idleEnd(at, expiresAt) };
};

/** Last use is written at most once a minute, so that reading costs no write. */
export const isTouchDue = (lastSeenAt: Date | null, at: Date, every: number): boolean =>
  lastSeenAt === null || at.getTime() - lastSeenAt.getTime() >= every;

export const normalEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
