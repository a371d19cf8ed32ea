import type { Scope } from '#kernel/scope.ts';
import { opensOf, type Offer } from '../grantable.ts';
import type { Wanted } from '../rules.ts';
import { scopeWithin } from '../scopes.ts';

export const REQUEST_STATES = ['pending', 'approved', 'rejected', 'cancelled', 'expired', 'ended'] as const;
export type AccessRequestStatus = (typeof REQUEST_STATES)[number];

/** governance.md 7.6 and 18, in minutes; a request that nobody decides on is over after a day. */
export const TIMES = { least: 15, usual: 60, most: 720, undecidedHours: 24, aheadDays: 14 } as const;
/** Open at once, per person. */
export const MOST_OPEN = 10;

const MINUTE_MS = 60_000;
export const after = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * MINUTE_MS);

interface Terms {
  role: Pick<Offer['role'], 'patterns' | 'maxRisk' | 'level'>;
  scope: Scope;
  minutes: number;
}
/** What of the terms would be more than was asked for; an approver may give less, never more. */
export function widened(asked: Terms, given: Terms, catalogue: readonly Wanted[]): ('role' | 'scope' | 'minutes')[] {
  const open = new Set(opensOf(asked.role, catalogue).map(({ name }) => name));
  return [
    ...(opensOf(given.role, catalogue).every(({ name }) => open.has(name)) ? [] : ['role' as const]),
    ...(scopeWithin(given.scope, asked.scope) ? [] : ['scope' as const]),
    ...(given.minutes <= asked.minutes ? [] : ['minutes' as const]),
  ];
}

/** The end of a grant that is extended: so much later, but never more than the longest time after its beginning. */
export const extendedEnd = ({ validFrom, validUntil }: { validFrom: Date; validUntil: Date }, minutes: number): Date =>
  new Date(Math.min(after(validUntil, minutes).getTime(), after(validFrom, TIMES.most).getTime()));

interface Stored {
  status: AccessRequestStatus;
  expiresAt: Date;
  endsAt: Date | null;
}
/** What it is for whoever looks at it now: agreed to, but still to begin; in force; or over, also when its grant was taken by itself or went with the member. */
export function phaseOf(row: Stored, grant: { validFrom: Date; revokedAt: Date | null } | undefined, now: Date) {
  if (row.status === 'pending') return row.expiresAt <= now ? ('expired' as const) : ('pending' as const);
  if (row.status !== 'approved') return row.status;
  if (!grant || grant.revokedAt !== null) return 'ended' as const;
  if (grant.validFrom > now) return 'scheduled' as const;
  return row.endsAt !== null && row.endsAt <= now ? ('ended' as const) : ('active' as const);
}
