import { bigint, boolean, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import type { Actor } from '#kernel/context.ts';
import { tenantTable } from '#kernel/database.ts';
import type { ExecutionState, NodeState } from '../executions/rules.ts';
import type { Graph, Json, RetryWish, WorkflowSettings } from '../graph.ts';
import type { Effect, NodeFault } from '../nodes/declare.ts';
import type { Undoes } from './compensation.ts';
import type { EndWishes, Start, TriggerKind } from '../providers/port.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Somebody asked that an execution be stopped. `force`: at once, without the ten seconds for nodes that run. */
export interface CancelAsked {
  reason: string;
  force: boolean;
  by: { id: string; name: string };
  at: string;
}
interface PauseAsked {
  by: { id: string; name: string };
  at: string;
}

/** An execution, which is its own entry in the queue. */
export const executions = tenantTable('workflow_executions', {
  workflowId: uuid('workflow_id').notNull(),
  version: integer('version'),
  /** Of what it runs, from when it began: scopes and rules decide by it. */
  environment: text('environment'),
  draft: jsonb('draft').$type<{ graph: Graph; settings: WorkflowSettings }>(),
  status: text('status').$type<ExecutionState>().notNull(),
  triggerKind: text('trigger_kind').$type<TriggerKind>().notNull(),
  triggerId: uuid('trigger_id'),
  triggerNode: uuid('trigger_node'),
  principal: jsonb('principal').$type<Actor>().notNull(),
  startedBy: jsonb('started_by').$type<Start['startedBy']>().notNull(),
  startedById: text('started_by_id').notNull(),
  inputs: jsonb('inputs').$type<Record<string, Json>>(),
  outputs: jsonb('outputs').$type<Json>(),
  outputsBlob: uuid('outputs_blob'),
  response: jsonb('response').$type<{ status: number; headers: Record<string, string>; body: Json; bodyType: string }>(),
  error: jsonb('error').$type<NodeFault>(),
  errors: jsonb('errors').$type<NodeFault[]>(),
  priority: text('priority').$type<NonNullable<Start['priority']>>().notNull().default('normal'),
  rank: smallint('rank').notNull().default(1),
  concurrencyKey: text('concurrency_key'),
  maxConcurrent: integer('max_concurrent').notNull().default(10),
  dedupeKey: text('dedupe_key'),
  parentId: uuid('parent_id'),
  parentNode: uuid('parent_node'),
  parentPath: text('parent_path'),
  chatSessionId: uuid('chat_session_id'),
  rootId: uuid('root_id').notNull(),
  depth: smallint('depth').notNull().default(0),
  causationDepth: smallint('causation_depth').notNull().default(0),
  retryOf: uuid('retry_of'),
  tags: text('tags').array().notNull().default([]),
  correlationId: text('correlation_id'),
  traceId: text('trace_id'),
  traceParent: text('trace_parent'),
  isTest: boolean('is_test').notNull().default(false),
  dryRun: boolean('dry_run').notNull().default(false),
  debug: boolean('debug').notNull().default(false),
  wishes: jsonb('wishes').$type<EndWishes>(),
  mocks: jsonb('mocks').$type<Record<string, Json>>(),
  timeoutSeconds: integer('timeout_seconds').notNull(),
  activeMs: bigint('active_ms', { mode: 'number' }).notNull().default(0),
  expiresAt: time('expires_at').notNull(),
  scheduledAt: time('scheduled_at'),
  format: smallint('format').notNull().default(1),
  leaseOwner: integer('lease_owner'),
  leaseUntil: time('lease_until'),
  epoch: integer('epoch').notNull().default(0),
  wakeAt: time('wake_at'),
  nudged: boolean('nudged').notNull().default(false),
  wasNudged: boolean('was_nudged').notNull().default(false),
  cancelAsked: jsonb('cancel_asked').$type<CancelAsked>(),
  pauseAsked: jsonb('pause_asked').$type<PauseAsked>(),
  recoveries: integer('recoveries').notNull().default(0),
  /** At the whole, from 1; `retry` is what whoever began it wishes instead of the workflow's settings. */
  attempt: smallint('attempt').notNull().default(1),
  retry: jsonb('retry').$type<RetryWish>(),
  undoes: jsonb('undoes').$type<Undoes>(),
  writes: integer('writes').notNull().default(0),
  progress: smallint('progress').notNull().default(0),
  nodesTotal: integer('nodes_total').notNull().default(0),
  nodesDone: integer('nodes_done').notNull().default(0),
  nodesFailed: integer('nodes_failed').notNull().default(0),
  eventSeq: integer('event_seq').notNull().default(0),
  logSeq: integer('log_seq').notNull().default(0),
  logBytes: integer('log_bytes').notNull().default(0),
  tokens: bigint('tokens', { mode: 'number' }).notNull().default(0),
  /** Millionths of a US dollar. */
  cost: bigint('cost', { mode: 'number' }).notNull().default(0),
  toolCalls: integer('tool_calls').notNull().default(0),
  startedAt: time('started_at'),
  endedAt: time('ended_at'),
  payloadsErasedAt: time('payloads_erased_at'),
  /** Begun by what is sensitive: nobody is shown what comes in, leaves and is recorded of it. */
  veiled: boolean('veiled').notNull().default(false),
  sealedInputs: text('sealed_inputs'),
  sealedOutputs: text('sealed_outputs'),
});
export type ExecutionRow = typeof executions.$inferSelect;

/** The agent that called a node as a tool: its node, the turn from 1, and the place of the call in it from 0. */
export interface CalledBy {
  nodeId: string;
  key: string;
  step: number;
  index: number;
  /** As the model knows it. */
  tool: string;
}

/** One attempt of a node at one place in loops. */
export const nodeExecutions = tenantTable('node_executions', {
  executionId: uuid('execution_id').notNull(),
  nodeId: uuid('node_id').notNull(),
  nodeKey: text('node_key').notNull(),
  nodeType: text('node_type').notNull(),
  path: text('path').notNull().default(''),
  attempt: smallint('attempt').notNull().default(1),
  status: text('status').$type<NodeState>().notNull(),
  effect: text('effect').$type<Effect>().notNull().default('pure'),
  idempotencyKey: text('idempotency_key'),
  round: smallint('round').notNull().default(0),
  input: jsonb('input').$type<Json>(),
  /** What left by `port`; an object by port where `many`. */
  output: jsonb('output').$type<Json>(),
  port: text('port'),
  many: boolean('many').notNull().default(false),
  error: jsonb('error').$type<NodeFault>(),
  sealed: text('sealed'),
  outputBlob: uuid('output_blob'),
  state: jsonb('state').$type<Json>(),
  steps: jsonb('steps').$type<Record<string, Json>>(),
  /** Instead of `steps` and `state`, of an agent and of what a sensitive node feeds. */
  sealedSteps: text('sealed_steps'),
  would: jsonb('would').$type<Json>(),
  changeId: uuid('change_id'),
  calledBy: jsonb('called_by').$type<CalledBy>(),
  reused: boolean('reused').notNull().default(false),
  /** Of an attempt at the whole that failed: the place is run anew. */
  superseded: boolean('superseded').notNull().default(false),
  bytes: integer('bytes'),
  tokens: integer('tokens'),
  /** Millionths of a US dollar. */
  cost: bigint('cost', { mode: 'number' }),
  logCount: integer('log_count').notNull().default(0),
  startedAt: time('started_at'),
  endedAt: time('ended_at'),
  durationMs: integer('duration_ms'),
});
export type NodeExecutionRow = typeof nodeExecutions.$inferSelect;

/** Who uses a secret of which only so many may be in use at the same time. */
export const workflowTurns = tenantTable('workflow_turns', {
  secretId: uuid('secret_id').notNull(),
  executionId: uuid('execution_id').notNull(),
  nodeId: uuid('node_id').notNull(),
  path: text('path').notNull(),
  owner: integer('owner').notNull(),
  until: time('until').notNull(),
});

const ofExecution = { tenantId: uuid('tenant_id').notNull(), executionId: uuid('execution_id').notNull(), seq: integer('seq').notNull() };

export const executionLogs = pgTable(
  'execution_logs',
  {
    ...ofExecution,
    at: time('at').notNull(),
    level: text('level').$type<'debug' | 'info' | 'warn' | 'error'>().notNull(),
    nodeId: uuid('node_id'),
    path: text('path'),
    message: text('message').notNull(),
    data: jsonb('data').$type<Json>(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.executionId, table.seq] })],
);

