/** Ways to follow an execution, best first. */
export const WAYS = ['socket', 'events', 'poll'] as const;
type Way = (typeof WAYS)[number];

/** How one execution is followed right now. `after` is the last message that was seen: whatever comes next begins there. */
export interface Link {
  way: Way;
  phase: 'connecting' | 'open' | 'lost' | 'ended' | 'refused';
  /** Tries in a row that led nowhere, on this way. */
  failures: number;
  /** Times that it was asked since this way was taken; for polling. */
  rounds: number;
  after: number;
}
export type LinkEvent =
  | { type: 'opened' }
  /** A message with this number; heartbeats have none of their own. */
  | { type: 'heard'; seq: number }
  /** The execution has ended and all was told. */
  | { type: 'ended' }
  /** It closed, with a code of workflows.md 14.4 or of the protocol. */
  | { type: 'closed'; code: number }
  /** A round of polling was answered. */
  | { type: 'asked' };

export const START: Link = { way: 'socket', phase: 'connecting', failures: 0, rounds: 0, after: 0 };

/** A way that fails so often before it opens is given up for the next one: a proxy that knows no sockets never will. */
const GIVE_UP = 2;
/** After so many rounds of polling the better ways are tried again. */
const POLLS = 20;
const REFUSED: ReadonlySet<number> = new Set([4401, 4403, 4404]);
const TOO_SLOW = 4408;
const TOO_MANY = 4429;

const below = (way: Way): Way => WAYS[Math.min(WAYS.indexOf(way) + 1, WAYS.length - 1)]!;
const fallen = (link: Link): Link => ({ ...link, way: below(link.way), phase: 'lost', failures: 0, rounds: 0 });

function closed(link: Link, code: number): Link {
  if (link.phase === 'ended') return link;
  if (REFUSED.has(code)) return { ...link, phase: 'refused' };
  // We were cut off for reading slowly: nothing is wrong with the way, and `after` says where to go on.
  if (code === TOO_SLOW) return { ...link, phase: 'lost', failures: 0 };
  if (code === TOO_MANY) return fallen(link);
  const failures = link.failures + 1;
  return link.phase !== 'open' && failures >= GIVE_UP && link.way !== 'poll' ? fallen(link) : { ...link, phase: 'lost', failures };
}

/** What becomes of a link by what happens to it. */
export function follow(link: Link, event: LinkEvent): Link {
  if (event.type === 'opened') return { ...link, phase: 'open', failures: 0 };
  if (event.type === 'heard') return event.seq > link.after ? { ...link, phase: 'open', failures: 0, after: event.seq } : link;
  if (event.type === 'ended') return { ...link, phase: 'ended' };
  if (event.type === 'asked') return link.rounds + 1 >= POLLS ? { ...START, after: link.after } : { ...link, phase: 'open', failures: 0, rounds: link.rounds + 1 };
  return closed(link, event.code);
} // prettier-ignore

const POLL_MS = 2_000;
/** Milliseconds to wait before the next try; null: there is none. */
export function pause({ way, phase, failures }: Link): number | null {
  if (phase === 'ended' || phase === 'refused') return null;
  if (way === 'poll' && failures === 0) return POLL_MS;
  return failures === 0 ? 0 : Math.min(15_000, 500 * 2 ** (failures - 1));
}
