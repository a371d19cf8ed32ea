import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { definePort } from '#kernel/port.ts';
import type { Undoes } from '../engine/compensation.ts';
import type { Json, RetryWish } from '../graph.ts';

export const TRIGGER_KINDS = ['manual', 'webhook', 'schedule', 'event', 'chat', 'workflow', 'operation', 'error', 'retry'] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** What whoever starts an execution wishes to hear of its end, besides what the workflow's settings say. */
export interface EndWishes {
  /** Called by POST, signed, when it ended in one of these ways. */
  callback?: { url: string; events: readonly string[] };
  /** Told in their inbox. */
  onComplete?: true;
  onError?: true;
}

/** What starts an execution. Rights were checked by whoever asks. */
export interface Start {
  /** Of the execution, where it has to be known before it is there. */
  id?: string;
  tenantId: string;
  workflowId: string;
  /** `draft` is a test run. */
  version: number | 'draft';
  trigger: {
    kind: TriggerKind;
    /** Node of the trigger; the first of the kind when left out. */
    nodeId?: string;
    /** Row of `workflow_triggers`, for those that have one. */
    triggerId?: string;
  };
  /** As expressions see it in `trigger`: body, headers, query, params, event, scheduledAt … */
  payload: Record<string, Json>;
  /** On whose authority it runs, and who started it. */
  principal: Actor;
  startedBy: { kind: string; id: string; name: string };
  /** The same within 24 h gives the same execution. */
  dedupeKey?: string;
  priority?: 'low' | 'normal' | 'high' | 'critical';
  tags?: readonly string[];
  correlationId?: string;
  /** What begins it, where that is traced; whoever asks now when left out. */
  trace?: { traceId: string; spanId: string };
  /** The conversation that it is a part of. */
  chatSessionId?: string;
  parent?: { executionId: string; nodeId: string; path: string };
  /** How many executions led to this one by events; more than 8 is refused. */
  causationDepth?: number;
  dryRun?: boolean;
  debug?: boolean;
  /** What it is given is sensitive: nobody is shown what comes in, leaves and is recorded of it. */
  veiled?: boolean;
  scheduledAt?: Date;
  /** Somebody waits for the answer; it is lost with the process. */
  awaited?: boolean;
  /** Active seconds, instead of those of the workflow. */
  timeoutSeconds?: number;
  wishes?: EndWishes;
  /** How the whole is tried again when it fails, instead of what the workflow says. */
  retry?: RetryWish;
  /** One run of a node of another execution that it undoes. */
  undoes?: Undoes;
  /** Outputs by node key, instead of running the node; in test runs only. */
  mocks?: Readonly<Record<string, Json>>;
  /**
   * The execution that this one tries again. Whoever accepts it copies the records that stand (`reused`) in the same transaction, before
   * `begin`: the engine starts from them, as after a crash.
   */
  retryOf?: string;
}

export interface Accepted {
  executionId: string;
  /** The execution was there already, by its key. */
  replayed: boolean;
  status: string;
}

/** An answer for whoever waits: of a Respond node, or the end. */
export interface Answer {
  executionId: string;
  status: string;
  outputs: Json;
  error: Json;
  /** What a Respond node said. */
  response?: { status: number; headers: Record<string, string>; body: Json; bodyType: string };
}

/** The engine as triggers and operations see it. */
export interface Engine {
  /** Stores the execution in the caller's transaction; call `begin` once that is committed. Throws problems for limits. */
  accept: (db: Database, start: Start) => Promise<Accepted>;
  /** After the commit: this process starts it at once if it has room, else whoever has. */
  begin: (accepted: Accepted) => void;
  /** Accept in a transaction of its own and begin: the fast way of webhooks. */
  start: (start: Start) => Promise<Accepted>;
  /** Resolves with the answer or the end; undefined after `timeoutMs`, and the execution goes on. */
  answered: (executionId: string, until: 'response' | 'end', timeoutMs: number) => Promise<Answer | undefined>;
  /** Looks again at this execution: something that it may wait for has come, or it was asked to stop. After the commit. */
  nudge: (executionId: string) => void;
}
export const Engine = definePort<Engine>('workflows.engine');
