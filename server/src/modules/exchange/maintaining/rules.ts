export const MAINTENANCE_KINDS = ['rs_reload', 'rs_drain', 'fabric_cull'] as const;
export type MaintenanceKind = (typeof MAINTENANCE_KINDS)[number];

/** Where a window stands (exchange.md 12). */
export const MAINTENANCE_STATES = ['planned', 'draining', 'drained', 'active', 'ending', 'ended', 'cancelled', 'failed'] as const;
export type MaintenanceState = (typeof MAINTENANCE_STATES)[number];
export const PHASES = ['serving', 'warning', 'stopped'] as const;
export type Phase = (typeof PHASES)[number];

const NEXT: Readonly<Record<MaintenanceState, readonly MaintenanceState[]>> = {
  planned: ['draining', 'active', 'cancelled', 'failed'],
  draining: ['drained', 'ending'],
  drained: ['ending'],
  active: ['ending'],
  ending: ['ended', 'cancelled', 'failed'],
  ended: [],
  cancelled: [],
  failed: [],
};
export const canMove = (from: MaintenanceState, to: MaintenanceState): boolean => NEXT[from].includes(to);
/** Nothing follows. */
export const OVER: readonly MaintenanceState[] = MAINTENANCE_STATES.filter((state) => NEXT[state].length === 0);
export const CURRENT: readonly MaintenanceState[] = MAINTENANCE_STATES.filter((state) => NEXT[state].length > 0);
/** Something is out of service, and is to come back. */
export const RUNNING: readonly MaintenanceState[] = ['draining', 'drained', 'active'];
/** Servers concerned are in the hands of people: nothing is put right on them by itself. */
export const ATTENDED: readonly MaintenanceState[] = [...RUNNING, 'ending'];

export const SHORTEST_MS = 10 * 60_000;
export const LONGEST_MS = 7 * 24 * 3_600_000;
export const NOTICE_MS = 24 * 3_600_000;

interface Span {
  startsAt: Date;
  endsAt: Date;
}

/** What is wrong with the times of a window, and of which field; undefined when nothing is. What has begun is not asked for its beginning. */
export function timesFault({ startsAt, endsAt }: Span, now: Date): { field: 'startsAt' | 'endsAt'; text: string } | undefined {
  const from = Math.max(startsAt.getTime(), now.getTime());
  if (endsAt.getTime() - from < SHORTEST_MS) return { field: 'endsAt', text: 'leaves less than ten minutes' };
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) return { field: 'endsAt', text: 'is more than a week after the beginning' };
  return undefined;
}

/** Two windows are in each other's way when they overlap and concern the same: a fabric is all of its servers. */
export function collide(one: Span & { kind: MaintenanceKind; servers: readonly string[] }, other: Span & { kind: MaintenanceKind; servers: readonly string[] }): boolean {
  if (one.startsAt >= other.endsAt || other.startsAt >= one.endsAt) return false;
  return one.kind === 'fabric_cull' || other.kind === 'fabric_cull' || one.servers.some((id) => other.servers.includes(id));
} // prettier-ignore

/** What a session may have agreed on at the most where nobody says otherwise: BIRD offers no more. */
export const DEFAULT_HOLD_SECONDS = 240;
/** The longest hold time among sessions, from what `show protocols all` says of them. */
export const longestHold = (text: string): number | undefined => {
  const found = [...text.matchAll(/^\s+Hold timer:\s+[\d.]+\/(\d+)/gm)].map(([, seconds]) => Number(seconds));
  return found.length === 0 ? undefined : Math.max(...found);
};
