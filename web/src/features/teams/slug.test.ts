import { expect, test } from 'vitest';
import { slugOf } from './slug.ts';

test('a short name follows from a name, and is one that the server takes', () => {
  expect(['Change board', '  Bördeschützen & Co. ', '24/7 Ops', '---', 'x'.repeat(90)].map(slugOf)).toEqual([
    'change-board',
    'bordeschutzen-co',
    'ops',
    '',
    'x'.repeat(63),
  ]);
});
