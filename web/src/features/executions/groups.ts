import type { ExecutionSummary } from './types.ts';

export interface FailureGroup {
  /** Type of the error, such as `http-status`. */
  type: string;
  nodeKey: string;
  count: number;
  /** Of the newest, with the message that it ended with. */
  id: string;
  message: string;
  at: string;
}

/** What failed alike: the same error at the same node of the same workflow, most frequent first. */
export function failureGroups(executions: readonly ExecutionSummary[]): FailureGroup[] {
  const failed = executions.filter((one) => one.error !== null);
  const groups = Map.groupBy(failed, ({ error, workflow }) => `${workflow.id} ${error!.type} ${error!.nodeKey ?? ''}`);
  return [...groups.values()]
    .map((all) => {
      const newest = all.reduce((a, b) => (a.createdAt >= b.createdAt ? a : b));
      const { type, nodeKey = '', message } = newest.error!;
      return { type, nodeKey, count: all.length, id: newest.id, message, at: newest.createdAt };
    })
    .sort((a, b) => b.count - a.count || (a.at < b.at ? 1 : -1));
}

export interface Durations {
  /** Seconds since 1970, oldest first. */
  times: number[];
  /** Seconds that each took, where it ended well and where it did not. */
  good: (number | null)[];
  bad: (number | null)[];
}
/** How long executions took, by when they began. Those that still run or wait have no length yet. */
export function durationsOf(executions: readonly ExecutionSummary[]): Durations {
  const ended = executions
    .filter((one): one is ExecutionSummary & { durationMs: number } => one.durationMs !== null && one.endedAt !== null)
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  const well = ({ status }: ExecutionSummary): boolean => status === 'completed' || status === 'partial_success';
  return {
    times: ended.map(({ createdAt }) => Date.parse(createdAt) / 1_000),
    good: ended.map((one) => (well(one) ? one.durationMs / 1_000 : null)),
    bad: ended.map((one) => (well(one) ? null : one.durationMs / 1_000)),
  };
}

/** The middle of a row of numbers; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[at]! : (sorted[at - 1]! + sorted[at]!) / 2;
}
