import type { Json } from '../graph.ts';

/** What is known of a node that has settled. */
export interface NodeView {
  output?: Json;
  /** As in its record: `completed`, `failed`, `skipped` … */
  status: string;
  error?: Json;
  /** RFC 3339. */
  startedAt?: string;
  endedAt?: string;
}

/** All that an expression of one node may read (workflows.md 5.2). What is left out is absent: reading it is an error, `.?` and `default` look. */
export interface Scope {
  input: Json;
  /** `body`, `headers`, `query`, `params`, `event`, `scheduledAt`, `kind` … */
  trigger: Json;
  nodes: Readonly<Record<string, NodeView>>;
  /** Of the loops around the node, by their `itemName`, and of nodes that walk lists. */
  item?: Json;
  index?: number;
  /** `count`, `first`, `last`, `results`. */
  loop?: Json;
  vars: Readonly<Record<string, string>>;
  execution: Json;
  workflow: Json;
  tenant: Json;
  actor: Json;
  error?: Json;
  /** Further variables by name, such as a loop's `itemName`. */
  extra?: Readonly<Record<string, Json>>;
}

/** What an expression hangs on, each name once. */
export interface References {
  /** Keys of nodes. */
  nodes: readonly string[];
  vars: readonly string[];
  secrets: readonly string[];
  /** Variables that it reads: `input`, `trigger`, `nodes` … */
  roots: readonly string[];
}

/** Facts that make an evaluation repeatable: the same values give the same result after a crash. */
export interface Moment {
  /** Of execution, node and path: what `uuid()` and `random()` are drawn from. */
  seed: string;
  /** Recorded start of the node's run. */
  now: Date;
}

export interface CompiledExpression {
  source: string;
  references: References;
  /** Throws NodeError `expression-error`, `expression-limit` or `type-error`. `extra` adds or replaces variables such as `item`. */
  evaluate: (scope: Scope, moment: Moment, extra?: Readonly<Record<string, Json>>) => Json;
}

export interface Resolved {
  config: Record<string, Json>;
  /** The same with every secret as `••••`, for records, logs and dry runs. */
  shown: Record<string, Json>;
}

export interface CompiledConfig {
  references: References;
  /** Nothing in it changes from run to run: `resolve` answers the same objects every time. */
  constant: boolean;
  /** Fields in `{ expression: 'expr' }` stay source text: the node evaluates them. Throws as `evaluate` does. */
  resolve: (scope: Scope, moment: Moment & { secrets: Readonly<Record<string, string>> }) => Resolved;
}
