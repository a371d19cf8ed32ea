import { expect, test } from 'vitest';
import { nodeIn } from './node.ts';

test('the node is found in what ZeroTier prints, or in what is typed, and in nothing else', () => {
  expect([nodeIn('200 info d1d2d3d4d5 1.14.0 ONLINE'), nodeIn(' D1D2D3D4D5\n')]).toEqual(['d1d2d3d4d5', 'd1d2d3d4d5']);
  for (const other of ['', '200 info d1d2d3d4 1.14.0', '8056c2e21c00b001', 'zerotier-cli: command not found']) expect(nodeIn(other)).toBeUndefined();
});
