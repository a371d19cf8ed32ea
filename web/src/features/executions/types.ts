import type { Graph, NodeState } from '#features/workflow-graph/types.ts';
import type { Json, Named, Plan, Risk } from '#lib/types.ts';

export const EXECUTION_STATES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'completed',
  'partial_success',
  'failed',
  'timed_out',
  'cancelled',
] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];
const ENDED: ReadonlySet<string> = new Set(['completed', 'partial_success', 'failed', 'timed_out', 'cancelled']);
export const isEnded = (state: string): boolean => ENDED.has(state);

export const TRIGGER_KINDS = ['manual', 'webhook', 'schedule', 'event', 'workflow', 'operation', 'error', 'retry'] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** What went wrong in a node (workflows.md 9.5). */
export interface Fault {
  type: string;
  class: string;
  message: string;
  retryable: boolean;
  nodeId?: string;
  nodeKey?: string;
  iteration?: string;
  attempt?: number;
  details?: Json;
}

/** One execution as lists have it. */
export interface ExecutionSummary {
  id: string;
  workflow: Named;
  /** Null for a run of the draft. */
  version: number | null;
  status: ExecutionState;
  trigger: { kind: string; id: string | null };
  startedBy: Named & { kind: string };
  mine: boolean;
  tags: string[];
  correlationId: string | null;
  /** Where traces are collected. */
  traceId: string | null;
  test: boolean;
  dryRun: boolean;
  /** 0 to 100. */
  progress: number;
  error: Fault | null;
  /** What it waits for, in words. */
  waiting: string | null;
  /** At the whole, from 1, and when the next one begins. */
  attempt?: number;
  nextAttemptAt?: string | null;
  parentExecutionId: string | null;
  rollback: 'none' | 'pending' | 'running' | 'done' | 'partial';
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number | null;
  /** Of models, and calls of tools by agents, altogether; cost in millionths of a US dollar. */
  tokens: number;
  cost: number;
  toolCalls: number;
}

interface Waiting {
  kind: string;
  dueAt: string | null;
  form: Json;
  title: string | null;
  changeId: string | null;
}
export interface NodeRecord {
  id: string;
  nodeId: string;
  key: string;
  type: string;
  /** Place in nested loops: empty, `3`, `3.0`. */
  path: string;
  attempt: number;
  status: NodeState;
  effect: string | null;
  input?: Json;
  output?: Json;
  error: Fault | null;
  /** Where its value left. */
  port: string | null;
  waiting: Waiting | null;
  changeId: string | null;
  /** The agent that called it as a tool, and where in its turns. */
  calledBy: { nodeId: string; key: string; step: number; index: number; tool: string } | null;
  /** Of models. */
  tokens: number | null;
  /** Millionths of a US dollar. */
  cost: number | null;
  /** Copied from the execution that this one tries again. */
  reused: boolean;
  startedAt: string | null;
  endedAt: string | null;
  durationMs: number | null;
}
interface ExecutionChange {
  id: string;
  number: string;
  operation: string;
  summary: string;
  state: string;
  nodeId: string | null;
  path: string | null;
}
export type ExecutionAct = 'cancel' | 'pause' | 'resume' | 'retry' | 'migrate' | 'rollback';

/** Answer of `executions.get`. */
export interface Execution extends ExecutionSummary {
  inputs?: Json;
  outputs?: Json;
  payloads: 'shown' | 'left-out' | 'hidden' | 'erased';
  lastSeq: number;
  nodes: NodeRecord[];
  changes: ExecutionChange[];
  graph?: Graph;
  actions: Record<ExecutionAct, { allowed: boolean; reason: string | null }>;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export interface LogLine {
  seq: number;
  at: string;
  level: LogLevel;
  nodeId: string | null;
  iteration: string | null;
  message: string;
  data: Json;
}

/** Something that a run would do, by its plan. */
interface WouldBe {
  nodeId: string;
  key: string;
  path: string;
  type: string;
  kind: 'change' | 'effect';
  operation: string | null;
  summary: string;
  risk: Risk | null;
  /** What would have to be agreed to, and by which rule. */
  approvals: string[];
  /** Why it would not be let through. */
  refused: string | null;
  plan: Plan | null;
  would: Json;
}
/** Answer of `workflows.plan`: what a run would do. */
export interface WorkflowPlan {
  id: string;
  workflowId: string;
  version: number | null;
  executionId: string;
  status: 'running' | 'ready' | 'failed';
  error: Fault | null;
  summary: { changes: number; effects: number; refused: number; approvals: number; risk: Risk };
  items: WouldBe[];
  createdAt: string;
  expiresAt: string;
}
/** What begins an execution answers. */
export interface Begun {
  execution: { id: string; status: ExecutionState; workflowId: string };
  done: boolean;
  outputs?: Json;
  error?: Fault | null;
}
