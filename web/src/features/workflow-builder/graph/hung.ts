import type { GraphNode } from '../types.ts';
import type { Doc } from './doc.ts';
import type { Direction, SizeOf } from './layout.ts';
import { hangs } from './lines.ts';

const GAP = 60;
const BESIDE = 40;

/** Ids of what hangs on a node and on nothing else, by its id. */
export type Hangers = ReadonlyMap<string, readonly string[]>;

/** Tools and memories that no flow touches belong beneath the first that uses them. */
export function belowOf(doc: Doc, ids: ReadonlySet<string>): Hangers {
  const lines = Object.values(doc.connections);
  const inFlow = new Set(lines.filter((line) => !hangs(line)).flatMap(({ source, target }) => [source, target]));
  const users = new Map<string, string>();
  for (const { source, target } of lines.filter(hangs)) {
    if (ids.has(source) && ids.has(target) && !inFlow.has(target) && !users.has(target)) users.set(target, source);
  }
  // What hangs on something that hangs itself is placed like any other.
  const own = [...users].filter(([, user]) => !users.has(user));
  const groups = Map.groupBy(own, ([, user]) => user);
  return new Map([...groups].map(([user, pairs]) => [user, pairs.map(([id]) => id)]));
}

const sizesOf = (doc: Doc, ids: readonly string[], sizeOf: SizeOf) => ids.map((id) => ({ id, ...sizeOf(doc.nodes[id]!) }));

/** Pixels that a node and what hangs on it take: beneath it in a row, or beside it in a column where the flow runs down. */
export function roomOf(doc: Doc, node: GraphNode, hangers: Hangers, direction: Direction, sizeOf: SizeOf): { width: number; height: number } {
  const own = sizeOf(node);
  const hung = sizesOf(doc, hangers.get(node.id) ?? [], sizeOf);
  if (hung.length === 0) return { width: own.width, height: own.height };
  const along = (by: 'width' | 'height') => hung.reduce((sum, size) => sum + size[by] + BESIDE, -BESIDE);
  const most = (by: 'width' | 'height') => Math.max(...hung.map((size) => size[by]));
  // The same room on the other side: the node stays in line with those before and behind it.
  return direction === 'right'
    ? { width: Math.max(own.width, along('width')), height: own.height + 2 * (GAP + most('height')) }
    : { width: own.width + 2 * (GAP + most('width')), height: Math.max(own.height, along('height')) };
}

/** Places of what hangs on a node that stands at `own`. */
export function hangingAt(doc: Doc, node: GraphNode, own: { x: number; y: number }, hangers: Hangers, direction: Direction, sizeOf: SizeOf) {
  const { width, height } = sizeOf(node);
  let next = 0;
  return sizesOf(doc, hangers.get(node.id) ?? [], sizeOf).map((size) => {
    const place = direction === 'right' ? { x: own.x + next, y: own.y + height + GAP } : { x: own.x + width + GAP, y: own.y + next };
    next += (direction === 'right' ? size.width : size.height) + BESIDE;
    return { id: size.id, ...place };
  });
}
