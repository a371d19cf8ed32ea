import { expect, test } from 'vitest';
import { createCache } from './cache.ts';

const at = { ms: 0 };
const make = (max = 10) => {
  at.ms = 0;
  return createCache<number>({ ttlMs: 100, max, now: () => new Date(at.ms) });
};

test('a value is loaded once until it is too old', async () => {
  const cache = make();
  let loads = 0;
  const read = () => cache.read('a', async () => (loads += 1));
  expect([await read(), await read()]).toEqual([1, 1]);
  at.ms = 99;
  expect(await read()).toBe(1);
  at.ms = 100;
  expect(await read()).toBe(2);
});

test('a value whose load began before a clear is answered but not kept', async () => {
  const cache = make();
  let release = (_value: number): void => undefined;
  const slow = cache.read('a', () => new Promise<number>((resolve) => (release = resolve)));
  cache.clear();
  release(1);
  expect(await slow).toBe(1);
  expect(await cache.read('a', async () => 2)).toBe(2);
});

test('the oldest entry makes room, and a failed load leaves nothing', async () => {
  const cache = make(2);
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const)
    await cache.read(key, async () => value);
  expect(await cache.read('b', async () => 0)).toBe(2);
  expect(await cache.read('a', async () => 9)).toBe(9);
  await expect(cache.read('x', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await cache.read('x', async () => 5)).toBe(5);
});
