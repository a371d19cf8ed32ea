import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dragged, held, squareOf, WHOLE } from './crop.ts';

test('at first the largest square in the middle is taken', () => {
  expect(squareOf(WHOLE, 400, 300)).toEqual({ x: 50, y: 0, side: 300 });
  expect(squareOf(WHOLE, 300, 400)).toEqual({ x: 0, y: 50, side: 300 });
});

test('twice the size shows half the side', () => {
  expect(squareOf({ ...WHOLE, zoom: 2 }, 400, 400)).toEqual({ x: 100, y: 100, side: 200 });
});

test('dragging to the right shows what is further left', () => {
  const view = dragged({ ...WHOLE, zoom: 2 }, [50, 0], 200, 400, 400);
  expect(squareOf(view, 400, 400)).toEqual({ x: 50, y: 100, side: 200 });
});

test('the square never leaves the picture', () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(number, number, number, fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (x, y, zoom, width, height) => {
      const { x: left, y: top, side } = squareOf({ x, y, zoom }, width, height);
      const inside = left >= -1e-6 && top >= -1e-6 && left + side <= width + 1e-6 && top + side <= height + 1e-6 && side > 0;
      expect(inside).toBe(true);
      expect(held(held({ x, y, zoom }, width, height), width, height)).toEqual(held({ x, y, zoom }, width, height));
    }),
  );
});
