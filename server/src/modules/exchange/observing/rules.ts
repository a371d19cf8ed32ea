export type SessionState = 'up' | 'down';
export const HEALTHS = ['up', 'degraded', 'down'] as const;
export type Health = (typeof HEALTHS)[number];

/** What changes is told once it has been so for this long (exchange.md 18): who comes and goes in between is not told of. */
const SETTLED_MS = 30_000;

interface Known {
  told: SessionState;
  seen: SessionState | null;
  seenAt: Date | null;
}
/** What to make of how a session is now: nothing, to remember since when it is so, to forget that again, or to tell it. */
export function stepOf({ told, seen, seenAt }: Known, is: SessionState, now: Date): 'none' | 'remember' | 'forget' | 'tell' {
  if (is === told) return seen === null ? 'none' : 'forget';
  if (seen !== is || seenAt === null) return 'remember';
  return now.getTime() - seenAt.getTime() >= SETTLED_MS ? 'tell' : 'none';
}

/** By its sessions on all route servers; null while none of them has it. */
export function healthOf(states: readonly SessionState[]): Health | null {
  if (states.length === 0) return null;
  const up = states.filter((state) => state === 'up').length;
  return up === states.length ? 'up' : up > 0 ? 'degraded' : 'down';
}

/** A port that has never been up is no news. */
export const isNews = (from: Health | null, to: Health | null): boolean => from !== to && !(from === null && to === 'down');

/** The reasons are asked for again after this long also where as many routes are refused as before. */
const AGAIN_MS = 15 * 60_000;

interface Asked {
  askedMark: string | null;
  askedAt: Date | null;
}
/** Whether a route server is to be asked why it refuses routes of a session. `mark`: how many it has, and refuses. */
export const isToAsk = ({ askedMark, askedAt }: Asked, mark: string, now: Date): boolean =>
  askedMark !== mark || askedAt === null || now.getTime() - askedAt.getTime() >= AGAIN_MS || dayOf(askedAt) !== dayOf(now);

/** Of UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
