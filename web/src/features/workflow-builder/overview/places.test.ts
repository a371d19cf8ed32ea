import { Position, type Edge } from '@xyflow/react';
import { expect, test } from 'vitest';
import type { FlowNode } from '../canvas/flow.ts';
import { around, layInto, MAP, seenOf } from './map.ts';
import { endsOf, nodeAt, within } from './places.ts';

const flow = (id: string, x: number, y: number, more: object = {}): FlowNode =>
  ({ id, type: 'step', position: { x, y }, width: 200, height: 80, data: {}, ...more }) as unknown as FlowNode;
const port = (type: 'source' | 'target', position: Position, x: number, y: number, id = 'main') => ({
  id,
  type,
  position,
  x,
  y,
  width: 10,
  height: 10,
});

test('what lies at a point is the last drawn step there, and a note only where no step is', () => {
  const nodes = [flow('note', -50, -50, { type: 'note', width: 500, height: 300 }), flow('a', 0, 0), flow('b', 150, 0)];
  expect(nodeAt(nodes, { x: 10, y: 10 })).toBe('a');
  expect(nodeAt(nodes, { x: 160, y: 10 })).toBe('b');
  expect(nodeAt(nodes, { x: 400, y: 200 })).toBe('note');
  expect(nodeAt(nodes, { x: 451, y: 200 })).toBeNull();
  expect(nodeAt([...nodes].reverse(), { x: 10, y: 10 })).toBe('a');
});

test('an area holds what it touches, be it by a corner', () => {
  const nodes = [flow('a', 0, 0), flow('b', 300, 0), flow('c', 0, 200)];
  expect(within(nodes, { x: -10, y: -10, width: 310, height: 20 })).toEqual(['a', 'b']);
  expect(within(nodes, { x: 210, y: 90, width: 80, height: 100 })).toEqual([]);
});

test('a line runs from the outward side of one port to that of another; without one of them it is not there', () => {
  const from = flow('a', 100, 0, { handles: [port('source', Position.Right, 195, 35), port('source', Position.Bottom, 95, 75, 'tools')] });
  const to = flow('b', 500, 100, { handles: [port('target', Position.Left, -5, 35)] });
  const edge = (more: Partial<Edge> = {}): Edge => ({ id: 'e', source: 'a', target: 'b', sourceHandle: 'main', targetHandle: 'main', ...more });
  expect(endsOf(edge(), from, to)).toEqual({
    sourceX: 305,
    sourceY: 40,
    sourcePosition: 'right',
    targetX: 495,
    targetY: 140,
    targetPosition: 'left',
    targetHandleId: 'main',
  });
  expect(endsOf(edge({ sourceHandle: 'tools' }), from, to)).toMatchObject({ sourceX: 200, sourceY: 85, sourcePosition: 'bottom' });
  expect(endsOf(edge({ sourceHandle: 'gone' }), from, to)).toBeNull();
  expect(endsOf(edge(), from, undefined)).toBeNull();
});

test('the map holds the graph and what is seen, in its middle and undistorted', () => {
  const seen = seenOf({ x: -200, y: 100, zoom: 0.5, width: 800, height: 600 });
  expect(seen).toEqual({ x: 400, y: -200, width: 1_600, height: 1_200 });
  const whole = around([{ x: 0, y: 0, width: 100, height: 100 }, seen]);
  expect(whole).toEqual({ x: 0, y: -200, width: 2_000, height: 1_200 });
  const { scale, x, y } = layInto(whole);
  const corners = [[whole.x, whole.y], [whole.x + whole.width, whole.y + whole.height]].map(([left, top]) => [left! * scale + x, top! * scale + y]); // prettier-ignore
  expect(corners[0]![0]! + corners[1]![0]!).toBeCloseTo(MAP.width);
  expect(corners[0]![1]! + corners[1]![1]!).toBeCloseTo(MAP.height);
  expect(Math.min(...corners[0]!)).toBeCloseTo(6);
});

test('a map of nothing has a size all the same', () => {
  expect(layInto({ x: 0, y: 0, width: 0, height: 0 })).toMatchObject({ x: 75, y: 50 });
});
