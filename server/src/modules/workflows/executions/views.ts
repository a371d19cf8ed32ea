import type { ReadContext } from '#kernel/context.ts';
import type { Json } from '../graph.ts';
import type { NodeExecutionRow, WaitRow } from '../engine/tables.ts';
import { isMine, type Found, type LightExecution } from './find.ts';
import type { ExecutionSummary, NodeRecord } from './schemas.ts';
import type { RollbackRow } from './tables.ts';

const time = (date: Date | null): string | null => date?.toISOString() ?? null;

const WAITING: Record<WaitRow['kind'], string> = {
  timer: 'a time',
  event: 'an event',
  change: 'a Change',
  child: 'another workflow',
  input: 'an answer',
  in_doubt: 'somebody to say whether an effect happened',
  retry: 'its next attempt',
  merge: 'its other branches',
};
const wordsOf = ({ kind, title }: WaitRow): string => title ?? WAITING[kind];

/** It failed, and waits for its next attempt: only then one that waits has an error. */
const isResting = ({ status, error, attempt }: LightExecution): boolean => status === 'waiting' && error !== null && attempt > 1;

function waitingOf(execution: LightExecution, waits: readonly WaitRow[]): string | null {
  const { status, attempt } = execution;
  if (status !== 'waiting' && status !== 'paused') return null;
  if (isResting(execution)) return `attempt ${attempt} at the whole`;
  const open = waits.filter(({ state }) => state === 'open');
  if (open.length === 0) return status === 'paused' ? 'somebody to resume it' : null;
  return [...new Set(open.map(wordsOf))].slice(0, 5).join(', ');
}

/** An execution as lists show it. */
export const summaryView = (
  { execution, workflow }: Found,
  viewer: Pick<ReadContext, 'actor' | 'now'>,
  { waits = [], rollback }: { waits?: readonly WaitRow[]; rollback?: RollbackRow | undefined } = {},
): ExecutionSummary => ({
  id: execution.id,
  workflow: { id: execution.workflowId, name: workflow.name },
  version: execution.version,
  status: execution.status,
  trigger: { kind: execution.triggerKind, id: execution.triggerId },
  startedBy: execution.startedBy,
  mine: isMine(execution, viewer),
  priority: execution.priority,
  tags: execution.tags,
  correlationId: execution.correlationId,
  traceId: execution.traceId,
  test: execution.isTest,
  dryRun: execution.dryRun,
  progress: execution.progress,
  attempt: execution.attempt,
  error: execution.error,
  nextAttemptAt: isResting(execution) ? time(execution.wakeAt) : null,
  waiting: waitingOf(execution, waits),
  tokens: execution.tokens,
  cost: execution.cost,
  toolCalls: execution.toolCalls,
  parentExecutionId: execution.parentId ?? execution.retryOf,
  rootExecutionId: execution.rootId,
  rollback: rollback?.state ?? 'none',
  createdAt: execution.createdAt.toISOString(),
  startedAt: time(execution.startedAt),
  endedAt: time(execution.endedAt),
  durationMs: execution.startedAt && (execution.endedAt ?? viewer.now()).getTime() - execution.startedAt.getTime(),
});

/** A file or a large value that lies apart: it is fetched by `GET /executions/{id}/blobs/{blobId}`. */
const apart = (blobId: string): Json => ({ $blob: blobId });

const payloadsOf = ({ input, output, outputBlob, sealed }: NodeExecutionRow): Pick<NodeRecord, 'input' | 'output'> =>
  // What a sensitive node saw is nobody's to see.
  sealed !== null ? {} : { input, output: outputBlob === null ? output : apart(outputBlob) };

const waitView = (wait: WaitRow | undefined): NodeRecord['waiting'] =>
  wait ? { id: wait.id, kind: wait.kind, dueAt: time(wait.dueAt), form: wait.form, title: wait.title, changeId: wait.changeId } : null;

/** One run of a node; payloads only where the caller may see them. */
export const recordView = (row: NodeExecutionRow, waits: readonly WaitRow[], withPayloads: boolean): NodeRecord => ({
  id: row.id,
  nodeId: row.nodeId,
  key: row.nodeKey,
  type: row.nodeType,
  path: row.path,
  attempt: row.attempt,
  status: row.status,
  effect: row.effect,
  ...(withPayloads ? payloadsOf(row) : {}),
  error: row.error,
  port: row.port,
  waiting: waitView(waits.find(({ nodeId, path, state }) => state === 'open' && nodeId === row.nodeId && path === row.path)),
  changeId: row.changeId,
  calledBy: row.calledBy,
  tokens: row.tokens,
  cost: row.cost,
  reused: row.reused,
  startedAt: time(row.startedAt),
  endedAt: time(row.endedAt),
  durationMs: row.durationMs,
});

export const linksOf = (id: string) => {
  const self = `/api/v1/executions/${id}`;
  return { self, logs: `${self}/logs`, cancel: `${self}/cancel`, stream: `${self}/stream`, events: `${self}/events` };
};
