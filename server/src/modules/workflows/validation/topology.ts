import type { Connection, Graph, GraphNode } from '../graph.ts';
import type { AnyNodeType, PortDeclaration } from '../nodes/declare.ts';
import { byConfig, ofVersion } from '../nodes/declare.ts';

type Types = ReadonlyMap<string, AnyNodeType>;

/** A node with its type, when that is known, and its ports. */
export interface Placed {
  node: GraphNode;
  type: AnyNodeType | undefined;
  inputs: readonly PortDeclaration[];
  outputs: readonly PortDeclaration[];
  /** Flow connections, those that come back to a loop among them. */
  incoming: Connection[];
  outgoing: Connection[];
}

/** The graph as rules look at it: only sound connections are in it, so that one mistake does not make others. */
export interface Topology {
  nodes: ReadonlyMap<string, Placed>;
  byKey: ReadonlyMap<string, Placed>;
  triggers: readonly Placed[];
  /** In an order in which each comes behind those that lead to it; what lies in a circle is not in it. */
  order: readonly Placed[];
  /** Circles outside of loops, each as its nodes in order. */
  circles: readonly (readonly Placed[])[];
  /** Whether the first leads to the second; undefined when the second lies in a circle or behind one. */
  leadsTo: (first: string, second: string) => boolean | undefined;
  /** Triggers that lead to a node. */
  startedBy: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ports that must have been taken for a node to run, as `id port`. */
  choices: ReadonlyMap<string, ReadonlySet<string>>;
  /** Bodies of loops, by the loop. */
  bodies: ReadonlyMap<string, ReadonlySet<string>>;
  /** Loops around a node, the innermost first. */
  loopsAround: ReadonlyMap<string, readonly string[]>;
}

const portsOf = (type: AnyNodeType | undefined, node: GraphNode, side: 'inputs' | 'outputs'): readonly PortDeclaration[] => {
  if (!type) return [];
  try {
    return byConfig(type[side], node.config);
  } catch {
    // A configuration with mistakes says nothing of its ports; its mistakes are told elsewhere.
    return [];
  }
};

/** The way back into a loop is no circle. */
const isWayBack = ({ type }: Placed, { targetPort }: Connection): boolean => type?.control === 'loop' && targetPort === 'next';

/** Whether two ports of a node never both deliver in one run. */
export function areExclusive({ node, type }: Placed, a: string, b: string): boolean {
  if (a === b) return false;
  const ports = [a, b];
  if (type?.control === 'loop') return !ports.includes('body');
  if (node.type === 'filter') return ports.includes('error');
  if (node.type === 'switch' && node.config['allMatches'] === true) return ports.includes('error') || ports.includes('default');
  return true;
}

/** Ports that are taken only sometimes. */
function isChoice(placed: Placed, port: string): boolean {
  const { type, node, outgoing, outputs } = placed;
  if (type?.control === 'loop') return port !== 'done';
  const branches = outputs.filter(({ name }) => name !== 'error').length > 1;
  const catches = node.settings?.onError === 'branch' || outgoing.some(({ sourcePort }) => sourcePort === 'error');
  return branches || catches || port === 'error';
}
const choiceOf = (placed: Placed, port: string): string => `${placed.node.id} ${port}`;

const intersection = (sets: readonly ReadonlySet<string>[]): Set<string> => {
  const [first = new Set<string>(), ...others] = [...sets].sort((a, b) => a.size - b.size);
  return new Set([...first].filter((one) => others.every((other) => other.has(one))));
};
const union = (sets: readonly ReadonlySet<string>[]): Set<string> =>
  sets.reduce<Set<string>>((all, one) => (one.forEach((each) => all.add(each)), all), new Set());

function place(graph: Graph, types: Types): Map<string, Placed> {
  const nodes = new Map<string, Placed>();
  for (const node of graph.nodes) {
    const newest = types.get(node.type);
    const type = newest && ofVersion(newest, node.typeVersion);
    nodes.set(node.id, { node, type, inputs: portsOf(type, node, 'inputs'), outputs: portsOf(type, node, 'outputs'), incoming: [], outgoing: [] });
  }
  for (const connection of graph.connections) {
    const [source, target] = [nodes.get(connection.source), nodes.get(connection.target)];
    if (connection.kind !== 'flow' || !source || !target || source === target) continue;
    source.outgoing.push(connection);
    target.incoming.push(connection);
  }
  return nodes;
}

