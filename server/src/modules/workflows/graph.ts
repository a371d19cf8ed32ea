import { z } from 'zod';

/** Any JSON value: what flows over a connection. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export const Json: z.ZodType<Json> = z.json();

/** Unique in its graph and used in expressions; the id of a node never changes, its key may. */
export const NodeKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Lower case letters, digits and underscores, beginning with a letter; at most 40');
/** Names that expressions use for something else. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set([
  'input', 'trigger', 'nodes', 'item', 'index', 'loop', 'vars', 'secrets', 'execution', 'workflow', 'tenant', 'actor', 'error',
]); // prettier-ignore

/** Classes of errors (workflows.md 9.5); those of `TRANSIENT` are tried again unless the node says otherwise. */
export const ERROR_CLASSES = [
  'transient', 'timeout', 'provider', 'auth', 'permission', 'policy', 'validation', 'config', 'expression', 'not_found', 'conflict', 'budget', 'limit',
  'egress', 'in_doubt', 'system', 'cancelled',
] as const; // prettier-ignore
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** How a node is tried again: delay(n) = fixed: d; linear: d·n; exponential: d·multiplier^(n−1); capped, ± jitter. */
export const RetryPolicy = z.object({
  /** Counts the first try. Left out: 1 for effects that are not idempotent, else 3. */
  maxAttempts: z.int().min(1).max(10).optional(),
  strategy: z.enum(['fixed', 'linear', 'exponential']).default('exponential'),
  initialDelayMs: z.int().min(0).max(3_600_000).default(1_000),
  maxDelayMs: z.int().min(0).max(86_400_000).default(60_000),
  multiplier: z.number().min(1).max(10).default(2),
  jitter: z.number().min(0).max(1).default(0.1),
  on: z.array(z.string().max(60)).max(30).default(['transient']),
});
export type RetryPolicy = z.output<typeof RetryPolicy>;
/** A policy as people write it, with what they leave to its defaults left out. */
export type RetryWish = { [Field in keyof RetryPolicy]?: RetryPolicy[Field] | undefined };

/** What every node may set, whatever its type (workflows.md 5.3). */
export const NodeSettings = z.object({
  disabled: z.boolean().optional(),
  /** `stop`: the failure mode of the workflow decides; `continue`: `main` gets `{error}`; `branch`: the error goes to the port `error`. */
  onError: z.enum(['stop', 'continue', 'branch']).optional(),
  retry: RetryPolicy.partial().optional(),
  timeoutSeconds: z.int().min(1).max(3_600).optional(),
  /** What becomes of an effect that was begun and whose outcome is not known. */
  inDoubt: z.enum(['retry', 'ask', 'fail']).optional(),
  /** Payloads are sealed, shown to nobody and erased at the end. */
  sensitive: z.boolean().optional(),
  /** Of read nodes: for so long the same question of the same principal is answered as before. */
  cacheSeconds: z.int().min(0).max(86_400).optional(),
  /** Of nodes that act: `require` asks people to agree to each run before it acts. */
  approval: z.enum(['inherit', 'require']).optional(),
  /** Of nodes that act: key of the node that undoes it. That one stands beside the flow, and runs when the execution is rolled back. */
  compensate: NodeKey.optional(),
  pinnedOutput: Json.optional(),
});
export type NodeSettings = z.output<typeof NodeSettings>;

export const Layout = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
  color: z.string().max(30).optional(),
});
export type Layout = z.output<typeof Layout>;

export const GraphNode = z.object({
  id: z.uuid(),
  key: NodeKey,
  type: z.string().max(60),
  typeVersion: z.int().min(1).default(1),
  name: z.string().max(100),
  /** What an agent reads to decide on using the node. */
  description: z.string().max(2_000).optional(),
  /** As written, with `{{ }}` in it; checked against the type's schema by validation, not here: a draft may hold mistakes. */
  config: z.record(z.string(), Json),
  settings: NodeSettings.optional(),
  notes: z.string().max(10_000).optional(),
  layout: Layout.optional(),
});
export type GraphNode = z.output<typeof GraphNode>;

/** `flow`: order and data. `tool`: available to an agent. `memory`: what an agent remembers with. */
export const ConnectionKind = z.enum(['flow', 'tool', 'memory']);
export const Connection = z.object({
  id: z.uuid(),
  kind: ConnectionKind.default('flow'),
  source: z.uuid(),
  sourcePort: z.string().max(40).default('main'),
  target: z.uuid(),
  targetPort: z.string().max(40).default('main'),
});
export type Connection = z.output<typeof Connection>;

export const Graph = z.object({ nodes: z.array(GraphNode).max(500), connections: z.array(Connection).max(1_000) });
export type Graph = z.output<typeof Graph>;

/** Settings of a workflow (workflows.md 4.3); kept with each version. */
export const WorkflowSettings = z.object({
  runAs: z.enum(['invoker', 'service']).default('invoker'),
  failureMode: z.enum(['fail_fast', 'continue_on_error', 'collect_errors']).default('fail_fast'),
  /** Active time of one execution; waits do not count. */
  timeoutSeconds: z.int().min(1).max(86_400).default(300),
  /** Total age, waits included. */
  lifetimeDays: z.int().min(1).max(90).default(30),
  maxConcurrent: z.int().min(1).max(1_000).default(10),
  /** A template; runs whose keys are the same go one at a time. */
  concurrencyKey: z.string().max(500).optional(),
  onLimit: z.enum(['queue', 'drop', 'cancel_previous']).default('queue'),
  priority: z.enum(['low', 'normal', 'high', 'critical']).default('normal'),
  /** Nodes that run at the same time within one execution. */
  parallelNodes: z.int().min(1).max(64).default(16),
  retry: RetryPolicy.partial().optional(),
  rollbackOnFailure: z.enum(['none', 'ask', 'auto']).default('none'),
  errorWorkflowId: z.uuid().optional(),
  /** `end`: one commit at the end, for workflows without effects and waits; a crash loses the run. */
  durability: z.enum(['full', 'end']).default('full'),
  retention: z
    .object({
      successDays: z.int().min(1).max(400).default(14),
      failedDays: z.int().min(1).max(400).default(30),
      payloadDays: z.int().min(0).max(400).default(7),
    })
    .prefault({}),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  notify: z
    .object({ onFailure: z.boolean().default(false), onRecovery: z.boolean().default(false), onSuccess: z.boolean().default(false) })
    .prefault({}),
  /** What one execution may spend on models, with all that it calls (workflows.md 11.3); `cost` in millionths of a US dollar. */
  budgets: z
    .object({
      tokens: z.int().min(100).max(100_000_000).optional(),
      cost: z.int().min(1).max(10_000_000_000).optional(),
      /** Of its agents together; what other workflows call counts there. */
      toolCalls: z.int().min(0).max(100_000).optional(),
    })
    .optional(),
  environment: z.string().max(63).optional(),
});
export type WorkflowSettings = z.output<typeof WorkflowSettings>;
