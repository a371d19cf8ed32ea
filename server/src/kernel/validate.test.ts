import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineOperation, type AnyOperation } from './operation.ts';
import { Problem, type FieldError } from './problem.ts';
import './problems.ts';
import { validated } from './validate.ts';

const operation = defineOperation({
  name: 'lamps.light',
  summary: 'Light a lamp',
  permission: 'lamps:light',
  risk: 'read',
  input: z.object({ name: z.string().min(1), 'a/b~c': z.number().optional(), nested: z.object({ list: z.array(z.int()) }).optional() }),
  output: z.object({}),
  targets: 'none',
  run: async () => ({}),
});

function faults(raw: unknown): FieldError[] {
  try {
    validated(operation, raw);
    return [];
  } catch (error) {
    if (!(error instanceof Problem) || error.slug !== 'validation-failed') throw error;
    return [...(error.extras.errors ?? [])];
  }
}
const pointers = (raw: unknown): string[] => faults(raw).map(({ pointer }) => pointer);

test('what fits comes back as the schema reads it', () => {
  expect(validated(operation, { name: 'x', nested: { list: [1] } })).toEqual({ name: 'x', nested: { list: [1] } });
});

test('each fault has a JSON pointer (RFC 6901) to its field', () => {
  expect(pointers({})).toEqual(['/name']);
  expect(pointers({ name: 'x', 'a/b~c': 'no' })).toEqual(['/a~1b~0c']);
  expect(pointers({ name: 'x', nested: { list: [1, 'two', 3.5] } })).toEqual(['/nested/list/1', '/nested/list/2']);
});

test('a field that does not exist is refused by its own name', () => {
  expect(pointers({ name: 'x', nmae: 1, colour: 2 })).toEqual(['/nmae', '/colour']);
  expect(faults({ name: 'x', nmae: 1 })[0]!.message).toBe('There is no such field');
});

test('nothing sent is an empty input; a list or a text is a fault of the whole', () => {
  expect(pointers(undefined)).toEqual(['/name']);
  expect(pointers(null)).toEqual(['/name']);
  expect(pointers([])).toEqual(['']);
  expect(pointers('text')).toEqual(['']);
});

test('at most a hundred faults are told', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, n]));
  expect(() => validated(operation, { name: 'x', ...many })).toThrow(/\(and 99 more\)/);
  expect(faults({ name: 'x', ...many })).toHaveLength(100);
});

test('whatever comes in, it is either valid or a validation problem', () => {
  fc.assert(
    fc.property(fc.anything(), (raw) => {
      const found = faults(raw);
      for (const { pointer, message } of found) {
        expect(pointer === '' || pointer.startsWith('/')).toBe(true);
        expect(message).not.toBe('');
      }
    }),
  );
});

test('text that no database keeps is refused with its place: NUL, half characters, in values and in keys', () => {
  const texts = {
    name: 'x.y',
    input: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  } as unknown as AnyOperation;
  for (const input of [{ name: 'a\0b' }, { name: '\ud800' }, { name: 'fine', labels: { 'k\0': 'v' } }, { name: 'fine', labels: { k: '\udfff' } }]) {
    expect(() => validated(texts, input)).toThrow(/not text/);
  }
  expect(validated(texts, { name: '😀' })).toMatchObject({ name: '😀' });
});
