import { expect, test } from 'vitest';
import type { Preview } from '#lib/types.ts';
import { countOf, sortedLines } from './sorted.ts';

const preview = (facts: Preview['plan']['facts']) => ({ plan: { facts } }) as Preview;

test('lines stand in the order of the file, each with what would become of it', () => {
  const lines = sortedLines(
    preview({
      created: [
        { name: 'LOG_LEVEL', line: 1 },
        { name: 'REGION', line: 4 },
      ],
      changed: [],
      skipped: [{ name: 'PORT', line: 2 }],
      invalid: [{ line: 3, name: null, reason: 'is not NAME=value' }],
    }),
  );
  expect(lines.map(({ line, verdict, name }) => [line, verdict, name])).toEqual([
    [1, 'created', 'LOG_LEVEL'],
    [2, 'skipped', 'PORT'],
    [3, 'invalid', null],
    [4, 'created', 'REGION'],
  ]);
  expect(lines[2]!.reason).toBe('is not NAME=value');
  expect([countOf(lines, 'created'), countOf(lines, 'changed')]).toEqual([2, 0]);
});

test('a plan that says nothing of lines has none', () => {
  expect(sortedLines(preview({}))).toEqual([]);
});
