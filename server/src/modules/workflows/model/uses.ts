import type { AnyOperation, Risk } from '#kernel/operation.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { compileConfig, NO_REFERENCES, type References } from '../expressions/index.ts';
import { NodeError } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';

/** Names of the Operations that a node may call, as far as its configuration tells them. */
export const operationsOf = ({ type, config }: Pick<GraphNode, 'type' | 'config'>): readonly string[] =>
  NODE_TYPES.get(type)?.operations?.(config) ?? [];

/** Names of all Operations that a graph may call, sorted. */
export const operationsIn = ({ nodes }: Graph): string[] =>
  [...new Set(nodes.filter(({ settings }) => !settings?.disabled).flatMap(operationsOf))].sort();

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };

/** The Operations of a graph that there are, the riskiest first. */
export const calledBy = (graph: Graph, operations: ReadonlyMap<string, AnyOperation>): AnyOperation[] =>
  operationsIn(graph)
    .flatMap((name) => operations.get(name) ?? [])
    .toSorted((a, b) => RANK[b.risk] - RANK[a.risk]);

/** Names that a node's expressions and secret fields read; none where they do not parse, which validation tells. */
export function referencesOf({ type, config }: Pick<GraphNode, 'type' | 'config'>): References {
  const known = NODE_TYPES.get(type);
  if (!known) return NO_REFERENCES;
  try {
    return compileConfig(known, config).references;
  } catch (error) {
    if (error instanceof NodeError) return NO_REFERENCES;
    throw error;
  }
}

const namesIn = (graph: Graph, which: 'secrets' | 'vars'): string[] => [...new Set(graph.nodes.flatMap((node) => referencesOf(node)[which]))].sort();

/** Names of the secrets that a graph asks for. */
export const secretsIn = (graph: Graph): string[] => namesIn(graph, 'secrets');
/** Names of the variables that a graph reads. */
export const variablesIn = (graph: Graph): string[] => namesIn(graph, 'vars');

/** Trigger nodes that are switched on, with what starts them. */
export const triggersIn = ({ nodes }: Graph): { node: GraphNode; mode: string }[] =>
  nodes
    .filter(({ type, settings }) => type === 'trigger' && !settings?.disabled)
    .map((node) => ({ node, mode: typeof node.config['mode'] === 'string' ? node.config['mode'] : 'manual' }));
