import type { Actor } from '#kernel/context.ts';
import type { Requirement } from '#kernel/gate-steps.ts';

export const REQUEST_STATES = ['pending', 'partially_approved', 'approved', 'rejected', 'expired', 'cancelled', 'superseded', 'revoked'] as const;
export type RequestStatus = (typeof REQUEST_STATES)[number];
/** States in which a request takes decisions. */
export const OPEN_REQUEST = ['pending', 'partially_approved'] as const satisfies readonly RequestStatus[];
export const isOpenRequest = (status: RequestStatus): boolean => (OPEN_REQUEST as readonly RequestStatus[]).includes(status);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** governance.md 7.1 and 18, in seconds. */
export const TIMES = {
  expiry: { usual: 24 * HOUR, least: HOUR, most: 168 * HOUR },
  sla: { usual: 4 * HOUR, least: 15 * MINUTE, most: 72 * HOUR },
  delegationDays: 30,
  delegationsPerPerson: 10,
} as const;

const within = (seconds: number, { least, most }: { least: number; most: number }): number => Math.min(most, Math.max(least, seconds));

/** When a request must be decided, and when it should be. Of several rules the shortest times hold. */
export function clockOf(requirements: readonly Requirement[], now: Date): { expiresAt: Date; slaDueAt: Date } {
  const expiries = requirements.flatMap(({ expiresInSeconds }) => expiresInSeconds ?? []);
  const dues = requirements.flatMap(({ sla }) => sla?.dueInSeconds ?? []);
  const expiry = within(Math.min(...(expiries.length > 0 ? expiries : [TIMES.expiry.usual])), TIMES.expiry);
  const due = within(Math.min(...(dues.length > 0 ? dues : [TIMES.sla.usual])), TIMES.sla);
  return { expiresAt: new Date(now.getTime() + expiry * 1000), slaDueAt: new Date(now.getTime() + Math.min(due, expiry) * 1000) };
}

/** 0: asked. 1: reminded, at half of the SLA. 2: at the SLA the backups are told. 3: at twice the SLA the administrators are. */
export type ClockStep = 0 | 1 | 2 | 3;
/** What the clock of a request has come to. Steps that were slept through are passed over: nobody is told what is no longer so. */
export function clockStep({ createdAt, slaDueAt }: { createdAt: Date; slaDueAt: Date }, now: Date): ClockStep {
  const share = (now.getTime() - createdAt.getTime()) / Math.max(1, slaDueAt.getTime() - createdAt.getTime());
  return share >= 2 ? 3 : share >= 1 ? 2 : share >= 0.5 ? 1 : 0;
}
/** When the next step is due; null when there is none. */
export function nextStepAt({ createdAt, slaDueAt }: { createdAt: Date; slaDueAt: Date }, done: number): Date | null {
  const span = slaDueAt.getTime() - createdAt.getTime();
  const at = [0.5, 1, 2][done];
  return at === undefined ? null : new Date(createdAt.getTime() + at * span);
}

/** 0 until the SLA is over, 1 when backups were turned to, 2 when the administrators were. */
export const levelOf = (step: number): 0 | 1 | 2 => (step >= 3 ? 2 : step >= 2 ? 1 : 0);

type Party = Pick<Actor, 'id' | 'ownerId'>;
type Hand = Pick<Actor, 'id' | 'ownerId' | 'within'>;
/** The person who answers for what an actor does: of a service account its owner, of a key or an agent whoever uses it. */
export const humanOf = ({ id, ownerId }: Party): string => ownerId ?? id;

/** Rule S1: everybody who had a hand in a Change decides on none of it, through whatever key, agent, service account or workflow. */
export const handsIn = (change: { requester: Hand; implementer: Hand | null }): Set<string> =>
  new Set(
    [change.requester, ...(change.implementer ? [change.implementer] : [])]
      .flatMap((hand) => [hand, ...(hand.within ?? [])])
      .flatMap((party) => [party.id, humanOf(party)]),
  );

/** A rejection says why, in at least so many characters. */
export const REASON_LENGTH = 5;
