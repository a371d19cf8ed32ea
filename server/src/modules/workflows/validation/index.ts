import type { Graph, WorkflowSettings } from '../graph.ts';
import type { AnyNodeType } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { Facts } from './facts.ts';
import type { Finding, Report } from './findings.ts';
import { agents } from './rules/agents.ts';
import { configuration } from './rules/configuration.ts';
import { expressions } from './rules/expressions.ts';
import { knowledge } from './rules/knowledge.ts';
import { operations } from './rules/operations.ts';
import { running } from './rules/running.ts';
import { structure } from './rules/structure.ts';
import { triggers } from './rules/triggers.ts';
import { topologyOf } from './topology.ts';
import type { Rule, View } from './view.ts';

export type { CallableFact, Facts, OperationFact } from './facts.ts';
export type { Finding, Report } from './findings.ts';

const RULES: readonly Rule[] = [...structure, ...configuration, expressions, ...operations, ...triggers, ...running, ...agents, knowledge];

const count = (found: readonly Finding[], what: string): string => `${found.length} ${what}${found.length === 1 ? '' : 's'}`;

/**
 * Every rule of workflows.md 7 on one graph: pure, the same graph and facts give the same report. What is said of
 * one node comes in the order of the rules.
 */
export function validateGraph(facts: Facts, graph: Graph, settings: WorkflowSettings, types: ReadonlyMap<string, AnyNodeType> = NODE_TYPES): Report {
  const view: View = { facts, graph, settings, types, topology: topologyOf(graph, types) };
  const found = RULES.flatMap((rule) => rule(view));
  const [errors, warnings, infos] = (['error', 'warning', 'info'] as const).map((severity) => found.filter((one) => one.severity === severity)) as [Finding[], Finding[], Finding[]]; // prettier-ignore
  return {
    valid: errors.length === 0,
    errors,
    warnings,
    infos,
    summary: found.length === 0 ? 'Nothing to say' : `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(infos, 'remark')}`,
  };
}
