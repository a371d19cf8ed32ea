import { expect, test } from 'vitest';
import { createBerths } from './berths.ts';

const never = () => new Promise<void>(() => undefined);

test('so many at once with one key, and so many with all; whoever is beyond is told, and a place that was left is free', async () => {
  const berth = createBerths({ each: 2, all: 3 }, () => new Error('full'));
  let leave = (): void => undefined;
  const first = berth('a', () => new Promise<string>((done) => (leave = () => done('done'))));
  void berth('a', never);
  await expect(berth('a', never)).rejects.toThrow('full');
  void berth('b', never);
  await expect(berth('c', never)).rejects.toThrow('full');
  leave();
  expect(await first).toBe('done');
  await expect(berth('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await berth('a', () => Promise.resolve('again'))).toBe('again');
});
