import type { Databases } from './database.ts';

export interface Health {
  /** `ready`, `degraded` (an optional part is down), `unavailable`, or `shutdown` while draining. */
  check: () => Promise<{ status: 'ready' | 'unavailable' | 'shutdown'; components: Record<string, string> }>;
  drain: () => void;
  draining: () => boolean;
}

const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_resolve, reject) => setTimeout(reject, ms, new Error(`no answer within ${ms} ms`)).unref())]);

/** Parts without which the process still serves somebody: they are told of, and keep nobody from sending us calls. */
export type OptionalParts = Record<string, () => Promise<void>>;

/** Looks at what the process cannot do without; answers are kept for a second so that probes cost nothing. */
export function createHealth(databases: Databases, optional: OptionalParts = {}): Health {
  let draining = false;
  let last: { at: number; result: ReturnType<Health['check']> } | undefined;
  const look = async (): Promise<Awaited<ReturnType<Health['check']>>> => {
    const state = (ping: () => Promise<void>): Promise<string> => within(2_000, ping()).then(() => 'ok', () => 'down'); // prettier-ignore
    const [database, ...others] = await Promise.all([databases.ping, ...Object.values(optional)].map(state));
    const components = Object.fromEntries(Object.keys(optional).map((name, at) => [name, others[at]!]));
    return { status: database === 'ok' ? 'ready' : 'unavailable', components: { database: database!, ...components } };
  };
  return {
    async check() {
      if (draining) return { status: 'shutdown', components: {} };
      if (!last || Date.now() - last.at > 1_000) last = { at: Date.now(), result: look() };
      return last.result;
    },
    drain: () => void (draining = true),
    draining: () => draining,
  };
}
