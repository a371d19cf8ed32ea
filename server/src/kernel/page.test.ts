import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageInput, toPage } from './page.ts';
import { Problem } from './problem.ts';
import './problems.ts';

const value = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));

test('a cursor comes back as it was given out', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      expect(JSON.stringify(decodeCursor(encodeCursor(values), values.length))).toBe(JSON.stringify(values));
    }),
  );
});

test('anything else is one clear refusal, never a crash', () => {
  const refusal = (cursor: string, length = 1): unknown => {
    try {
      return decodeCursor(cursor, length);
    } catch (error) {
      return error instanceof Problem ? error.slug : error;
    }
  };
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map((json) => Buffer.from(json).toString('base64url'))), (cursor) => {
      const found = refusal(cursor);
      expect(found === 'cursor-invalid' || (Array.isArray(found) && found.length === 1)).toBe(true);
    }),
  ); // prettier-ignore
  expect(refusal(encodeCursor(['a', 'b']))).toBe('cursor-invalid');
  expect(refusal(Buffer.from('[{"a":1}]').toString('base64url'))).toBe('cursor-invalid');
  expect(decodeCursor(undefined, 1)).toBeUndefined();
});

test('pages of any size, put together, are the whole list in order, each row once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (numbers, limit) => {
      const rows = numbers.toSorted((a, b) => a - b);
      const read = (cursor: string | undefined) => {
        const after = decodeCursor(cursor, 1)?.[0];
        const from = after === undefined ? rows : rows.filter((row) => row > Number(after));
        return toPage(from.slice(0, limit + 1), limit, (row) => [row], String);
      };
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = read(cursor);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(rows.map(String));
    }),
  );
});

test('the size of a page is 50 unless asked for, 1 to 200', () => {
  const input = z.object(pageInput);
  expect(input.parse({})).toEqual({ limit: 50 });
  expect(input.parse({ limit: '7' })).toEqual({ limit: 7 });
  for (const limit of [0, 201, 1.5, 'x']) expect(input.safeParse({ limit }).success).toBe(false);
});
