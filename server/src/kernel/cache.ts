import type { Clock } from './clock.ts';

/** Values that may be a little old, in this process. What is cleared while a load is under way is not kept. */
export interface Cache<V> {
  read: (key: string, load: () => Promise<V>) => Promise<V>;
  /** What is remembered now; undefined when nothing is. */
  peek: (key: string) => V | undefined;
  clear: () => void;
}

/** `max` bounds the memory; the entries that were put in first go first. */
export function createCache<V>({ ttlMs, max, now }: { ttlMs: number; max: number; now: Clock }): Cache<V> {
  const entries = new Map<string, { value: V; until: number }>();
  let generation = 0;
  return {
    async read(key, load) {
      const entry = entries.get(key);
      if (entry && entry.until > now().getTime()) return entry.value;
      const begun = generation;
      const value = await load();
      if (begun !== generation) return value; // something changed while we looked: what we saw may be from before
      entries.delete(key);
      entries.set(key, { value, until: now().getTime() + ttlMs });
      if (entries.size > max) entries.delete(entries.keys().next().value!);
      return value;
    },
    peek(key) {
      const entry = entries.get(key);
      return entry && entry.until > now().getTime() ? entry.value : undefined;
    },
    clear() {
      generation += 1;
      entries.clear();
    },
  };
}
