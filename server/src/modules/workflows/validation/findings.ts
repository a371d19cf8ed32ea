import type { GraphNode, Json } from '../graph.ts';

type Severity = 'error' | 'warning' | 'info';

/** An edit of the draft that puts a finding right; the same shape as the edits of `PATCH /workflows/{id}`. */
type FixOp = { op: string } & Record<string, Json | GraphNode | undefined>;

export interface Fix {
  /** What the button says. */
  title: string;
  ops: FixOp[];
}

/** One thing that validation has to say (workflows.md 7). */
export interface Finding {
  /** `V01` … `V45`. */
  rule: string;
  severity: Severity;
  nodeId?: string;
  nodeKey?: string;
  connectionId?: string;
  /** JSON Pointer (RFC 6901) into the node, such as `/config/url`, or into the settings for findings without a node. */
  pointer?: string;
  message: string;
  fix?: Fix;
}

export interface Report {
  valid: boolean;
  errors: Finding[];
  warnings: Finding[];
  infos: Finding[];
  /** In one line. */
  summary: string;
}
