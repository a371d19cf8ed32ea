import type { CompiledSet } from './compile.ts';

/** A set that had to be stopped this often in a row is not tried again for a while: it would hold others up. */
const STRIKES = 3;
const REST_MS = 60_000;

export interface Strikes {
  strike: (set: CompiledSet) => void;
  forgive: (set: CompiledSet) => void;
  rests: (set: CompiledSet) => boolean;
}

export function createStrikes(now: () => number = () => performance.now()): Strikes {
  const strikes = new WeakMap<CompiledSet, { count: number; until: number }>();
  return {
    strike(set) {
      const count = (strikes.get(set)?.count ?? 0) + 1;
      strikes.set(set, { count, until: count >= STRIKES ? now() + REST_MS : 0 });
    },
    forgive: (set) => void strikes.delete(set),
    rests: (set) => (strikes.get(set)?.until ?? 0) > now(),
  };
}
