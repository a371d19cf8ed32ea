import type { AnyOperation, Risk } from '#kernel/operation.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { NODE_TYPES } from '../nodes/index.ts';

/** Names of the Operations that a node may call, as far as its configuration tells them. */
export const operationsOf = ({ type, config }: Pick<GraphNode, 'type' | 'config'>): readonly string[] => {
  const declared = NODE_TYPES.get(type)?.operations;
  if (declared) return declared(config);
  return type === 'operation' && typeof config['operation'] === 'string' ? [config['operation']] : [];
};

/** Names of all Operations that a graph may call, sorted. */
export const operationsIn = ({ nodes }: Graph): string[] =>
  [...new Set(nodes.filter(({ settings }) => !settings?.disabled).flatMap(operationsOf))].sort();

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };

/** The Operations of a graph that there are, the riskiest first. */
export const calledBy = (graph: Graph, operations: ReadonlyMap<string, AnyOperation>): AnyOperation[] =>
  operationsIn(graph)
    .flatMap((name) => operations.get(name) ?? [])
    .toSorted((a, b) => RANK[b.risk] - RANK[a.risk]);

/** Texts anywhere in a value, with the pointer to each. */
export function* textsIn(value: unknown, pointer = ''): Generator<{ pointer: string; text: string }> {
  if (typeof value === 'string') yield { pointer, text: value };
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

const SECRET = /secret:\/\/([A-Za-z_]\w*)|\bsecrets\.([A-Za-z_]\w*)/g;
const VARIABLE = /\bvars\.([A-Za-z_]\w*)/g;

const namedBy = (pattern: RegExp, graph: Graph): string[] => {
  const found = graph.nodes.flatMap(({ config }) => [...textsIn(config)].flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]!)));
  return [...new Set(found)].sort();
}; // prettier-ignore

/** Names of the secrets that a graph asks for. */
export const secretsIn = (graph: Graph): string[] => namedBy(SECRET, graph);
/** Names of the variables that a graph reads. */
export const variablesIn = (graph: Graph): string[] => namedBy(VARIABLE, graph);

/** Trigger nodes that are switched on, with what starts them. */
export const triggersIn = ({ nodes }: Graph): { node: GraphNode; mode: string }[] =>
  nodes
    .filter(({ type, settings }) => type === 'trigger' && !settings?.disabled)
    .map((node) => ({ node, mode: typeof node.config['mode'] === 'string' ? node.config['mode'] : 'manual' }));
