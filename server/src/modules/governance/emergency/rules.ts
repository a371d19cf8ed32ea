import type { Actor } from '#kernel/context.ts';
import { handsIn } from '../approvals/rules.ts';

const HOUR_MS = 3_600_000;
/** governance.md 7.5 and 18. */
export const EMERGENCY = {
  reasonLength: 20,
  /** How fresh the proof of who declares it must be, in seconds. */
  proofSeconds: 900,
  windowMs: 24 * HOUR_MS,
  reviewMs: 24 * HOUR_MS,
  /** Between two announcements that it is still not reviewed. */
  reminderMs: 24 * HOUR_MS,
} as const;

type Caller = Pick<Actor, 'kind' | 'ownerId' | 'proof'> & { agent?: unknown };
/** Why this caller can never declare an emergency, or null: a person in a session can, by nothing else. */
export function unfit({ kind, ownerId, proof, agent }: Caller, surface: string): string | null {
  if (kind === 'agent' || agent !== undefined || surface === 'mcp') return 'An agent declares no emergency, whoever it works for.';
  if (ownerId !== undefined) return 'A service account declares no emergency.';
  return proof === undefined ? 'An emergency is declared in a session, with a fresh proof of who you are; a key proves nothing afresh.' : null;
}

type Party = Pick<Actor, 'id' | 'ownerId'>;
/** Rule S1 for reviews: who asked for the Change, carried it out or declared the emergency says nothing about it. */
export const isInvolved = (change: { requester: Party; implementer: Party | null }, userId: string, actor: Party): boolean => {
  const hands = handsIn(change).add(userId);
  return hands.has(actor.id) || (actor.ownerId !== undefined && hands.has(actor.ownerId));
};

/** When somebody may declare the next one; null when they may now. `used` are the times of those within the last day. */
export function nextAllowed(used: readonly Date[], most: number, now: Date): Date | null {
  const recent = used.filter((at) => at.getTime() > now.getTime() - EMERGENCY.windowMs).toSorted((a, b) => a.getTime() - b.getTime());
  if (recent.length < most) return null;
  const freed = most === 0 ? now : recent[recent.length - most]!;
  return new Date(freed.getTime() + EMERGENCY.windowMs);
}

export const REVIEW_VERDICTS = ['justified', 'unjustified'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];
