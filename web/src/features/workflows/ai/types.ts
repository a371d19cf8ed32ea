import type { Edit, Finding } from '#features/workflow-builder/types.ts';
import type { Graph } from '#features/workflow-graph/types.ts';
import type { Json, Risk } from '#lib/types.ts';

/** Where an answer of AI-assisted creation comes from (workflows.md 11.5). */
export interface Origin {
  /** Without a model: the templates and the search for Operations, or rules. */
  source: 'model' | 'templates' | 'rules';
  model: string | null;
  usage: Usage | null;
  /** What to know of the answer, such as that no model is set up. */
  notice: string | null;
}
interface Usage {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** Millionths of a US dollar. */
  cost: number;
}

interface Report {
  valid: boolean;
  errors: Finding[];
  warnings: Finding[];
  infos: Finding[];
  summary: string;
}
export interface Missing {
  secrets: string[];
  variables: string[];
  permissions: string[];
  providers: string[];
}
export interface RiskOf {
  operations: { name: string; summary: string; risk: Risk }[];
  highest: Risk;
  /** What somebody is asked to agree to, in words. */
  approvals: string[];
}

/** An edit as it is proposed; settings of the workflow are no part of its graph. */
export type ProposedEdit = Edit | { op: 'updateSettings'; set: Record<string, Json> };
/** One edit that is proposed, with its reason. `needs`: places, in the same list, of those without which it cannot be made. */
export interface Proposal {
  edit: ProposedEdit;
  reason: string;
  needs: number[];
}
export interface Unbuilt {
  wanted: string;
  why: string;
}

export interface Question {
  about: 'trigger' | 'goal';
  text: string;
  nodeId: string | null;
  /** Edits of the graph that answer it with yes; empty where words are needed. */
  ops: Edit[];
}
/** Answer of `workflows.generate`. */
export interface Generated extends Origin {
  generationId: string;
  name: string;
  graph: Graph;
  explanation: string;
  assumptions: string[];
  questions: Question[];
  unbuilt: (Unbuilt & { nodeId: string })[];
  missing: Missing;
  risk: RiskOf;
  validation: Report;
  templates: { id: string; name: string; description: string }[];
}
/** Answer of `workflows.refine`. */
export interface Refined extends Origin {
  revision: number;
  summary: string;
  ops: Proposal[];
  unbuilt: Unbuilt[];
  validation: Report;
  missing: Missing;
  risk: RiskOf;
}
export const AIMS = ['performance', 'cost', 'reliability'] as const;
export type Aim = (typeof AIMS)[number];
interface Basis {
  label: string;
  value: number;
  unit: 'ms' | 'runs' | 'percent' | 'tokens' | 'cost';
}
export interface Improvement {
  kind: string;
  title: string;
  reason: string;
  nodeIds: string[];
  basis: Basis[];
  ops: Proposal[];
}
/** Answer of `workflows.optimize`. */
export interface Optimised extends Origin {
  revision: number;
  measured: { executions: number; since: string; medianMs: number | null; failed: number };
  findings: Improvement[];
}
/** Answer of `workflows.explain`. */
export interface Explained extends Origin {
  text: string;
  steps: { nodeId: string; key: string; name: string; type: string; text: string }[];
  risks: { nodeId: string | null; severity: 'info' | 'warning' | 'error'; text: string }[];
}
/** Answer of `nodes.generate`. */
export interface NodeGenerated extends Origin {
  type: string;
  config: Record<string, Json>;
  explanation: string;
  valid: boolean;
  findings: Finding[];
}
/** Answer of `executions.diagnose`. */
export interface Diagnosed extends Origin {
  workflowId: string;
  revision: number;
  cause: {
    class: string;
    type: string;
    text: string;
    nodeId: string | null;
    nodeKey: string | null;
    recordId: string | null;
    /** Said by the record itself; otherwise probable. */
    certain: boolean;
  } | null;
  evidence: { kind: 'record' | 'log' | 'change' | 'history'; id: string; text: string; at: string | null }[];
  ops: Proposal[];
  advice: string[];
}
