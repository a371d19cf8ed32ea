export const KEY = { defaultDays: 90, maxDays: 365, perTenant: 200, touchedEvery: 60_000 } as const;

/** Last use is written at most once a minute, so that reading costs no write. */
export const isTouchDue = (lastSeenAt: Date | null, at: Date, every: number): boolean =>
  lastSeenAt === null || at.getTime() - lastSeenAt.getTime() >= every;

export const normalEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
