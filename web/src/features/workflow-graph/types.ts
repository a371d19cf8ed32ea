import type { JsonSchema } from '#lib/schema.ts';
import type { Json } from '#lib/types.ts';

/** One node of a graph as the server keeps it; `config` is as written, with `{{ }}` in it. */
export interface GraphNode {
  id: string;
  key: string;
  type: string;
  typeVersion?: number;
  name: string;
  description?: string;
  config: Record<string, Json>;
  settings?: { disabled?: boolean; pinnedOutput?: Json; sensitive?: boolean; [name: string]: unknown };
  notes?: string;
  layout?: { x: number; y: number; width?: number; height?: number; color?: string };
}
export interface Connection {
  id: string;
  kind?: 'flow' | 'tool' | 'memory';
  source: string;
  sourcePort?: string;
  target: string;
  targetPort?: string;
}
export interface Graph {
  nodes: readonly GraphNode[];
  connections: readonly Connection[];
}

export type Effect = 'pure' | 'read' | 'effect' | 'wait' | 'none';
export interface Port {
  name: string;
  label?: string;
  kind?: 'flow' | 'tool' | 'memory';
}
/** What the palette, a form and a body need to know of a type: item of `GET /node-types`. */
export interface NodeTypeInfo {
  type: string;
  version: number;
  label: string;
  /** Of lucide, in kebab-case. */
  icon: string;
  category: string;
  summary: string;
  docs?: string;
  effect: unknown;
  inputs: unknown;
  outputs: unknown;
  schema?: JsonSchema;
  allowed?: boolean;
}

/** States of a node's run (workflows.md 9.1). */
export type NodeState = 'pending' | 'running' | 'retrying' | 'waiting' | 'paused' | 'completed' | 'failed' | 'skipped' | 'cancelled' | 'in_doubt';

/** What two versions differ in at one node. */
export type Mark = 'added' | 'removed' | 'changed';
