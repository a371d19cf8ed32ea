import type { Config, Connection, GraphNode, Layout, NodeSettings } from '../types.ts';
import type { Doc } from './doc.ts';
import { freeKey, keysOf, renamed } from './keys.ts';
import { isRefusal, judge, type PortsOf, type Wanted } from './rules.ts';

/** What a new node is made of. */
export interface Seed {
  type: string;
  typeVersion: number;
  name: string;
  config: Config;
  size?: { width: number; height: number };
}
export const GRID = 10;
const snapped = (value: number): number => Math.round(value / GRID) * GRID;
export const at = (x: number, y: number): Layout => ({ x: snapped(x), y: snapped(y) });

/** At this place, or so far below and beside it that it covers no other's corner. */
function freePlace(doc: Doc, { x, y }: Layout): Layout {
  const taken = new Set(Object.values(doc.nodes).map(({ layout }) => `${layout?.x},${layout?.y}`));
  let place = at(x, y);
  while (taken.has(`${place.x},${place.y}`)) place = at(place.x + 30, place.y + 30);
  return place;
}

export function addNode(doc: Doc, seed: Seed, place: Layout): { doc: Doc; node: GraphNode } {
  const { type, typeVersion, name, config, size } = seed;
  const node: GraphNode = {
    id: crypto.randomUUID(),
    key: freeKey(keysOf(doc), name),
    type,
    typeVersion,
    name: name.slice(0, 100),
    config,
    layout: { ...freePlace(doc, place), ...size },
  };
  return { doc: { ...doc, nodes: { ...doc.nodes, [node.id]: node } }, node };
}

/** Joins two ports when the rules allow it. */
export function connect(doc: Doc, wanted: Wanted, portsOf: PortsOf): Doc | null {
  const verdict = judge(doc, wanted, portsOf);
  if (isRefusal(verdict)) return null;
  const { source, sourcePort, target, targetPort } = wanted;
  const line: Connection = { id: crypto.randomUUID(), kind: verdict.kind, source, sourcePort, target, targetPort };
  return { ...doc, connections: { ...doc.connections, [line.id]: line } };
}

/** A Merge in front of an input that has a line already: the lines so far and the new one come together in it (fix of V12). */
export function insertMerge(doc: Doc, wanted: Wanted, seed: Seed, portsOf: PortsOf): Doc | null {
  const target = doc.nodes[wanted.target];
  const so = Object.values(doc.connections).filter((line) => line.target === wanted.target && line.targetPort === wanted.targetPort);
  if (!target || so.length === 0 || so.length > 15) return null;
  const { x = 0, y = 0 } = target.layout ?? {};
  const made = addNode(doc, { ...seed, config: { ...seed.config, inputs: so.length + 1 } }, { x: x - 280, y });
  const sources = [...so, wanted].map(({ source, sourcePort }, i) => ({ source, sourcePort, target: made.node.id, targetPort: `in${i + 1}` }));
  const gone = new Set(so.map(({ id }) => id));
  const left = Object.fromEntries(Object.entries(doc.connections).filter(([id]) => !gone.has(id)));
  const out = { source: made.node.id, sourcePort: 'main', target: target.id, targetPort: wanted.targetPort };
  return [...sources, out].reduce<Doc | null>((next, line) => next && connect(next, line, portsOf), { ...made.doc, connections: left });
}

