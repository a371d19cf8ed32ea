import { batched, chains, rounds, unused } from './flow.ts';
import type { Rule } from './parts.ts';
import { cached, keyed, retried, slowest, timed } from './steps.ts';

/** By what is aimed at, the most telling first. */
export const RULES: Readonly<Record<'performance' | 'cost' | 'reliability', readonly Rule[]>> = {
  performance: [slowest, chains, rounds, cached, batched, unused, timed],
  cost: [unused, cached, batched],
  reliability: [timed, retried, keyed],
};
