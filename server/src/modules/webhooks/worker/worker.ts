import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#kernel/ids.ts';
import type { Live } from '#kernel/live.ts';
import { claim, keep, release, type ClaimDeps, type Lane } from './claim.ts';
import { replaySome } from './replays.ts';
import { serve, type SessionDeps } from './session.ts';

/** Heard by workers when there may be something to send. */
export const WEBHOOKS_TOPIC = 'webhooks';

type WorkerDeps = ClaimDeps & SessionDeps & { live: Live; onError: (error: Error) => void };

/** Attempts at once in one process. */
const ROOM = 200;
/** Milliseconds. */
const POLL = 1_000;
const BEAT = 3_000;

interface Session {
  lane: Lane;
  abort: AbortController;
  done: Promise<void>;
}

/** Sends what waits until it is stopped. Several processes share the work; what one leaves behind when it dies, another takes up. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function startWorker(deps: WorkerDeps): { stop: (deadlineMs: number) => Promise<number> } {
  const { databases, live, now, onError } = deps;
  const holder = newId();
  const sessions = new Map<string, Session>();
  let isStopped = false;
  let isWoken = false;
  let wake = (): void => undefined;
  const ring = (): void => {
    isWoken = true;
    wake();
  };
  const unsubscribe = live.subscribe(WEBHOOKS_TOPIC, ring);

  const room = (): number => ROOM - [...sessions.values()].reduce((sum, { lane }) => sum + lane.slots, 0);

  function begin(lane: Lane): void {
    const abort = new AbortController();
    const done = serve(deps, lane, abort.signal, () => !isStopped)
      .catch((error: Error) => (onError(error), new Date(now().getTime() + POLL)))
      .then((notBefore) => release(databases, holder, lane, notBefore))
      .then(() => undefined, onError) // the lease runs out by itself
      .finally(() => {
        sessions.delete(lane.id);
        ring();
      }); // prettier-ignore
    sessions.set(lane.id, { lane, abort, done });
  }

  async function turn(): Promise<boolean> {
    // A replay that cannot go on keeps nobody else from being sent to.
    const isReplaying = await replaySome(databases, now).catch((error: Error) => (onError(error), false));
    const free = room();
    const lanes = free > 0 ? await claim(deps, holder, free, now()) : [];
    // One that we held ourselves until now, and which was taken for abandoned: its end is near.
    for (const lane of lanes) if (!sessions.has(lane.id)) begin(lane);
    return isReplaying || lanes.length > 0;
  }

  const running = (async () => {
    while (!isStopped) {
      isWoken = false;
      const more = await turn().catch((error: Error) => (onError(error), false));
      if (more || isWoken || isStopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();

  const beat = async (): Promise<void> => {
    if (sessions.size === 0) return;
    const held = [...sessions.values()];
    const mine = await keep(databases, holder);
    for (const { lane, abort } of held) if (!mine.has(lane.id) && sessions.get(lane.id)?.abort === abort) abort.abort();
  };
  const beating = setInterval(() => void beat().catch(onError), BEAT);

  return {
    /** Begins nothing new and waits for the attempts under way; answers how many had to be broken off, which are made again. */
    async stop(deadlineMs) {
      isStopped = true;
      unsubscribe();
      wake();
      await running;
      const idle = Promise.all([...sessions.values()].map(({ done }) => done));
      await Promise.race([idle, pause(deadlineMs, undefined, { ref: false })]);
      const left = sessions.size;
      for (const { abort } of sessions.values()) abort.abort();
      await Promise.all([...sessions.values()].map(({ done }) => done));
      clearInterval(beating);
      return left;
    },
  };
}