export interface Clip {
  nodes: readonly GraphNode[];
  connections: readonly Connection[];
}
/** The nodes and the lines between them. */
export function clipOf(doc: Doc, ids: ReadonlySet<string>): Clip {
  const nodes = Object.values(doc.nodes).filter(({ id }) => ids.has(id));
  return { nodes, connections: Object.values(doc.connections).filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

/** A clip with ids and keys of its own; expressions inside it name each other by the new keys. */
export function paste(doc: Doc, { nodes, connections }: Clip, by: { x: number; y: number }): { doc: Doc; ids: string[] } {
  const taken = keysOf(doc);
  const ids = new Map(nodes.map(({ id }) => [id, crypto.randomUUID() as string]));
  const names = new Map<string, string>();
  for (const { key } of nodes) {
    const free = freeKey(taken, key);
    names.set(key, free);
    taken.add(free);
  }
  const made = nodes.map((node): GraphNode => {
    const { x = 0, y = 0, ...size } = node.layout ?? {};
    const place = { ...size, ...at(x + by.x, y + by.y) };
    return { ...node, id: ids.get(node.id)!, key: names.get(node.key)!, config: renamed(node.config, names), layout: place };
  });
  const lines = connections.map((line) => ({
    ...line,
    id: crypto.randomUUID() as string,
    source: ids.get(line.source)!,
    target: ids.get(line.target)!,
  }));
  return {
    doc: {
      nodes: { ...doc.nodes, ...Object.fromEntries(made.map((node) => [node.id, node])) },
      connections: { ...doc.connections, ...Object.fromEntries(lines.map((line) => [line.id, line])) },
    },
    ids: [...ids.values()],
  };
}

const MARK = 'workflow-nodes';
export const clipText = (clip: Clip): string => JSON.stringify({ switchyard: MARK, version: 1, ...clip }, null, 2);
const isNode = (value: unknown): value is GraphNode => {
  const { id, key, type, name, config } = (value ?? {}) as Partial<GraphNode>;
  return [id, key, type, name].every((each) => typeof each === 'string') && typeof config === 'object' && config !== null;
};
const isLine = (value: unknown): value is Connection => {
  const { source, target, sourcePort, targetPort, kind } = (value ?? {}) as Partial<Connection>;
  return [source, target, sourcePort, targetPort, kind].every((each) => typeof each === 'string');
};
/** What a text from the clipboard holds for us; null for everything else. */
export function clipFrom(text: string): Clip | null {
  try {
    const { switchyard, nodes, connections } = JSON.parse(text) as { switchyard?: string; nodes?: unknown; connections?: unknown };
    if (switchyard !== MARK || !Array.isArray(nodes) || !Array.isArray(connections) || !nodes.every(isNode)) return null;
    const ids = new Set(nodes.map(({ id }) => id));
    return { nodes, connections: connections.filter(isLine).filter(({ source, target }) => ids.has(source) && ids.has(target)) };
  } catch {
    return null;
  }
}

export const changeNode = (doc: Doc, id: string, change: (node: GraphNode) => GraphNode): Doc =>
  doc.nodes[id] ? { ...doc, nodes: { ...doc.nodes, [id]: change(doc.nodes[id]) } } : doc;
export const changeAll = (doc: Doc, ids: Iterable<string>, change: (node: GraphNode) => GraphNode): Doc =>
  [...ids].reduce((next, id) => changeNode(next, id, change), doc);

/** Settings without what is empty. */
export function withSettings(node: GraphNode, set: { [K in keyof NodeSettings]: NodeSettings[K] | undefined }): GraphNode {
  const settings = Object.fromEntries(Object.entries({ ...node.settings, ...set }).filter(([, value]) => value !== undefined));
  return { ...node, settings };
}
/** All off, unless all are off already. */
export function toggleDisabled(doc: Doc, ids: ReadonlySet<string>): Doc {
  const off = [...ids].every((id) => doc.nodes[id]?.settings?.disabled === true);
  return changeAll(doc, ids, (node) => withSettings(node, { disabled: off ? undefined : true }));
}

/** Another type for a node; of its configuration what the new type knows by the same name stays, and lines at ports that it has. */
export function replaceType(doc: Doc, id: string, seed: Seed, fields: ReadonlySet<string>, portsOf: PortsOf): Doc {
  const changed = changeNode(doc, id, (node) => {
    const kept = Object.fromEntries(Object.entries(node.config).filter(([name]) => fields.has(name)));
    return { ...node, type: seed.type, typeVersion: seed.typeVersion, config: { ...seed.config, ...kept } };
  });
  const { inputs, outputs } = portsOf(changed.nodes[id]!);
  const fits = ({ source, sourcePort, target, targetPort }: Connection): boolean =>
    (source !== id || outputs.some(({ name }) => name === sourcePort)) && (target !== id || inputs.some(({ name }) => name === targetPort));
  return { ...changed, connections: Object.fromEntries(Object.entries(changed.connections).filter(([, line]) => fits(line))) };
}
