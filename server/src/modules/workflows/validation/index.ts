import type { Graph, WorkflowSettings } from '../graph.ts';
import type { Facts } from './facts.ts';
import type { Report } from './findings.ts';

export type { CallableFact, Facts, LimitFacts, OperationFact } from './facts.ts';
export type { Finding, Fix, FixOp, Report, Severity } from './findings.ts';

/** Every rule of workflows.md 7 on one graph: pure, the same graph and facts give the same report. */
export function validateGraph(_facts: Facts, graph: Graph, _settings: WorkflowSettings): Report {
  throw new Error(`${graph.nodes.length} nodes`);
}
