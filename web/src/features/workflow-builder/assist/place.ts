import { at } from '../graph/acts.ts';
import type { Doc } from '../graph/doc.ts';
import type { SizeOf } from '../graph/layout.ts';
import type { GraphNode } from '../types.ts';

const GAP_X = 80;
const GAP_Y = 40;
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
const meet = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where a node that somebody proposed was meant to be: its own place, else behind what leads to it. */
function wantedAt(doc: Doc, node: GraphNode, sizeOf: SizeOf): { x: number; y: number } {
  if (node.layout) return node.layout;
  const line = Object.values(doc.connections).find(({ target }) => target === node.id);
  const before = doc.nodes[line?.source ?? ''];
  return before?.layout ? { x: before.layout.x + sizeOf(before).width + GAP_X, y: before.layout.y } : { x: 0, y: 0 };
}

/** `after` with each node that `before` did not have where it covers none of the others: further down where its place is taken. */
export function placed(before: Doc, after: Doc, sizeOf: SizeOf): Doc {
  const added = Object.values(after.nodes).filter(({ id }) => !before.nodes[id]);
  if (added.length === 0) return after;
  const boxOf = (node: GraphNode, { x, y }: { x: number; y: number }): Box => ({ x, y, ...sizeOf(node) });
  const kept = Object.values(after.nodes).filter(({ id, type }) => before.nodes[id] && type !== 'note');
  const boxes = kept.map((node) => boxOf(node, node.layout ?? { x: 0, y: 0 }));
  let doc = after;
  for (const node of added) {
    let box = boxOf(node, wantedAt(doc, node, sizeOf));
    for (let other = boxes.find((one) => meet(one, box)); other; other = boxes.find((one) => meet(one, box))) box = { ...box, y: other.y + other.height + GAP_Y }; // prettier-ignore
    boxes.push(box);
    doc = { ...doc, nodes: { ...doc.nodes, [node.id]: { ...node, layout: { ...node.layout, ...at(box.x, box.y) } } } };
  }
  return doc;
}
