import type { Actor } from '#kernel/context.ts';
import type { Leases } from '#kernel/leases.ts';
import { Problem } from '#kernel/problem.ts';
import './problems.ts';

/** Calls of one person, and of each of their agents, that run at a time (governance.md 9). */
const RUNNING_CALLS = 10;
/** A call that finds no place waits so long for one, behind at most so many others. */
const WAIT_MS = 5_000;
const MOST_WAITING = 100;
/** From here on nothing is counted: it is a load test that wants no limits. */
const NO_LIMIT = 1_000;
/** No call lasts longer; the places of a process that died are free after it. */
const PLACE_MS = 120_000;
/** Places that other processes gave back tell nobody. */
const LOOK_MS = 100;

interface Running {
  /** Of the places that this process has without asking. */
  own: number;
  /** Calls that run or wait: when there are none it is forgotten. */
  calls: number;
  waiting: Set<() => void>;
  /** One of those who wait looks for places elsewhere, for all of them: a hundred would be a thousand questions a second. */
  looked: boolean;
}

export interface ConcurrencyDeps {
  leases: Pick<Leases, 'takePlace'>;
  /** Processes that share the limit. */
  processes: () => number;
  factor: number;
  waitMs?: number;
}

/** A person is one, whatever they call with, and each agent of theirs is another, so that one that hangs stops nobody. */
const keyOf = ({ tenantId, id, agent }: Actor): string => `calls:${tenantId}:${id}${agent ? `:${agent.clientId}` : ''}`;

const refused = (most: number): Problem =>
  new Problem('concurrency-limited', `${most} calls of yours run already. Wait for one of them to end.`, { retryAfterSeconds: 1, limit: most });

/**
 * Lets so many calls of one person run at a time, in all processes together. Where there is one process it only counts. Where there are
 * several each has one place of its own, since hardly anybody calls twice at a time, and the others are leases that all share.
 */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createConcurrency({ leases, processes, factor, waitMs = WAIT_MS }: ConcurrencyDeps) {
  const most = Math.max(1, Math.round(RUNNING_CALLS * factor));
  const running = new Map<string, Running>();

  const next = ({ waiting }: Running): void => waiting.values().next().value?.();
  function gone(key: string, state: Running): void {
    state.calls -= 1;
    if (state.calls === 0) running.delete(key);
    else next(state);
  }

  /** How to give it back; undefined when there is none. */
  async function take(key: string, state: Running, asks: boolean): Promise<(() => void) | undefined> {
    const others = processes();
    const own = others <= 1 ? most : 1;
    if (state.own < own) {
      state.own += 1;
      return () => {
        state.own -= 1;
        gone(key, state);
      };
    }
    if (others <= 1 || most <= others || !asks) return undefined;
    const place = await leases.takePlace(key, most - others, PLACE_MS).catch(() => 'uncounted' as const);
    // Where places cannot be counted, calls are: the quotas go on holding.
    if (place === 'uncounted') return () => gone(key, state);
    return place && (() => void place.release().then(() => gone(key, state)));
  }

  /** True when somebody left a place; false when the time was over. */
  const waitFor = ({ waiting }: Running, ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (woken: boolean): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve(woken);
      };
      const wake = (): void => end(true);
      const timer = setTimeout(() => end(false), Math.max(0, ms));
      waiting.add(wake);
    });

  async function placeFor(key: string, state: Running): Promise<() => void> {
    const until = performance.now() + waitMs;
    let looks = false;
    let asks = !state.looked;
    try {
      for (;;) {
        const done = await take(key, state, asks);
        if (done) return done;
        const left = until - performance.now();
        if (left <= 0 || state.waiting.size >= MOST_WAITING) throw refused(most);
        if (!state.looked) looks = state.looked = true;
        const woken = await waitFor(state, looks && processes() > 1 ? Math.min(left, LOOK_MS) : left);
        asks = looks || woken;
      }
    } finally {
      if (looks) {
        state.looked = false;
        next(state);
      }
    }
  }

  return {
    /** Waits for a place and answers how to give it back. Throws `concurrency-limited`. */
    async enter(actor: Actor): Promise<() => void> {
      if (actor.kind === 'anonymous' || actor.kind === 'system' || most >= NO_LIMIT) return () => undefined;
      const key = keyOf(actor);
      let state = running.get(key);
      if (!state) running.set(key, (state = { own: 0, calls: 0, waiting: new Set(), looked: false }));
      const mine = state;
      mine.calls += 1;
      return placeFor(key, mine).catch((error: unknown) => {
        gone(key, mine);
        throw error;
      });
    },
  };
}
