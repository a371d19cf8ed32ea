import type { Databases } from './database.ts';

export interface Health {
  /** `ready`, `unavailable` (a part that calls need does not answer), or `shutdown` while draining. */
  check: () => Promise<{ status: 'ready' | 'unavailable' | 'shutdown'; components: Record<string, string> }>;
  /** The event loop turns: nothing has held it for five seconds. */
  alive: () => boolean;
  drain: () => void;
  draining: () => boolean;
}

const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_resolve, reject) => setTimeout(reject, ms, new Error(`no answer within ${ms} ms`)).unref())]);

/** Parts beside the database that calls need, with what asks them for a sign of life. */
export type NeededParts = Record<string, () => Promise<void>>;

const LOOK_MS = 2_000;
const KEPT_MS = 1_000;
const STUCK_MS = 5_000;

/** Looks at what the process cannot do without; answers are kept for a second so that probes cost nothing. */
export function createHealth(databases: Pick<Databases, 'ping'>, needed: NeededParts = {}): Health {
  let draining = false;
  let last: { at: number; result: ReturnType<Health['check']> } | undefined;
  let turned = performance.now();
  setInterval(() => (turned = performance.now()), 500).unref();
  const look = async (): Promise<Awaited<ReturnType<Health['check']>>> => {
    const parts = Object.entries({ database: databases.ping, ...needed });
    const states = await Promise.all(parts.map(([, ping]) => within(LOOK_MS, ping()).then(() => 'ok', () => 'down'))); // prettier-ignore
    return {
      status: states.every((state) => state === 'ok') ? 'ready' : 'unavailable',
      components: Object.fromEntries(parts.map(([name], at) => [name, states[at]!])),
    };
  };
  return {
    async check() {
      if (draining) return { status: 'shutdown', components: {} };
      if (!last || Date.now() - last.at > KEPT_MS) last = { at: Date.now(), result: look() };
      return last.result;
    },
    alive: () => performance.now() - turned < STUCK_MS,
    drain: () => void (draining = true),
    draining: () => draining,
  };
}
