import type { z } from 'zod';
import type { AiOrigin, Purpose } from '#kernel/ai.ts';
import type { Actor } from '#kernel/context.ts';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Port as AdapterPort } from '#kernel/port.ts';
import type { WorkContext } from '#kernel/work.ts';
import type { ErrorClass, Json } from '../graph.ts';
import type { Tools } from './tools.ts';

/**
 * `pure`: computed, and computed again after a crash. `read`: its result is recorded before it is used. `effect`: intent, act, checkpoint.
 * `wait`: a row that wakes it; no worker is held. `none`: never runs (workflows.md 10.2).
 */
export type Effect = 'pure' | 'read' | 'effect' | 'wait' | 'none';
type Category = 'orchestration' | 'ai' | 'integration' | 'flow' | 'operations' | 'layout';

export interface PortDeclaration {
  name: string;
  label?: string;
  /** Tools and memory join by kinds of their own; `flow` when left out. */
  kind?: 'flow' | 'tool' | 'memory';
}

/** Ports that hang on the configuration, as data: the builder draws them without code of its own. `always` come behind them. */
export type PortRule =
  /** One for each item of a list, by its `name`. */
  | { kind: 'cases'; field: string; always?: readonly PortDeclaration[] }
  /** `prefix1` to `prefixN`, N being the value of a field. */
  | { kind: 'count'; field: string; prefix: string; always?: readonly PortDeclaration[] };

/** A configuration as it stands in the graph, with `{{ }}` in it and perhaps with mistakes. */
export type RawConfig = Readonly<Record<string, Json>>;
type ByConfig<T> = T | ((config: RawConfig) => T);

/** A file as it flows over connections; its bytes lie with the execution. */
export interface FileValue {
  $file: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
}

/** An error as records keep it (workflows.md 9.5). `type` is a node error such as `http-status`, or the slug of a problem. */
export interface NodeFault {
  type: string;
  class: ErrorClass;
  message: string;
  retryable: boolean;
  nodeId?: string;
  nodeKey?: string;
  iteration?: string;
  attempt?: number;
  details?: Json;
}

/** Thrown by a node; everything else that is thrown is `internal` of class `system`. */
export class NodeError extends Error {
  readonly type: string;
  readonly class: ErrorClass;
  readonly details: Json | undefined;
  /** The other side asked us to wait so long. */
  readonly retryAfterSeconds: number | undefined;