/** Kahn's order without the ways back; what is left over lies in circles or behind them. */
function ordered(nodes: ReadonlyMap<string, Placed>): { order: Placed[]; left: Placed[] } {
  const open = new Map([...nodes.values()].map((placed) => [placed.node.id, placed.incoming.filter((one) => !isWayBack(placed, one)).length]));
  const order = [...nodes.values()].filter(({ node }) => open.get(node.id) === 0);
  for (let at = 0; at < order.length; at++)
    for (const connection of order[at]!.outgoing) {
      const target = nodes.get(connection.target)!;
      if (isWayBack(target, connection)) continue;
      const left = open.get(target.node.id)! - 1;
      open.set(target.node.id, left);
      if (left === 0) order.push(target);
    }
  return { order, left: [...nodes.values()].filter(({ node }) => open.get(node.id)! > 0) };
}

/** One circle through each group of nodes that lead to one another. */
function circlesIn(left: readonly Placed[], nodes: ReadonlyMap<string, Placed>): Placed[][] {
  const among = new Set(left.map(({ node }) => node.id));
  const done = new Set<string>();
  const circles: Placed[][] = [];
  for (const start of left) {
    const path: Placed[] = [];
    let here: Placed | undefined = start;
    // Walking backwards never ends outside: each node that is left over has another of them before it.
    while (here && !done.has(here.node.id) && !path.includes(here)) {
      path.push(here);
      const before: Placed = here;
      here = before.incoming.filter((one) => !isWayBack(before, one) && among.has(one.source)).map(({ source }) => nodes.get(source)!)[0];
    }
    if (here && path.includes(here)) circles.push(path.slice(path.indexOf(here)).toReversed());
    for (const { node } of path) done.add(node.id);
  }
  return circles;
}

function bodyOf(loop: Placed, nodes: ReadonlyMap<string, Placed>): Set<string> {
  const body = new Set<string>();
  const waiting = loop.outgoing.filter(({ sourcePort }) => sourcePort === 'body').map(({ target }) => target);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === loop.node.id || body.has(id)) continue;
    body.add(id);
    waiting.push(...nodes.get(id)!.outgoing.map(({ target }) => target));
  }
  return body;
}

/** Sets of nodes as bits: five hundred nodes that stand behind each other have more than a hundred thousand pairs. */
function ancestry(order: readonly Placed[], nodes: ReadonlyMap<string, Placed>): Topology['leadsTo'] {
  const places = new Map([...nodes.keys()].map((id, at) => [id, at]));
  const words = Math.ceil(places.size / 32);
  const before = new Map<string, Uint32Array>();
  for (const placed of order) {
    const bits = new Uint32Array(words);
    for (const one of placed.incoming) {
      if (isWayBack(placed, one)) continue;
      const [at, theirs] = [places.get(one.source)!, before.get(one.source)!];
      for (let word = 0; word < words; word++) bits[word]! |= theirs[word]!;
      bits[at >> 5]! |= 1 << (at & 31);
    }
    before.set(placed.node.id, bits);
  }
  return (first, second) => {
    const [at, bits] = [places.get(first)!, before.get(second)];
    return bits && (bits[at >> 5]! & (1 << (at & 31))) !== 0;
  };
}

export function topologyOf(graph: Graph, types: Types): Topology {
  const nodes = place(graph, types);
  const { order, left } = ordered(nodes);
  const [startedBy, choices] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const placed of order) {
    const { node, type } = placed;
    const before = placed.incoming.filter((one) => !isWayBack(placed, one)).map((one) => ({ source: nodes.get(one.source)!, port: one.sourcePort }));
    startedBy.set(node.id, type?.control === 'trigger' ? new Set([node.id]) : union(before.map(({ source }) => startedBy.get(source.node.id)!)));
    choices.set(node.id, intersection(before.map(({ source, port }) => taken(choices.get(source.node.id)!, source, port))));
  }
  const loops = [...nodes.values()].filter(({ type }) => type?.control === 'loop');
  const bodies = new Map(loops.map((loop) => [loop.node.id, bodyOf(loop, nodes)]));
  const inner = [...bodies].sort(([, a], [, b]) => a.size - b.size);
  return {
    nodes,
    byKey: new Map([...nodes.values()].map((placed) => [placed.node.key, placed])),
    triggers: [...nodes.values()].filter(({ type }) => type?.control === 'trigger'),
    order,
    circles: circlesIn(left, nodes),
    leadsTo: ancestry(order, nodes),
    startedBy,
    choices,
    bodies,
    loopsAround: new Map([...nodes.keys()].map((id) => [id, inner.filter(([, body]) => body.has(id)).map(([loop]) => loop)])),
  };
}

/** The choices that stand behind a port. */
export const taken = (choices: ReadonlySet<string>, source: Placed, port: string): Set<string> =>
  isChoice(source, port) ? new Set([...choices, choiceOf(source, port)]) : new Set(choices);
