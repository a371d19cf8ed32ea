import type { Actor } from '#kernel/context.ts';

export const CHANGE_STATES = [
  'planning', 'planned', 'plan_failed', 'awaiting_approval', 'approved', 'scheduled', 'running', 'paused', 'verifying', 'succeeded', 'failed',
  'partially_succeeded', 'rolling_back', 'rolled_back', 'rollback_failed', 'rejected', 'expired', 'cancelled', 'stale',
] as const; // prettier-ignore
export type ChangeState = (typeof CHANGE_STATES)[number];

/** From where to where a Change may go (governance.md section 6). What is not listed cannot happen. */
const NEXT: Record<ChangeState, readonly ChangeState[]> = {
  planning: ['planned', 'plan_failed'],
  planned: ['running', 'awaiting_approval', 'cancelled', 'expired', 'stale', 'plan_failed'],
  plan_failed: [],
  awaiting_approval: ['approved', 'rejected', 'expired', 'cancelled', 'stale'],
  approved: ['scheduled', 'running', 'expired', 'stale', 'cancelled', 'awaiting_approval', 'failed'],
  scheduled: ['running', 'expired', 'stale', 'cancelled', 'awaiting_approval'],
  running: ['paused', 'verifying', 'succeeded', 'partially_succeeded', 'failed', 'rolling_back', 'cancelled', 'stale'],
  paused: ['running', 'cancelled', 'failed'],
  verifying: ['succeeded', 'partially_succeeded', 'failed', 'rolling_back', 'cancelled'],
  rolling_back: ['rolled_back', 'rollback_failed', 'cancelled'],
  succeeded: ['rolling_back'],
  partially_succeeded: ['rolling_back'],
  failed: [],
  rolled_back: [],
  rollback_failed: [],
  rejected: [],
  expired: [],
  cancelled: [],
  stale: [],
};

export const mayGo = (from: ChangeState, to: ChangeState): boolean => NEXT[from].includes(to);

export const TERMINAL: readonly ChangeState[] = ['plan_failed', 'rejected', 'expired', 'cancelled', 'stale', 'succeeded', 'failed', 'partially_succeeded', 'rolled_back', 'rollback_failed']; // prettier-ignore
export const isTerminal = (state: ChangeState): boolean => TERMINAL.includes(state);
export const OPEN: readonly ChangeState[] = CHANGE_STATES.filter((state) => !isTerminal(state));

const HOUR = 3_600_000;
/** Until when a Change may stay in a state; every state that waits has an end, so none can hang. */
export function deadlineOf(state: ChangeState, now: Date, jobSeconds = 900): Date | null {
  if (isTerminal(state)) return null;
  // 24 h to agree, and again 24 h to start, counted from the last approval; a draft is kept for a week.
  const hours: Partial<Record<ChangeState, number>> = {
    awaiting_approval: 24,
    approved: 24,
    scheduled: 24,
    planned: 7 * 24,
    planning: 1,
    paused: 24,
  };
  const ms = (hours[state] ?? 0) * HOUR || jobSeconds * 1000;
  return new Date(now.getTime() + ms);
}

/** What becomes of a Change whose deadline has passed. */
export const afterDeadline = (state: ChangeState): ChangeState => (state === 'paused' || state === 'running' || state === 'verifying' ? 'failed' : state === 'rolling_back' ? 'rollback_failed' : 'expired'); // prettier-ignore

type Party = Pick<Actor, 'id' | 'ownerId'>;
/** What somebody asked for themselves, by whatever key or agent, or what a service account of theirs asked for. */
export const isOwn = (requester: Party, actor: Pick<Actor, 'id'>): boolean => requester.id === actor.id || requester.ownerId === actor.id;

export const numberText = (number: number): string => `CHG-${number}`;
export const numberFrom = (text: string): number | undefined => {
  const match = /^chg-(\d{1,9})$/i.exec(text);
  return match ? Number(match[1]) : undefined;
};