/** Messages of the live stream; `seq` has no gaps within an execution. */
export const executionEvents = pgTable(
  'execution_events',
  { ...ofExecution, at: time('at').notNull(), type: text('type').notNull(), payload: jsonb('payload').$type<Record<string, Json>>().notNull() },
  (table) => [primaryKey({ columns: [table.tenantId, table.executionId, table.seq] })],
);

/** `retry` and `merge` are timers of the engine's own; `in_doubt` asks a person what became of an effect. */
export type WaitKind = 'timer' | 'event' | 'change' | 'child' | 'input' | 'in_doubt' | 'retry' | 'merge';

export const executionWaits = tenantTable('execution_waits', {
  executionId: uuid('execution_id').notNull(),
  nodeId: uuid('node_id').notNull(),
  nodeKey: text('node_key').notNull(),
  path: text('path').notNull().default(''),
  kind: text('kind').$type<WaitKind>().notNull(),
  state: text('state').$type<'open' | 'fired' | 'closed'>().notNull().default('open'),
  dueAt: time('due_at'),
  eventTypes: text('event_types').array(),
  matchKey: text('match_key'),
  since: time('since'),
  changeId: uuid('change_id'),
  childIds: uuid('child_ids').array(),
  /** SHA-256 of the token of a single-use address. */
  tokenHash: text('token_hash'),
  form: jsonb('form').$type<Json>(),
  assignees: text('assignees').array(),
  title: text('title'),
  person: boolean('person').notNull().default(false),
  woken: jsonb('woken').$type<Json>(),
  /** What whoever agreed to calls of an agent made of them. */
  answer: jsonb('answer').$type<Json>(),
});
export type WaitRow = typeof executionWaits.$inferSelect;

export const executionBlobs = tenantTable('execution_blobs', {
  executionId: uuid('execution_id').notNull(),
  name: text('name').notNull(),
  mime: text('mime').notNull(),
  /** Bytes before sealing. */
  size: integer('size').notNull(),
  sensitive: boolean('sensitive').notNull().default(false),
  sealed: text('sealed').notNull(),
});
