import type { Graph, GraphNode, RetryPolicy, WorkflowSettings } from '../graph.ts';
import type { AnyNodeType, Effect } from '../nodes/declare.ts';
import type { CompiledConfig, CompiledExpression } from '../expressions/index.ts';

/** A flow connection as the interpreter walks it. */
export interface Edge {
  id: string;
  source: string;
  sourcePort: string;
  target: string;
  targetPort: string;
}

export interface ProgramNode {
  id: string;
  key: string;
  name: string;
  node: GraphNode;
  type: AnyNodeType;
  effect: Effect;
  idempotent: boolean;
  /** What becomes of an effect that was begun and has no outcome. */
  inDoubt: 'retry' | 'ask' | 'fail';
  onError: 'stop' | 'continue' | 'branch';
  retry: RetryPolicy & { maxAttempts: number };
  timeoutSeconds: number | undefined;
  /** The innermost loop whose body it is in; null outside of all. */
  loop: string | null;
  /** Edges that settle it: those of its own body, and from the `body` port of its loop. In order of the port and the source. */
  incoming: readonly Edge[];
  outgoing: readonly Edge[];
  /** Undefined where it does not compile; `fault` says why. */
  config: CompiledConfig | undefined;
  fault: unknown;
  /** The configuration when it is the same in every run. */
  constant?: Record<string, unknown>;
}

/** A node that an agent may call. */
export interface ToolEdge {
  node: ProgramNode;
  via: 'tool' | 'memory';
}

/** What runs: a graph of one version, ready to be walked. The same for every execution of equal content. */
export interface Program {
  hash: string;
  source: Graph;
  settings: WorkflowSettings;
  nodes: ReadonlyMap<string, ProgramNode>;
  byKey: ReadonlyMap<string, ProgramNode>;
  /** Nodes of each body, by its loop; those outside of loops under null. In an order in which each comes after those that lead to it. */
  bodies: ReadonlyMap<string | null, readonly ProgramNode[]>;
  triggers: readonly ProgramNode[];
  /** What hangs on agents, by the id of the agent; these nodes are walked only where flow leads to them as well. */
  tools: ReadonlyMap<string, readonly ToolEdge[]>;
  types: ReadonlyMap<string, AnyNodeType>;
  /** Names of variables and secrets that any node asks for. */
  vars: readonly string[];
  /** Of a veiled execution, where each node is sensitive: those that are so by themselves. */
  veiled?: ReadonlySet<string>;
  /** Nothing in it acts on the outside or waits: `durability: end` may be used. */
  pure: boolean;
  /** Expressions that nodes evaluate themselves, by their source. */
  expressions: Map<string, CompiledExpression>;
}
