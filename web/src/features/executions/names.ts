import type { Execution } from './types.ts';

/** What nodes are called, by id; their key where they have no name. */
export const namesOf = ({ graph, nodes }: Pick<Execution, 'graph' | 'nodes'>): ReadonlyMap<string, string> =>
  new Map([
    ...nodes.map(({ nodeId, key }): [string, string] => [nodeId, key]),
    ...(graph?.nodes ?? []).map(({ id, name, key }): [string, string] => [id, name || key]),
  ]);

/** Milliseconds since it began, or that it took. */
export function tookMs({ startedAt, endedAt, durationMs }: Pick<Execution, 'startedAt' | 'endedAt' | 'durationMs'>, now: number): number | null {
  if (durationMs !== null) return durationMs;
  if (!startedAt) return null;
  return Math.max(0, (endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt));
}
