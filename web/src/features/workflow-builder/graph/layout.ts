import dagre from '@dagrejs/dagre';
import type { GraphNode, Layout } from '../types.ts';
import { at } from './acts.ts';
import type { Doc } from './doc.ts';
import { belowOf, hangingAt, roomOf, type Hangers } from './hung.ts';
import { isReturn } from './lines.ts';

export type Direction = 'right' | 'down';
export interface Size {
  width: number;
  height: number;
}
export type SizeOf = (node: GraphNode) => Size;

const placed = (doc: Doc, places: ReadonlyMap<string, { x: number; y: number }>): Doc => {
  const moved = [...places].map(([id, { x, y }]): [string, GraphNode] => {
    const node = doc.nodes[id]!;
    return [id, { ...node, layout: { ...node.layout, ...at(x, y) } }];
  });
  return { ...doc, nodes: { ...doc.nodes, ...Object.fromEntries(moved) } };
};
const boxOf = (node: GraphNode, sizeOf: SizeOf) => ({ id: node.id, x: node.layout?.x ?? 0, y: node.layout?.y ?? 0, ...sizeOf(node) });

const corner = (all: readonly { x: number; y: number }[]) => ({ x: Math.min(...all.map(({ x }) => x)), y: Math.min(...all.map(({ y }) => y)) });

/** What dagre is told of: nodes with the room that they and what hangs on them need, and the lines between them. */
function ranked(doc: Doc, chosen: readonly GraphNode[], hangers: Hangers, direction: Direction, sizeOf: SizeOf) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction === 'right' ? 'LR' : 'TB', nodesep: 40, ranksep: 90, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of chosen) graph.setNode(node.id, roomOf(doc, node, hangers, direction, sizeOf));
  for (const line of Object.values(doc.connections)) {
    // The way back of a loop would turn the order round.
    if (graph.hasNode(line.source) && graph.hasNode(line.target) && !isReturn(line)) graph.setEdge(line.source, line.target, {}, line.id);
  }
  dagre.layout(graph);
  return (id: string) => graph.node(id) as { x: number; y: number };
}

/** Places for all nodes, or for some of them around where they stand, by the flow; tools beneath what uses them. Notes stay where somebody put them. */
export function autoLayout(doc: Doc, ids: ReadonlySet<string>, direction: Direction, sizeOf: SizeOf): Doc {
  const all = Object.values(doc.nodes).filter(({ id, type }) => type !== 'note' && (ids.size < 2 || ids.has(id)));
  if (all.length === 0) return doc;
  const hangers = belowOf(doc, new Set(all.map(({ id }) => id)));
  const hung = new Set([...hangers.values()].flat());
  const chosen = all.filter(({ id }) => !hung.has(id));
  const centreOf = ranked(doc, chosen, hangers, direction, sizeOf);
  const made = chosen.flatMap((node) => {
    const { x, y } = centreOf(node.id);
    const room = roomOf(doc, node, hangers, direction, sizeOf);
    const { width, height } = sizeOf(node);
    // In the middle of its room across the flow, at the beginning of it along the flow.
    const own = direction === 'right' ? { x: x - room.width / 2, y: y - height / 2 } : { x: x - width / 2, y: y - room.height / 2 };
    return [{ id: node.id, ...own }, ...hangingAt(doc, node, own, hangers, direction, sizeOf)];
  });
  const [was, is] = [ids.size < 2 ? { x: 0, y: 0 } : corner(all.map((node) => boxOf(node, sizeOf))), corner(made)];
  return placed(doc, new Map(made.map(({ id, x, y }) => [id, { x: x - is.x + was.x, y: y - is.y + was.y }])));
}

export type Edge = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
/** The chosen nodes in one line at an edge or the middle of what they cover. */
export function align(doc: Doc, ids: ReadonlySet<string>, edge: Edge, sizeOf: SizeOf): Doc {
  const boxes = Object.values(doc.nodes).filter(({ id }) => ids.has(id)).map((node) => boxOf(node, sizeOf)); // prettier-ignore
  if (boxes.length < 2) return doc;
  const across = edge === 'left' || edge === 'center' || edge === 'right';
  const start = (box: (typeof boxes)[number]) => (across ? box.x : box.y);
  const length = (box: (typeof boxes)[number]) => (across ? box.width : box.height);
  const share = edge === 'left' || edge === 'top' ? 0 : edge === 'right' || edge === 'bottom' ? 1 : 0.5;
  const from = Math.min(...boxes.map(start));
  const to = Math.max(...boxes.map((box) => start(box) + length(box)));
  const line = from + (to - from) * share;
  const moved = boxes.map(
    (box) => [box.id, across ? { x: line - length(box) * share, y: box.y } : { x: box.x, y: line - length(box) * share }] as const,
  );
  return placed(doc, new Map(moved));
}

/** The same gap between the chosen nodes, the outermost two staying. */
export function distribute(doc: Doc, ids: ReadonlySet<string>, axis: 'x' | 'y', sizeOf: SizeOf): Doc {
  const boxes = Object.values(doc.nodes).filter(({ id }) => ids.has(id)).map((node) => boxOf(node, sizeOf)); // prettier-ignore
  if (boxes.length < 3) return doc;
  const length = (box: Size): number => (axis === 'x' ? box.width : box.height);
  const sorted = boxes.sort((a, b) => a[axis] - b[axis]);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const room = last[axis] - first[axis] - sorted.slice(0, -1).reduce((sum, box) => sum + length(box), 0);
  let next = first[axis];
  const places = new Map<string, { x: number; y: number }>();
  for (const box of sorted) {
    places.set(box.id, { x: box.x, y: box.y, [axis]: next });
    next += length(box) + room / (sorted.length - 1);
  }
  return placed(doc, places);
}

export const moveBy = (doc: Doc, ids: ReadonlySet<string>, by: { x: number; y: number }): Doc =>
  placed(doc, new Map(Object.values(doc.nodes).filter(({ id }) => ids.has(id)).map(({ id, layout }) => [id, { x: (layout?.x ?? 0) + by.x, y: (layout?.y ?? 0) + by.y }]))); // prettier-ignore
export const moveTo = (doc: Doc, places: ReadonlyMap<string, { x: number; y: number }>): Doc =>
  placed(doc, new Map([...places].filter(([id]) => doc.nodes[id])));

/** A frame around the chosen nodes: a note, behind them. */
export function frameAround(doc: Doc, ids: ReadonlySet<string>, sizeOf: SizeOf): Required<Pick<Layout, 'x' | 'y' | 'width' | 'height'>> | null {
  const boxes = Object.values(doc.nodes).filter(({ id }) => ids.has(id)).map((node) => boxOf(node, sizeOf)); // prettier-ignore
  if (boxes.length === 0) return null;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)) - 30, Math.min(...boxes.map((box) => box.y)) - 60];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.x + box.width)) + 30, Math.max(...boxes.map((box) => box.y + box.height)) + 30];
  return { x, y, width: right - x, height: bottom - y };
}
/** Whether a node lies wholly within a note. */
export function within(note: GraphNode, node: GraphNode, sizeOf: SizeOf): boolean {
  const [outer, inner] = [boxOf(note, sizeOf), boxOf(node, sizeOf)];
  return (
    note.id !== node.id &&
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
