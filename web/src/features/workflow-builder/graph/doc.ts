import type { Connection, Edit, Graph, GraphNode, NodeSet } from '../types.ts';

/** A graph by ids, never changed in place: what is the same in two of them is the same object. */
export interface Doc {
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly connections: Readonly<Record<string, Connection>>;
}
export const EMPTY: Doc = { nodes: {}, connections: {} };

const byId = <T extends { id: string }>(items: readonly T[]): Record<string, T> => Object.fromEntries(items.map((item) => [item.id, item]));
export const docOf = ({ nodes, connections }: Graph): Doc => ({ nodes: byId(nodes), connections: byId(connections) });
export const graphOf = ({ nodes, connections }: Doc): Graph => ({ nodes: Object.values(nodes), connections: Object.values(connections) });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
/** The same JSON, whatever the order of its fields; a field that is undefined is none. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  return Object.keys({ ...a, ...b }).every((name) => same(a[name], b[name]));
}

/** Before and after of one thing; null where there is none. */
export type Turn<T> = readonly [before: T | null, after: T | null];
/** What differs between two graphs: the way forth, and, turned round, the way back. */
export interface Patch {
  readonly nodes: Readonly<Record<string, Turn<GraphNode>>>;
  readonly connections: Readonly<Record<string, Turn<Connection>>>;
}

function turns<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Record<string, Turn<T>> {
  if (before === after) return {};
  const changed = Object.keys({ ...before, ...after }).filter((id) => !same(before[id], after[id]));
  return Object.fromEntries(changed.map((id) => [id, [before[id] ?? null, after[id] ?? null]]));
}
export const patchOf = (before: Doc, after: Doc): Patch => ({
  nodes: turns(before.nodes, after.nodes),
  connections: turns(before.connections, after.connections),
});
export const isNothing = ({ nodes, connections }: Patch): boolean => Object.keys(nodes).length === 0 && Object.keys(connections).length === 0;

const turned = <T>(all: Readonly<Record<string, Turn<T>>>): Record<string, Turn<T>> =>
  Object.fromEntries(Object.entries(all).map(([id, [before, after]]) => [id, [after, before]]));
export const invert = ({ nodes, connections }: Patch): Patch => ({ nodes: turned(nodes), connections: turned(connections) });

/** One patch that does what two do one after the other. */
export function compose(first: Patch, second: Patch): Patch {
  const join = <T>(a: Readonly<Record<string, Turn<T>>>, b: Readonly<Record<string, Turn<T>>>): Record<string, Turn<T>> => {
    const ids = Object.keys({ ...a, ...b });
    const joined = ids.map((id) => [id, [(a[id] ?? b[id]!)[0], (b[id] ?? a[id]!)[1]]] as const);
    return Object.fromEntries(joined.filter(([, [before, after]]) => !same(before, after)));
  };
  return { nodes: join(first.nodes, second.nodes), connections: join(first.connections, second.connections) };
}

/** What is not there any more is said by null. */
function setOf(before: GraphNode, after: GraphNode): NodeSet {
  const { id: _i, layout: _l, ...was } = before;
  const { id: _j, layout: _m, ...is } = after;
  const names = (Object.keys({ ...was, ...is }) as (keyof typeof is)[]).filter((name) => !same(was[name], is[name]));
  return Object.fromEntries(names.map((name) => [name, is[name] ?? null]));
}

function changesOf(before: GraphNode, after: GraphNode): Edit[] {
  const set = setOf(before, after);
  const edits: Edit[] = Object.keys(set).length > 0 ? [{ op: 'updateNode', id: after.id, set }] : [];
  return after.layout && !same(before.layout, after.layout) ? [...edits, { op: 'moveNode', id: after.id, layout: after.layout }] : edits;
}

/** The patch in the words of the server, in an order in which each edit is possible: lines go before their nodes and come after them. */
export function editsOf({ nodes, connections }: Patch): Edit[] {
  const lines = Object.entries(connections);
  const all = Object.values(nodes);
  return [
    ...lines.filter(([, [before]]) => before !== null).map(([id]): Edit => ({ op: 'disconnect', id })),
    ...all.filter(([, after]) => after === null).map(([before]): Edit => ({ op: 'removeNode', id: before!.id })),
    ...all.filter(([before]) => before === null).map(([, after]): Edit => ({ op: 'addNode', node: after! })),
    ...all.flatMap(([before, after]) => (before && after ? changesOf(before, after) : [])),
    ...lines.filter(([, [, after]]) => after !== null).map(([, [, after]]): Edit => ({ op: 'connect', connection: after! })),
  ];
}

const setIn = (doc: Doc, id: string, change: (node: GraphNode) => GraphNode): Doc =>
  doc.nodes[id] ? { ...doc, nodes: { ...doc.nodes, [id]: change(doc.nodes[id]) } } : doc;
const withSet = (node: GraphNode, set: NodeSet): GraphNode =>
  Object.fromEntries(Object.entries({ ...node, ...set }).filter(([, value]) => value !== null && value !== undefined)) as unknown as GraphNode;
const without = <T>(all: Readonly<Record<string, T>>, gone: (item: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([, item]) => !gone(item)));

/** One edit of the server, done here: fixes of findings, and what others did meanwhile. */
export function applyEdit(doc: Doc, edit: Edit): Doc {
  switch (edit.op) {
    case 'addNode':
      return { ...doc, nodes: { ...doc.nodes, [edit.node.id]: edit.node } };
    case 'updateNode':
      return setIn(doc, edit.id, (node) => withSet(node, edit.set));
    case 'moveNode':
      return setIn(doc, edit.id, (node) => ({ ...node, layout: edit.layout }));
    case 'removeNode':
      return removeNodes(doc, [edit.id], edit.bridge === true);
    case 'connect':
      return { ...doc, connections: { ...doc.connections, [edit.connection.id]: edit.connection } };
    case 'disconnect':
      return { ...doc, connections: without(doc.connections, ({ id }) => id === edit.id) };
  }
}

/** Where one line came in at `main` and lines go out of the first port, those behind are joined to the one before. */
function bridges(doc: Doc, id: string): Connection[] {
  const around = Object.values(doc.connections).filter(({ kind }) => kind === 'flow');
  const [into] = around.filter(({ target }) => target === id);
  if (!into || into.source === id) return [];
  const out = around.filter(({ source, sourcePort, target }) => source === id && sourcePort !== 'error' && target !== id);
  const port = out[0]?.sourcePort;
  return out
    .filter(({ sourcePort }) => sourcePort === port)
    .map((line) => ({ ...line, id: crypto.randomUUID(), source: into.source, sourcePort: into.sourcePort }));
}

/** Nodes and the lines at them; `bridge` joins what stood before and behind each of them. */
export function removeNodes(doc: Doc, ids: readonly string[], bridge: boolean): Doc {
  return ids.reduce((left, id) => {
    if (!left.nodes[id]) return left;
    const added = bridge ? bridges(left, id) : [];
    const connections = without(left.connections, ({ source, target }) => source === id || target === id);
    const { [id]: _, ...nodes } = left.nodes;
    return { nodes, connections: { ...connections, ...byId(added) } };
  }, doc);
}
