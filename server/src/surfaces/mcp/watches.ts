import type { Feed, Feeds, StreamEvent } from '../stream.ts';

/** Milliseconds. Several things that happen within it are one notification. */
const TOGETHER = 1_000;

/** What is behind an address: a Change, or what some of the tenant's events are about. */
export type Watched = { tenantId: string } & ({ changeId: string } | { concerns: (event: StreamEvent) => boolean });

interface Watch {
  feed: Feed;
  concerns: (event: StreamEvent) => boolean;
  position: string | null;
  listeners: Set<(uri: string) => void>;
  /** Settled when all that was there before has been passed over: what comes from then on is told. */
  ready: Promise<unknown>;
  stop: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Reads to the end; whether something of it concerns what is watched. */
async function readOn(watch: Watch): Promise<boolean> {
  let found = false;
  for (;;) {
    const { events, position, more, ended } = await watch.feed.read(watch.position);
    watch.position = position;
    found ||= events.some(watch.concerns);
    if (ended || (events.length === 0 && !more)) return found;
  }
}

/**
 * Watches things for as long as somebody does. However many watch one thing, it is watched once, and what happens within a second is
 * told as one. A hint says that something happened in the tenant; only what is read then says whether it concerns the thing.
 */
export function createWatches(feeds: Feeds, togetherMs = TOGETHER) {
  const open = new Map<string, Watch>();

  async function look(uri: string, watch: Watch): Promise<void> {
    await watch.ready;
    const concerned = await readOn(watch);
    if (concerned) for (const hear of watch.listeners) hear(uri);
  }

  function soon(uri: string, watch: Watch): void {
    if (open.get(uri) !== watch) return;
    watch.timer ??= setTimeout(() => {
      watch.timer = undefined;
      // What cannot be read now is read a moment later: it is not lost, for the position stays.
      watch.ready = look(uri, watch).catch(() => soon(uri, watch));
    }, togetherMs).unref();
  }

  function begin(uri: string, what: Watched): Watch {
    const feed = 'changeId' in what ? feeds.change(what.tenantId, what.changeId) : feeds.tenant(what.tenantId);
    const concerns = 'changeId' in what ? () => true : what.concerns;
    const watch: Watch = { feed, concerns, position: null, listeners: new Set(), ready: Promise.resolve(), stop: () => undefined, timer: undefined };
    open.set(uri, watch);
    watch.stop = feed.subscribe(() => soon(uri, watch));
    watch.ready = readOn(watch);
    return watch;
  }

  return {
    /** Tells `hear` when the thing behind the address has changed; answers how to stop. */
    async watch(uri: string, what: Watched, hear: (uri: string) => void): Promise<() => void> {
      const watch = open.get(uri) ?? begin(uri, what);
      watch.listeners.add(hear);
      const stop = (): void => {
        if (!watch.listeners.delete(hear) || watch.listeners.size > 0) return;
        watch.stop();
        clearTimeout(watch.timer);
        if (open.get(uri) === watch) open.delete(uri);
      };
      try {
        await watch.ready;
      } catch (error) {
        stop();
        throw error;
      }
      return stop;
    },
    count: () => open.size,
  };
}
export type Watches = ReturnType<typeof createWatches>;
