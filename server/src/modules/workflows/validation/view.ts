import type { Graph, GraphNode, WorkflowSettings } from '../graph.ts';
import type { AnyNodeType, Effect, RawConfig } from '../nodes/declare.ts';
import { byConfig } from '../nodes/declare.ts';
import type { Facts, OperationFact } from './facts.ts';
import type { Finding, Fix } from './findings.ts';
import type { Placed, Topology } from './topology.ts';

/** All that a rule may look at. */
export interface View {
  facts: Facts;
  graph: Graph;
  settings: WorkflowSettings;
  types: ReadonlyMap<string, AnyNodeType>;
  topology: Topology;
}
export type Rule = (view: View) => Finding[];

type About = Pick<GraphNode, 'id' | 'key'>;
type More = { pointer?: string; fix?: Fix | undefined; connectionId?: string };

const finding = (severity: Finding['severity']) => (rule: string, node: About | null, message: string, { pointer, fix, connectionId }: More = {}): Finding => ({
  rule,
  severity,
  ...(node ? { nodeId: node.id, nodeKey: node.key } : {}),
  ...(connectionId === undefined ? {} : { connectionId }),
  ...(pointer === undefined ? {} : { pointer }),
  message,
  ...(fix ? { fix } : {}),
}); // prettier-ignore

export const error = finding('error');
export const warning = finding('warning');
export const info = finding('info');

/** The node whose act this one undoes: it stands beside the flow. */
export const undoneBy = ({ topology }: View, { node, incoming, outgoing }: Placed): Placed | undefined =>
  incoming.length + outgoing.length > 0
    ? undefined
    : [...topology.nodes.values()].find((one) => one.node !== node && one.node.settings?.compensate === node.key);

/** The agent that calls a node which no flow leads to, or whose act it undoes; undefined for others. */
export function callerOf(view: View, placed: Placed): Placed | undefined {
  const { graph, topology } = view;
  const { node, incoming, type } = placed;
  if (incoming.length > 0 || type?.control === 'trigger') return undefined;
  const call = graph.connections.find(({ kind, target }) => kind !== 'flow' && target === node.id);
  return call ? topology.nodes.get(call.source) : undoneBy(view, placed);
}

/** Nodes whose type is known and that are not switched off. */
export const active = ({ topology }: View): (Placed & { type: AnyNodeType })[] =>
  [...topology.nodes.values()].filter(
    (placed): placed is Placed & { type: AnyNodeType } => placed.type !== undefined && !placed.node.settings?.disabled,
  );

/** A declaration that hangs on a configuration that may hold mistakes. */
function told<T>(value: T | ((config: RawConfig) => T), config: RawConfig, otherwise: T): T {
  try {
    return byConfig(value, config);
  } catch {
    return otherwise;
  }
}
export const effectOf = ({ type, node }: Placed & { type: AnyNodeType }): Effect => told(type.effect, node.config, 'effect');

/** Operations that a node calls, as far as its configuration names them. */
export function operationsOf(view: View, { type, node }: Placed & { type: AnyNodeType }): { name: string; fact: OperationFact | undefined }[] {
  const names = type.operations ? told(type.operations, node.config, []) : [];
  return names.map((name) => ({ name, fact: view.facts.operations.get(name) }));
}

/** A text of the configuration; undefined for one that is told only when it runs. */
export const literal = (config: RawConfig, field: string): string | undefined => {
  const value = config[field];
  return typeof value === 'string' && !value.includes('{{') ? value : undefined;
};
