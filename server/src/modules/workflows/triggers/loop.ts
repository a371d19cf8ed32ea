import type { Live } from '#kernel/live.ts';

interface LoopOptions {
  live: Live;
  topics: readonly string[];
  onError: (error: Error) => void;
  /** Answers whether the next one should follow at once. */
  round: () => Promise<boolean>;
  /** Milliseconds between two rounds when nobody calls. */
  everyMs?: number;
}

export interface Loop {
  stop: () => Promise<void>;
}

/** Rounds one after the other: on every hint, and as a net each second. */
export function runLoop({ live, topics, onError, round, everyMs = 1_000 }: LoopOptions): Loop {
  let stopped = false;
  let woken = false;
  let wake = (): void => undefined;
  const hear = (): void => ((woken = true), wake());
  const offs = topics.map((topic) => live.subscribe(topic, hear));
  const running = (async () => {
    while (!stopped) {
      woken = false;
      const more = await round().catch((error: Error) => (onError(error), false));
      if (more || woken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      for (const off of offs) off();
      wake();
      await running;
    },
  };
}
