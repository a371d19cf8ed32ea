import type { GraphNode } from '../types.ts';
import { same, type Doc, type Patch, type Turn } from './doc.ts';

/** A field that two people set differently; `path` is null when one deleted the node that the other changed. */
export interface Conflict {
  nodeId: string;
  name: string;
  path: string | null;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}
export type Side = 'mine' | 'theirs';
/** How an overlap is settled; `mine` until somebody was asked. */
export type Settle = (conflict: Conflict) => Side;
export interface Merged {
  doc: Doc;
  conflicts: Conflict[];
}

/** Fields whose members count one by one. */
const OPEN = new Set(['config', 'settings']);
type Bag = Readonly<Record<string, unknown>>;

interface Three<T> {
  base: T;
  mine: T;
  theirs: T;
}

function mergeBag(node: GraphNode, prefix: string, { base, mine, theirs }: Three<Bag>, found: Conflict[], settle: Settle): Bag {
  const names = Object.keys({ ...base, ...mine, ...theirs });
  const merged = names.map((name) => {
    const [was, my, their] = [base[name], mine[name], theirs[name]];
    if (same(my, their) || same(their, was)) return [name, my] as const;
    if (same(my, was)) return [name, their] as const;
    if (prefix === '' && OPEN.has(name)) {
      const bags = { base: (was ?? {}) as Bag, mine: (my ?? {}) as Bag, theirs: (their ?? {}) as Bag };
      return [name, mergeBag(node, `/${name}`, bags, found, settle)] as const;
    }
    const conflict = { nodeId: node.id, name: node.name, path: `${prefix}/${name}`, base: was, mine: my, theirs: their };
    found.push(conflict);
    return [name, settle(conflict) === 'mine' ? my : their] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/** A node that one side deleted: deleted, unless the other changed it more than its place. */
function mergeAbsent({ base, mine, theirs }: Three<GraphNode | undefined>, found: Conflict[], settle: Settle): GraphNode | undefined {
  const left = mine ?? theirs;
  if (!base || !left) return base ? undefined : left;
  if (same({ ...left, layout: null }, { ...base, layout: null })) return undefined;
  const conflict = { nodeId: base.id, name: base.name, path: null, base, mine, theirs };
  found.push(conflict);
  return settle(conflict) === 'mine' ? mine : theirs;
}

function mergeNode(three: Three<GraphNode | undefined>, found: Conflict[], settle: Settle): GraphNode | undefined {
  const { base, mine, theirs } = three;
  if (same(mine, theirs) || same(theirs, base)) return mine;
  if (same(mine, base)) return theirs;
  if (!mine || !theirs) return mergeAbsent(three, found, settle);
  const bags = { base: (base ?? {}) as unknown as Bag, mine: mine as unknown as Bag, theirs: theirs as unknown as Bag };
  return mergeBag(mine, '', bags, found, settle) as unknown as GraphNode;
}

/** Two graphs that began as one, as one again: by node and field. Lines at nodes that are gone go too. */
export function merge(base: Doc, mine: Doc, theirs: Doc, settle: Settle = () => 'mine'): Merged {
  const conflicts: Conflict[] = [];
  const nodes: Record<string, GraphNode> = {};
  for (const id of Object.keys({ ...theirs.nodes, ...mine.nodes })) {
    const node = mergeNode({ base: base.nodes[id], mine: mine.nodes[id], theirs: theirs.nodes[id] }, conflicts, settle);
    if (node) nodes[id] = node;
  }
  const connections: Record<string, Doc['connections'][string]> = {};
  const ends = new Set<string>();
  for (const id of Object.keys({ ...theirs.connections, ...mine.connections })) {
    const [was, my, their] = [base.connections[id], mine.connections[id], theirs.connections[id]];
    const line = same(my, was) ? their : my;
    if (!line || !nodes[line.source] || !nodes[line.target]) continue;
    // Both may have drawn the same line, under two ids.
    const end = [line.kind, line.source, line.sourcePort, line.target, line.targetPort].join(' ');
    if (!ends.has(end)) connections[id] = line;
    ends.add(end);
  }
  return { doc: { nodes, connections }, conflicts };
}

const partOf = <T>(all: Readonly<Record<string, T>>, turns: Readonly<Record<string, Turn<T>>>, at: 0 | 1): Record<string, T> => {
  const next = { ...all };
  for (const [id, turn] of Object.entries(turns)) {
    const value = turn[at];
    if (value === null) delete next[id];
    else next[id] = value;
  }
  return next;
};

/**
 * Does a patch to a graph that has moved on since: what only the patch touches is done, what others touched stays, and where both did
 * the answer says so. A step back is the patch turned round.
 */
export function replay(doc: Doc, patch: Patch, settle: Settle = () => 'mine'): Merged {
  const base = { nodes: partOf(doc.nodes, patch.nodes, 0), connections: partOf(doc.connections, patch.connections, 0) };
  const mine = { nodes: partOf(doc.nodes, patch.nodes, 1), connections: partOf(doc.connections, patch.connections, 1) };
  return merge(base, mine, doc, settle);
}
