import type { TokenType } from './types.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds (governance.md 4 for what is looked up at each call, platform.md 19 for pairs). */
export const SESSION = { idle: 8 * HOUR, absolute: 7 * DAY, perUser: 10, touchedEvery: MINUTE } as const;
export const PAIR = { access: 15 * MINUTE, idle: 7 * DAY, absolute: DAY, remembered: 30 * DAY, perUser: 20, reuseWindow: 10 * SECOND } as const;
/** Whoever may change the tenant itself proves once a day who they are, whatever they came with. */
export const PRIVILEGED_ABSOLUTE = DAY;
/** An ended session is still known for so long, so that its bearer hears why it does not work. */
export const REMEMBERED_AFTER_END = DAY;

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** How many sessions of this kind one person may have; the oldest ends when there is one more. */
export const sessionsAllowed = (kind: TokenType): number => (kind === 'pair' ? PAIR : SESSION).perUser;

/** When a session ends if it is not used again. */
export const idleEnd = ({ idleSeconds, expiresAt }: { idleSeconds: number; expiresAt: Date }, usedAt: Date): Date =>
  earlier(after(usedAt, idleSeconds * SECOND), expiresAt);

/** What shortens a session: a tenant's own rules, and what its holder may do. */
export interface Strictness {
  tenant?: { sessionIdleMinutes: number; sessionAbsoluteHours: number } | undefined;
  privileged: boolean;
  rememberMe: boolean;
}

/** Seconds without use after which it ends. Pairs have a week; of tenants they know only the end in any case. */
export const idleSecondsOf = (kind: TokenType, { tenant }: Pick<Strictness, 'tenant'>): number =>
  kind === 'pair' ? PAIR.idle / SECOND : Math.min(SESSION.idle, (tenant?.sessionIdleMinutes ?? Infinity) * MINUTE) / SECOND;

/** When a session that began then ends in any case. What a tenant asks for counts when it is less than the usual seven days. */
export function absoluteEnd(kind: TokenType, beganAt: Date, { tenant, privileged, rememberMe }: Strictness): Date {
  const longest = kind === 'pair' ? (rememberMe ? PAIR.remembered : PAIR.absolute) : SESSION.absolute;
  const asked = (tenant?.sessionAbsoluteHours ?? Infinity) * HOUR;
  return after(beganAt, Math.min(longest, privileged ? PRIVILEGED_ABSOLUTE : longest, asked < SESSION.absolute ? asked : longest));
}

/** Last use is written at most once a minute, so that reading costs no write. */
export const isTouchDue = (lastSeenAt: Date, at: Date): boolean => at.getTime() - lastSeenAt.getTime() >= SESSION.touchedEvery;
