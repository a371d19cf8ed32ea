import { expect, test } from 'vitest';
import { viewOf } from './use-reveal.ts';

const area = { width: 800, height: 600 };
const box = (x: number, y: number) => ({ x, y, width: 200, height: 80 });

test('what is seen whole stays where it is', () => {
  expect(viewOf(box(100, 100), { x: 0, y: 0, zoom: 1 }, area)).toEqual({ x: 0, y: 0, zoom: 1 });
});

test('what is beyond an edge is brought inside it by as little as possible', () => {
  expect(viewOf(box(700, 100), { x: 0, y: 0, zoom: 1 }, area)).toEqual({ x: -124, y: 0, zoom: 1 });
  expect(viewOf(box(-10, 590), { x: 0, y: 0, zoom: 1 }, area)).toEqual({ x: 34, y: -94, zoom: 1 });
  expect(viewOf(box(300, 0), { x: 100, y: 50, zoom: 2 }, area)).toEqual({ x: -224, y: 50, zoom: 2 });
});

test('what is larger than the view begins in it', () => {
  expect(viewOf({ ...box(700, 0), width: 900 }, { x: 0, y: 0, zoom: 1 }, area)).toEqual({ x: -676, y: 0, zoom: 1 });
});

test('what is too small to read is made larger, and stands in the middle', () => {
  expect(viewOf(box(1_000, 1_000), { x: 0, y: 0, zoom: 0.2 }, area)).toEqual({ x: -150, y: -220, zoom: 0.5 });
});
