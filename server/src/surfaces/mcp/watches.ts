import type { Feeds } from '../stream.ts';

/** Milliseconds. Several steps of one Change within it are one notification. */
const TOGETHER = 1_000;

/**
 * Watches things for as long as somebody does. However many watch one thing, it is watched once, and what happens within a second is
 * told as one.
 */
export function createWatches(feeds: Feeds, togetherMs = TOGETHER) {
  interface Watch {
    listeners: Set<(uri: string) => void>;
    stop: () => void;
    timer: NodeJS.Timeout | undefined;
  }
  const open = new Map<string, Watch>();

  function begin(uri: string, { tenantId, changeId }: { tenantId: string; changeId: string }): Watch {
    const watch: Watch = { listeners: new Set(), stop: () => undefined, timer: undefined };
    watch.stop = feeds.change(tenantId, changeId).subscribe(() => {
      watch.timer ??= setTimeout(() => {
        watch.timer = undefined;
        for (const hear of watch.listeners) hear(uri);
      }, togetherMs).unref();
    });
    open.set(uri, watch);
    return watch;
  }

  return {
    /** Tells `hear` when the thing behind the address has changed; answers how to stop. */
    watch(uri: string, what: { tenantId: string; changeId: string }, hear: (uri: string) => void): () => void {
      const watch = open.get(uri) ?? begin(uri, what);
      watch.listeners.add(hear);
      return () => {
        if (!watch.listeners.delete(hear) || watch.listeners.size > 0) return;
        watch.stop();
        clearTimeout(watch.timer);
        if (open.get(uri) === watch) open.delete(uri);
      };
    },
    count: () => open.size,
  };
}
export type Watches = ReturnType<typeof createWatches>;
