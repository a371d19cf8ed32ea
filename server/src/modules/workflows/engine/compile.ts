import type { Connection, Graph, GraphNode, NodeSettings, RetryPolicy, WorkflowSettings } from '../graph.ts';
import { RetryPolicy as Policy } from '../graph.ts';
import { compileConfig, type CompiledConfig } from '../expressions/index.ts';
import { byConfig, NodeError, ofVersion, type AnyNodeType } from '../nodes/declare.ts';
import type { Edge, Program, ProgramNode, ToolEdge } from './program.ts';

type Types = ReadonlyMap<string, AnyNodeType>;

const isLoop = (types: Types, node: GraphNode | undefined): boolean => types.get(node?.type ?? '')?.control === 'loop';

/** All that is reached from a loop's body without passing the loop itself. */
function reachedBy(loop: string, edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = edges.filter(({ source, sourcePort }) => source === loop && sourcePort === 'body').map(({ target }) => target);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === loop || reached.has(id)) continue;
    reached.add(id);
    for (const edge of edges) if (edge.source === id) waiting.push(edge.target);
  }
  return reached;
}

/** The innermost loop around each node: of those that reach it, the one that reaches least. */
export function loopsOf(nodes: readonly GraphNode[], edges: readonly Edge[], types: Types): ReadonlyMap<string, string> {
  const bodies = nodes.filter((node) => isLoop(types, node)).map(({ id }) => ({ id, reached: reachedBy(id, edges) }));
  bodies.sort((a, b) => b.reached.size - a.reached.size);
  const found = new Map<string, string>();
  for (const { id, reached } of bodies) for (const inner of reached) found.set(inner, id);
  return found;
}

/** In an order in which each comes after those that lead to it; what is in a circle comes last. */
export function inOrder(ids: readonly string[], edges: readonly Edge[]): string[] {
  const open = new Map(ids.map((id) => [id, 0]));
  const inner = edges.filter(({ source, target }) => open.has(source) && open.has(target));
  for (const { target } of inner) open.set(target, open.get(target)! + 1);
  const ready = ids.filter((id) => open.get(id) === 0);
  const ordered: string[] = [];
  for (let at = 0; at < ready.length; at += 1) {
    ordered.push(ready[at]!);
    for (const { target } of inner.filter(({ source }) => source === ready[at])) {
      open.set(target, open.get(target)! - 1);
      if (open.get(target) === 0) ready.push(target);
    }
  }
  return [...ordered, ...ids.filter((id) => !ordered.includes(id))];
}

/** Three tries where doing it twice does no harm, else one (workflows.md 5.3). */
export const retryOf = (own: NodeSettings['retry'], idempotent: boolean): RetryPolicy & { maxAttempts: number } => {
  const policy = Policy.parse(own ?? {});
  return { ...policy, maxAttempts: policy.maxAttempts ?? (idempotent ? 3 : 1) };
};

function compiled(type: AnyNodeType, node: GraphNode): { config: CompiledConfig | undefined; fault: unknown } {
  try {
    return { config: compileConfig(type, node.config), fault: undefined };
  } catch (fault) {
    return { config: undefined, fault };
  }
}

/** A graph may name a type that this process does not have: of a newer version of the product, or mistyped in a draft. */
const unknownType = (node: GraphNode): AnyNodeType =>
  ({ type: node.type, version: node.typeVersion, effect: 'pure', inputs: [], outputs: [] }) as unknown as AnyNodeType;

const byPort = new Intl.Collator('en', { numeric: true });

interface Around {
  types: Types;
  edges: readonly Edge[];
  loops: ReadonlyMap<string, string>;
}

const inDoubtOf = (type: AnyNodeType, { config }: GraphNode, idempotent: boolean): ProgramNode['inDoubt'] =>
  type.inDoubt === undefined ? (idempotent ? 'retry' : 'ask') : byConfig(type.inDoubt, config);

