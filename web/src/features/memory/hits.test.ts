import { expect, test } from 'vitest';
import { bestOf, excerptOf } from './hits.ts';
import type { MemoryHit } from './types.ts';

const hit = (id: string, score: number) => ({ id, score }) as MemoryHit;

test('what several spaces found stands together, the best first, each once, and not more than a few', () => {
  expect(bestOf([[hit('a', 0.4)], [hit('b', 0.9), hit('a', 0.4)]]).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(bestOf([Array.from({ length: 9 }, (_, at) => hit(String(at), at / 10))]).map(({ id }) => id)).toEqual(['8', '7', '6', '5', '4']);
});

test('of a long text the part is shown that has the word, and the beginning where none has', () => {
  const long = `${'first words of it. '.repeat(30)}The maintenance window is on Sunday.`;
  expect(excerptOf(long, 'maintenance')).toMatch(/^… .*The maintenance window is on Sunday\.$/);
  expect(excerptOf(long, 'nothing')).toBe(long.slice(0, 320));
  expect(excerptOf('short\n text', 'text')).toBe('short text');
});
