import type { Heard } from './receivers.ts';

export interface Tally {
  /** Messages that came at least once. */
  distinct: number;
  /** How many came beyond the first time each. */
  repeated: number;
  /** Ids of `expected` that never came. */
  missing: string[];
}

/** What a receiver heard against what it should have: at least once, and how often beyond that. */
export function tallyOf(heard: readonly Pick<Heard, 'id'>[], expected: Iterable<string>): Tally {
  const ids = new Set(heard.map(({ id }) => id));
  return { distinct: ids.size, repeated: heard.length - ids.size, missing: [...expected].filter((id) => !ids.has(id)) };
}