function nodeOf(node: GraphNode, { types, edges, loops }: Around): ProgramNode {
  const newest = types.get(node.type);
  const type = newest ? ofVersion(newest, node.typeVersion) : unknownType(node);
  const { settings = {} } = node;
  const effect = byConfig(type.effect, node.config);
  const idempotent = byConfig(type.idempotent ?? (effect === 'pure' || effect === 'read'), node.config);
  const loop = loops.get(node.id) ?? null;
  const outgoing = edges.filter(({ source }) => source === node.id);
  const known = types.has(node.type);
  return {
    id: node.id,
    key: node.key,
    name: node.name,
    node,
    type,
    effect,
    idempotent,
    inDoubt: settings.inDoubt ?? inDoubtOf(type, node, idempotent),
    onError: settings.onError ?? (outgoing.some(({ sourcePort }) => sourcePort === 'error') ? 'branch' : 'stop'),
    retry: retryOf(settings.retry, idempotent),
    timeoutSeconds: settings.timeoutSeconds ?? type.timeoutSeconds,
    loop,
    incoming: edges
      .filter(({ target, source, sourcePort, targetPort }) => {
        if (target !== node.id || (type.control === 'loop' && targetPort === 'next')) return false;
        return (loops.get(source) ?? null) === loop ? !(hasBody(edges, source) && sourcePort === 'body') : source === loop && sourcePort === 'body';
      })
      .sort((a, b) => byPort.compare(a.targetPort, b.targetPort)),
    outgoing,
    ...(known ? compiled(type, node) : { config: undefined, fault: new NodeError('node-type-unknown', 'config', `There is no node type "${node.type}" here.`) }),
  };
} // prettier-ignore

/** Whether the source has a body: what leaves it there belongs to the frames of its iterations. */
const hasBody = (edges: readonly Edge[], source: string): boolean => edges.some((edge) => edge.source === source && edge.sourcePort === 'body');

const flowOf = (connections: readonly Connection[]): Edge[] =>
  connections.filter(({ kind }) => kind === 'flow').map(({ id, source, sourcePort, target, targetPort }) => ({ id, source, sourcePort, target, targetPort })); // prettier-ignore

/** Nodes that flow leads to or that begin it: what only an agent may call, and notes, never run by themselves. */
function walked(graph: Graph, edges: readonly Edge[], types: Types): GraphNode[] {
  const touched = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return graph.nodes.filter((node) => {
    const control = types.get(node.type)?.control;
    return control !== 'note' && (control === 'trigger' || touched.has(node.id));
  });
}

/** Nodes by the agent that they hang on. Beside the graph they lead nowhere, and each is run when it is called. */
function toolsOf({ nodes, connections }: Graph, types: Types): ReadonlyMap<string, readonly ToolEdge[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<string, ToolEdge[]>();
  for (const { kind, source, target } of connections) {
    const node = byId.get(target);
    if (kind === 'flow' || !node || node.settings?.disabled) continue;
    const made = nodeOf(node, { types, edges: [], loops: new Map() });
    found.set(source, [...(found.get(source) ?? []), { node: made, via: kind }]);
  }
  return found;
}

/** A version's graph made ready to be walked. Mistakes in it are kept with their node and become its error when it runs. */
export function compile(graph: Graph, settings: WorkflowSettings, hash: string, types: Types): Program {
  const all = flowOf(graph.connections);
  const kept = walked(graph, all, types);
  const ids = new Set(kept.map(({ id }) => id));
  const edges = all.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const around: Around = { types, edges, loops: loopsOf(kept, edges, types) };
  const nodes = new Map(kept.map((node) => [node.id, nodeOf(node, around)]));
  const order = inOrder([...ids], edges.filter(({ targetPort, target }) => !(targetPort === 'next' && types.get(nodes.get(target)!.node.type)?.control === 'loop'))); // prettier-ignore
  const inside = order.map((id) => nodes.get(id)!);
  const tools = toolsOf(graph, types);
  const withTools = [...inside, ...[...tools.values()].flatMap((list) => list.map(({ node }) => node))];
  const bodies = Map.groupBy(inside, ({ loop }) => loop);
  if (!bodies.has(null)) bodies.set(null, []);
  const names = (pick: (config: CompiledConfig) => readonly string[]): string[] => [
    ...new Set(withTools.flatMap(({ config }) => (config ? pick(config) : []))),
  ];
  return {
    hash,
    source: graph,
    settings,
    nodes,
    byKey: new Map(inside.map((node) => [node.key, node])),
    bodies,
    tools,
    types,
    triggers: inside.filter(({ type }) => type.control === 'trigger'),
    vars: names(({ references }) => references.vars),
    pure: inside.every(({ effect, node }) => effect === 'pure' || effect === 'none' || node.type === 'respond'),
    expressions: new Map(),
  };
}
