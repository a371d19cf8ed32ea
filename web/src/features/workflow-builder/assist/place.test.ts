import { expect, test } from 'vitest';
import { applyEdit } from '../graph/doc.ts';
import { graph, node, TYPES, uuid } from '../graph/fixtures.ts';
import { placed } from './place.ts';

const before = graph([node(1, 'trigger'), node(2)], '1>2');
const add = (layout?: { x: number; y: number }) => {
  const { layout: _, ...bare } = node(3);
  return applyEdit(before, { op: 'addNode', node: { ...bare, ...(layout ? { layout } : {}) } });
};

test('a proposed node stands where it was meant to be when nothing is there', () => {
  expect(placed(before, add({ x: 900, y: 0 }), TYPES.size).nodes[uuid(3)]!.layout).toEqual({ x: 900, y: 0 });
});

test('it moves down when its place is taken, and covers nothing there either', () => {
  const two = node(2).layout!;
  const { x, y } = placed(before, add(two), TYPES.size).nodes[uuid(3)]!.layout!;
  expect(x).toBe(two.x);
  expect(y).toBeGreaterThanOrEqual(two.y + TYPES.size(node(2)).height);
});

test('without a place it stands behind what leads to it', () => {
  const joined = applyEdit(add(), { op: 'connect', connection: { id: 'x', kind: 'flow', source: uuid(2), sourcePort: 'main', target: uuid(3), targetPort: 'main' } }); // prettier-ignore
  const { x, y } = placed(before, joined, TYPES.size).nodes[uuid(3)]!.layout!;
  expect(x).toBeGreaterThan(node(2).layout!.x + TYPES.size(node(2)).width);
  expect(y).toBe(node(2).layout!.y);
});

test('what was there before stays where it is', () => {
  expect(placed(before, before, TYPES.size)).toBe(before);
});
