/** Last use is written at most once a minute, so that reading costs no write. */
export const isTouchDue = (lastSeenAt: Date | null, at: Date, every: number): boolean =>
  lastSeenAt === null || at.getTime() - lastSeenAt.getTime() >= every;

export const normalEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
