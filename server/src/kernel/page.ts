import { z } from 'zod';
import { Problem } from './problem.ts';

/** Yes or no, as JSON or a query says it: `false` and `0` are no. */
export const queryFlag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).or(z.boolean());

/** Fields every list takes; spread them into its input. */
export const pageInput = {
  cursor: z.string().max(512).optional().meta({ title: 'Cursor', help: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ title: 'Page size' }),
};

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A cursor is the sort values of the last row; opaque to callers, checked when it comes back. */
export const encodeCursor = (values: readonly (string | number | null)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

export function decodeCursor(cursor: string | undefined, length: number): (string | number | null)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const good =
      Array.isArray(values) && values.length === length && values.every((v) => v === null || typeof v === 'string' || typeof v === 'number');
    if (good) return values as (string | number | null)[];
  } catch {
    // falls through to the one answer for every broken cursor
  }
  throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
}

/** Cut `limit + 1` rows into a page. */
export function toPage<R, T>(rows: readonly R[], limit: number, cursorOf: (row: R) => readonly (string | number | null)[], map: (row: R) => T) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(map), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}
