export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Config = Readonly<Record<string, Json>>;

/** What every node may set, whatever its type (workflows.md 5.3). */
export interface NodeSettings {
  disabled?: boolean;
  onError?: 'stop' | 'continue' | 'branch';
  retry?: { [field: string]: Json };
  timeoutSeconds?: number;
  inDoubt?: 'retry' | 'ask' | 'fail';
  sensitive?: boolean;
  cacheSeconds?: number;
  approval?: 'inherit' | 'require';
  compensate?: string;
  pinnedOutput?: Json;
}
/** Places are pixels of the canvas at 100 %. */
export interface Layout {
  x: number;
  y: number;
  width?: number;
  height?: number;
  color?: string;
}
export interface GraphNode {
  id: string;
  key: string;
  type: string;
  typeVersion: number;
  name: string;
  description?: string;
  config: Config;
  settings?: NodeSettings;
  notes?: string;
  layout?: Layout;
}
export type ConnectionKind = 'flow' | 'tool' | 'memory';
export interface Connection {
  id: string;
  kind: ConnectionKind;
  source: string;
  sourcePort: string;
  target: string;
  targetPort: string;
}
export interface Graph {
  nodes: GraphNode[];
  connections: Connection[];
}

export interface Port {
  name: string;
  label?: string;
  kind?: ConnectionKind;
}
export type Effect = 'pure' | 'read' | 'effect' | 'wait' | 'none';

/** One finding of validation (workflows.md 7). */
export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  nodeId?: string;
  connectionId?: string;
  /** Below the node: `/config/url`; into the settings for findings without a node. */
  pointer?: string;
  message: string;
  fix?: { title: string; ops: Edit[] };
}

/** Fields of a node that an edit sets; null takes one away. */
export type NodeSet = { [Field in keyof Omit<GraphNode, 'id' | 'layout'>]?: GraphNode[Field] | null };
/** Edits as `PATCH /workflows/{id}` takes them. */
export type Edit =
  | { op: 'addNode'; node: GraphNode }
  | { op: 'updateNode'; id: string; set: NodeSet }
  | { op: 'moveNode'; id: string; layout: Layout }
  | { op: 'removeNode'; id: string; bridge?: boolean }
  | { op: 'connect'; connection: Connection }
  | { op: 'disconnect'; id: string };
