import { Problem } from '#kernel/problem.ts';
import type { Exchange } from './deps.ts';
import type { Resources } from './resources.ts';
import type { Watched, Watches } from './watches.ts';

/** As many addresses in one stream. */
const MOST = 100;
/** As many streams of one agent or key: the places are everybody's. */
const PER_OWNER = 20;

interface Listen {
  method: string;
  params?: { notifications?: { resourceSubscriptions?: unknown } };
}

const urisIn = (body: unknown): string[] => {
  const wanted = (body as Listen).params?.notifications?.resourceSubscriptions;
  return Array.isArray(wanted) ? [...new Set(wanted.filter((uri) => typeof uri === 'string'))].slice(0, MOST) : [];
};

/**
 * `subscriptions/listen` of revision 2026-07-28. The SDK hands every change of an address to all who listen for it, whoever they are, so
 * here it is decided before who may listen for what.
 */
export function listening({ resources, watches, notify }: { resources: Resources; watches: Watches; notify: (uri: string) => void }) {
  /** Each address is told once to the SDK, which tells all that listen. */
  const told = new Map<string, number>();
  const streams = new Map<string, number>();

  function admit(owner: string): () => void {
    const own = streams.get(owner) ?? 0;
    if (own >= PER_OWNER)
      throw new Problem('rate-limited', `Too many open streams (${own} of your own). Close one and try again.`, { retryAfterSeconds: 5 });
    streams.set(owner, own + 1);
    return () => {
      const left = streams.get(owner)! - 1;
      if (left > 0) streams.set(owner, left);
      else streams.delete(owner);
    };
  }

  async function watch(uri: string, what: Watched): Promise<() => void> {
    const leave = (stop?: () => void): void => {
      const left = told.get(uri)! - 1;
      if (left > 0) return void told.set(uri, left);
      told.delete(uri);
      stop?.();
    };
    told.set(uri, (told.get(uri) ?? 0) + 1);
    try {
      const stop = await watches.watch(uri, what, notify);
      return () => leave(stop);
    } catch (error) {
      leave();
      throw error;
    }
  }

  return {
    isListening: (body: unknown): boolean => (body as Listen | null | undefined)?.method === 'subscriptions/listen',
    /** Throws a ProtocolError for an address that cannot be watched, or not by this caller; a Problem for one stream too many. */
    async begin(body: unknown, { exchange, owner }: { exchange: Exchange; owner: string }, gone: AbortSignal): Promise<void> {
      const stops: (() => void)[] = [admit(owner)];
      const stop = (): void => stops.splice(0).forEach((one) => one());
      gone.addEventListener('abort', stop);
      try {
        for (const uri of urisIn(body)) stops.push(await watch(uri, await resources.watchable(uri, exchange)));
      } catch (error) {
        stop();
        throw error;
      }
      if (gone.aborted) stop();
    },
  };
}