  constructor(type: string, errorClass: ErrorClass, message: string, more: { details?: Json; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.type = type;
    this.class = errorClass;
    this.details = more.details;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** What wakes a node that waits. Several may be given; the first that comes wins and the others are forgotten. */
export type Wait =
  /** At a time; from 5 s on it holds no worker. */
  | { kind: 'timer'; at: Date }
  /** An event of the platform; what came since `since` counts (workflows.md 6.4, wait_event). */
  | { kind: 'event'; types: readonly string[]; matchKey?: string; since: Date }
  /** The Change ends, in whatever state. With a form, whoever agrees may change what stands in it. */
  | { kind: 'change'; changeId: string; form?: Json }
  /** Executions that this one started have ended. */
  | { kind: 'child'; executionIds: readonly string[] }
  /** Somebody answers: a form, a signal, a call to a single-use address, or a decision. `token` is hashed at rest. */
  | { kind: 'input'; token?: string; form?: Json; assignees?: readonly string[]; paused?: boolean; title?: string };

/** What woke it. */
export type Woken =
  | { kind: 'timer' }
  | { kind: 'event'; event: { id: string; type: string; time: string; data: Json } }
  | { kind: 'change'; changeId: string; state: string; result: Json; error: Json }
  | { kind: 'child'; executions: readonly { id: string; status: string; outputs: Json; error: Json }[] }
  | { kind: 'input'; value: Json; by: { id: string; name: string } | null };

/** What a run of a node comes to. `to` is the output port, `main` when left out. */
export type Result =
  | { to?: string; output: Json }
  /** Several ports at once (switch with allMatches). */
  | { outputs: Readonly<Record<string, Json>> }
  /** An effect on our own tables: done in the transaction of the checkpoint, so exactly once. */
  | { commit: (ctx: WorkContext) => Promise<{ to?: string; output: Json }> }
  /** Sleeps; `resume` is called with `state` when it is woken. `paused`: a person is needed (state `paused` instead of `waiting`). */
  | { waits: readonly Wait[]; state?: Json; paused?: boolean };

/** How a call of an Operation ended. Nothing is thrown for what the Gate or the outside said: nodes decide on ports. */
export type CallOutcome =
  | { status: 'done'; output: Json; changeId: string | null }
  /** A Change that waits for people (`state` awaiting_approval) or a job: wait for `{ kind: 'change', changeId }`. */
  | { status: 'accepted'; changeId: string; changeNumber: string; state?: string }
  | { status: 'planned'; plan: Json; risk: string; requirements: Json }
  | {
      status: 'refused';
      problem: { slug: string; status: number; detail: string; rules?: readonly string[]; retryAfterSeconds?: number; state?: string };
    };

/** All that a node may touch while it runs. */
export interface NodeRun {
  tenantId: string;
  workflowId: string;
  executionId: string;
  nodeId: string;
  key: string;
  /** Place in nested loops: empty, `3`, `3.0`. */
  path: string;
  /** From 1. */
  attempt: number;
  /** The same for every attempt until a person says "run again" (workflows.md 10.3). */
  idempotencyKey: string;
  /** On whose authority; rights are read when each Operation runs. */
  principal: Actor;
  dryRun: boolean;
  /** A run of a draft, with pinned outputs. */
  test: boolean;
  /** Start of this run, recorded: the same after a crash. */
  now: Date;
  /** Aborted on cancel, timeout, or when the lease is lost. */
  signal: AbortSignal;
  /** What came in at `main`. */
  input: Json;
  /** Whether anything hangs on this output port; without it nobody knows. */
  isConnected?: (port: string) => boolean;
  /** Of its attempt, for what it calls (W3C Trace Context); undefined where no traces are collected. */
  traceparent?: string | undefined;
  /** When the execution started, and what started it. */
  startedAt: Date;
  /** A bare CEL expression in this node's scope; `extra` adds or replaces variables such as `item` and `index`. Throws NodeError. */
  evaluate: (source: string, extra?: Readonly<Record<string, Json>>) => Json;
  log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, data?: Json) => void;
  /** Shown live; percent 0-100. */
  progress: (text: string, percent?: number) => void;
  /** A message of the live stream beside the usual ones, such as `agent.message`; kept with the execution. */
  tell: (type: `${string}.${string}`, payload: Record<string, Json>) => void;
  /** A checkpoint of its own within the node: done once, and after a crash the recorded result is answered. `key` is unique in the run. */
  step: <T extends Json>(key: string, act: () => Promise<T>) => Promise<T>;
  /** What a step of this run was recorded with; undefined before it is done. */
  recorded: (key: string) => Json | undefined;
  /** An Operation through the Gate, as the principal, with this node in `via`. `tag` tells several calls of one node apart: each is made once. */
  call: (operation: string, input: Record<string, unknown>, options?: { tag?: string; comment?: string; dryRun?: boolean }) => Promise<CallOutcome>;
  /** A short transaction under row-level security, for reads; refused when the lease is lost. */
  tx: <T>(work: (ctx: WorkContext) => Promise<T>) => Promise<T>;
  provider: <T>(port: AdapterPort<T>) => T;
  files: { put: (bytes: Uint8Array, about: { name: string; mime: string }) => Promise<FileValue>; get: (file: FileValue) => Promise<Uint8Array> };
  /** Answers whoever waits for this execution, once; false when nobody does, or somebody was faster. */
  answer: (response: { status: number; headers: Record<string, string>; body: Json; bodyType: string }) => boolean;
  /** What came in at another input port than `main`; undefined when nothing did. */
  inputAt: (port: string) => Json | undefined;
  /** Operations that the principal may run now, less those that no agent ever may. */
  offered: () => Promise<AnyOperation[]>;
  /** Nodes that hang on this one as tools; calling them is for agents. */
  tools: Tools;
  /** Whose a call of a model is, and under which budgets it falls: for every call that the node makes of one. */
  asking: (purpose: Purpose) => Promise<AiOrigin>;
  /** Bounds what this run, and whatever it calls as tools, asks of models; the same after a crash. Nothing where neither is given. */
  bind: (budget: { tokens?: number | undefined; cost?: number | undefined }) => Promise<void>;
  /** What models cost this run so far, altogether: kept with the record and added up for the execution. `cost` in millionths of a US dollar. */
  used: (usage: { tokens: number; cost: number }) => void;
  /** What of this node's input, and of the nodes that its settings read, came from outside; none when it was all cleared. */
  taint: () => TaintSource[];
  /** Starts another workflow as a child, in the transaction of the next checkpoint or wait; the same call answers the same child. */
  startChild: (child: { workflow: string; version?: number; inputs: Json; tag?: string }) => Promise<{ executionId: string }>;
}

/** Where something from outside came in, that reaches this place (workflows.md 11.4). */
export interface TaintSource {
  nodeKey: string;
  /** Type of the node. */
  kind: string;
}

/** What a finding of a node's own check says (workflows.md 7). */
export interface OwnFinding {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  /** Below the node's config, such as `/url`. */
  pointer: string;
  message: string;
}

/**
 * A node type, declared once: palette entry, form, validation, documentation and behaviour are read from it. Fields of `config` say by
 * `.meta()` how they are written: `{ expression: 'expr' }` bare CEL, `'tpl'` text with `{{ }}`, `'secret'` a reference `secret://NAME` or
 * `{{ secrets.NAME }}`, `'none'` text as it stands; with `'expr'`, `variables` names what it sees beside the usual (`status`, `event`); besides `title`, `help`, `widget` and `examples` as in forms of operations. `run` gets the configuration resolved.
 */
export interface NodeType<C extends z.ZodObject = z.ZodObject> {
  type: string;
  version: number;
  /** Former versions, which stored graphs may still hold: they run as they did. */
  older?: readonly AnyNodeType[];
  label: string;
  /** Of lucide, in kebab-case. */
  icon: string;
  category: Category;
  /** One line for the palette. */
  summary: string;
  /** Markdown: what it does, ports, errors, an example. */
  docs: string;
  config: C;
  /** A whole, valid configuration: for tests and documentation. */
  example: z.input<C>;
  /** What a new node of the type starts with; may lack required fields. */
  defaults: Partial<z.input<C>>;
  inputs: ByConfig<readonly PortDeclaration[]>;
  outputs: ByConfig<readonly PortDeclaration[]>;
  /** Where ports hang on the configuration: the same said as data, for `GET /node-types`. */
  portRules?: { inputs?: PortRule; outputs?: PortRule };
  effect: ByConfig<Effect>;
  /** Doing it twice with one key is doing it once; decides on retries and doubts. Pure and read nodes are. */
  idempotent?: ByConfig<boolean>;
  inDoubt?: ByConfig<'retry' | 'ask' | 'fail'>;
  /** Seconds; without it only the workflow's own time bounds it. */
  timeoutSeconds?: number;
  /** Permission that an editor needs to use it, beside those of workflows. */
  permission?: `${string}:${string}`;
  /** Names of the Operations that it may call with this configuration: for rights, risk and the question of where one is used. */
  operations?: (config: RawConfig) => readonly string[];
  /** Its output comes from outside: expressions carry the taint on (workflows.md 11.4). */
  taints?: true;
  /** Output at `main`, for checking expressions and for assumed outputs of dry runs. */
  output?: ByConfig<z.ZodType>;
  /** The interpreter itself walks it. */
  control?: 'trigger' | 'loop' | 'merge' | 'fail' | 'note';
  /** An attempt that is tried again goes on with the steps of the one before: what it did is done. */
  keepsSteps?: true;
  /** Mistakes that the schema cannot tell. */
  check?: (config: RawConfig) => readonly OwnFinding[];
  run?: (run: NodeRun, config: z.output<C>) => Result | Promise<Result>;
  /** After a wait. */
  resume?: (run: NodeRun, config: z.output<C>, woken: Woken, state: Json) => Result | Promise<Result>;
  /** In a dry run, instead of an effect: what it would do, and the output to go on with. Reads and pure nodes run for real. */
  simulate?: (run: NodeRun, config: z.output<C>) => Promise<{ to?: string; output: Json; would: Json }>;
}
// oxlint-disable-next-line typescript/no-explicit-any -- the palette holds types of every configuration; `run` is contravariant in its own
export type AnyNodeType = NodeType<any>;
export const defineNode = <C extends z.ZodObject>(type: NodeType<C>): NodeType<C> => type;

/** The declaration that a stored node was written for; the newest where none of its own is kept. */
export const ofVersion = (type: AnyNodeType, version: number): AnyNodeType => type.older?.find((one) => one.version === version) ?? type;

/** Value of a declaration that may hang on the configuration. */
export const byConfig = <T>(value: ByConfig<T>, config: RawConfig): T =>
  typeof value === 'function' ? (value as (config: RawConfig) => T)(config) : value;

export const MAIN_IN: readonly PortDeclaration[] = [{ name: 'main' }];
export const MAIN_OUT: readonly PortDeclaration[] = [{ name: 'main' }, { name: 'error', label: 'Error' }];
