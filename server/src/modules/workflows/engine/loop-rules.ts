import type { Json } from '../graph.ts';
import { NodeError, type NodeFault } from '../nodes/declare.ts';

/** A loop's configuration as far as the interpreter reads it; expressions are source text. */
export interface LoopConfig {
  type: 'for_each' | 'while' | 'do_while' | 'count';
  items?: string | undefined;
  count?: string | undefined;
  condition?: string | undefined;
  maxIterations: number;
  batchSize: number;
  itemName: string;
  parallel: number;
  breakWhen?: string | undefined;
  skipWhen?: string | undefined;
  onItemError: 'stop' | 'continue' | 'collect';
  /** `last`, `all`, `none`, or an expression over each result. */
  collect: string;
  delayMs: number;
  accumulator?: { initial: Json; next: string } | undefined;
}

export const mostAtOnce = ({ parallel, accumulator, type }: LoopConfig): number =>
  accumulator !== undefined || type === 'while' || type === 'do_while' ? 1 : parallel;

export const limitFault = (most: number): NodeError =>
  new NodeError('loop-limit', 'limit', `The loop has not ended after ${most} iterations. Raise maxIterations, up to 10,000, or make it end.`);

/** What each iteration gets: the item, or a list of `batchSize` of them. Throws `type-error` or `loop-limit`. */
export function turnsOf(config: LoopConfig, value: Json): Json[] {
  const { type, batchSize, maxIterations } = config;
  if (type === 'count') {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw new NodeError('type-error', 'expression', 'The count of a loop must be a whole number, 0 or more.');
    if (value > maxIterations) throw limitFault(maxIterations);
    return Array.from({ length: value }, (_, at) => at);
  }
  if (!Array.isArray(value)) throw new NodeError('type-error', 'expression', 'The items of a loop must be a list.');
  const turns = batchSize <= 1 ? value : Array.from({ length: Math.ceil(value.length / batchSize) }, (_, at): Json => value.slice(at * batchSize, (at + 1) * batchSize)); // prettier-ignore
  if (turns.length > maxIterations) throw limitFault(maxIterations);
  return turns;
}

export interface Failed {
  index: number;
  item: Json;
  error: NodeFault;
}

/** What has become of a loop so far. */
export interface Tally {
  /** By index; without those that were skipped, or failed. */
  results: ReadonlyMap<number, Json>;
  failed: readonly Failed[];
  /** Iterations that were begun. */
  count: number;
  broken: boolean;
  accumulator?: Json | undefined;
}

/** In the order of the items, whichever was done first. */
export const inTurn = (results: ReadonlyMap<number, Json>): Json[] => [...results].sort(([a], [b]) => a - b).map(([, value]) => value);

/** What leaves a loop at `done`. */
export function outputOf({ collect, accumulator }: LoopConfig, { results, failed, count, broken, accumulator: folded }: Tally): Json {
  const all = inTurn(results);
  const kept = collect === 'none' ? [] : collect === 'last' ? all.slice(-1) : all;
  return {
    results: kept,
    count,
    failed: failed.toSorted((a, b) => a.index - b.index) as unknown as Json,
    broken,
    ...(accumulator === undefined ? {} : { accumulator: folded ?? null }),
  };
}
