import type { JsonSchema } from '#lib/schema.ts';
import type { Config, Effect, GraphNode } from '../types.ts';
import type { SizeOf } from '../graph/layout.ts';
import type { PortsOf } from '../graph/rules.ts';

/** A node type as `GET /node-types` tells it. */
export interface NodeTypeInfo {
  type: string;
  version: number;
  label: string;
  icon: string;
  category: string;
  summary: string;
  docs: string;
  effect: unknown;
  inputs: unknown;
  outputs: unknown;
  defaults: Config;
  example?: Config;
  schema: JsonSchema;
  timeoutSeconds?: number | null;
  allowed: boolean;
  /** The permission that is missing. */
  missing?: string | null;
}
/** An Operation that can be a step. */
export interface OperationInfo {
  name: string;
  summary: string;
  group: string;
  risk: 'read' | 'write' | 'high';
  schema: JsonSchema;
  allowed: boolean;
  missing?: string | null;
}

export interface Types {
  all: readonly NodeTypeInfo[];
  operations: readonly OperationInfo[];
  of: (type: string) => NodeTypeInfo | undefined;
  operation: (name: string) => OperationInfo | undefined;
  ports: PortsOf;
  size: SizeOf;
  effect: (node: GraphNode) => Effect;
}
