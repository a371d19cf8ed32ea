import { useSyncExternalStore } from 'react';

// One timer for every relative time on the page, so they move together and a thousand rows cost one interval.
export const TICK_MS = 15_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  if (timer === undefined) {
    // The clock stood still while nobody looked.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** Milliseconds since the epoch, fresh within 15 s; re-renders as it moves. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
