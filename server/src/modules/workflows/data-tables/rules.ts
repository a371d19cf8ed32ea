import { z } from 'zod';
import type { Json } from '../graph.ts';

export const COLUMN_TYPES = ['text', 'integer', 'number', 'boolean', 'timestamp', 'json'] as const;

export const Column = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Lower case letters, digits and underscores, beginning with a letter; at most 40'),
  type: z.enum(COLUMN_TYPES),
  required: z.boolean().default(false),
  /** Names the row: no two rows have the same. Text or integer, at most one column. */
  key: z.boolean().default(false),
});
export type Column = z.output<typeof Column>;

export const ROWS_AT_ONCE = 500;
/** Bytes of JSON. */
const ROW_SIZE = 65_536;
const KEY_LENGTH = 500;

/** What is wrong with columns as a whole, or null. */
export function columnsFault(columns: readonly Column[]): string | null {
  if (new Set(columns.map(({ name }) => name)).size < columns.length) return 'two columns have the same name';
  if (columns.some(({ name }) => name === 'id')) return '"id" is what every row has already';
  const keys = columns.filter(({ key }) => key);
  if (keys.length > 1) return 'at most one column is the key';
  return keys.some(({ type }) => type !== 'text' && type !== 'integer') ? 'the key is text or an integer' : null;
}

/** What is wrong with putting `next` in the place of `before`, or null: columns are added and keep what they are. */
export function extensionFault(before: readonly Column[], next: readonly Column[]): string | null {
  for (const { name, type, key } of before) {
    const now = next.find((column) => column.name === name);
    if (now?.type !== type || now.key !== key) return `column "${name}" cannot be taken away or become another`;
  }
  const added = next.filter(({ name }) => !before.some((column) => column.name === name));
  const bad = added.find(({ required, key }) => required || key);
  return bad ? `column "${bad.name}" cannot be required or the key: rows that are there do not have it` : columnsFault(next);
}

const FITS: Record<Column['type'], (value: Json) => Json | undefined> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  integer: (value) => (Number.isSafeInteger(value) ? value : undefined),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  timestamp: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined,
  json: (value) => value,
}; // prettier-ignore

export interface Faulty {
  pointer: string;
  message: string;
}

/** One value as it is kept, undefined where there is none, or why it does not fit. */
function fitValue({ type, required, key }: Column, value: Json | undefined): { kept: Json | undefined } | { why: string } {
  if (value === undefined || value === null) return required || key ? { why: 'A value is needed' } : { kept: value };
  const kept = FITS[type](value);
  if (kept === undefined) return { why: `Not of type ${type}` };
  return key && String(kept).length > KEY_LENGTH ? { why: `Longer than ${KEY_LENGTH}` } : { kept };
}

type Fitted = { content: Record<string, Json> } | { faults: Faulty[] };

/** The values of one row as they are kept, or what does not fit. `partial`: only what is said is looked at. */
export function fitRow(columns: readonly Column[], row: Readonly<Record<string, Json>>, at: string, partial = false): Fitted {
  const unknown = Object.keys(row).filter((name) => !columns.some((column) => column.name === name));
  const faults: Faulty[] = unknown.map((name) => ({ pointer: `${at}/${name}`, message: 'There is no such column' }));
  const content: Record<string, Json> = {};
  for (const column of columns) {
    const { name } = column;
    if (partial && row[name] === undefined) continue;
    const found = fitValue(column, row[name]);
    if ('why' in found) faults.push({ pointer: `${at}/${name}`, message: found.why });
    else if (found.kept !== undefined) content[name] = found.kept;
  }
  if (JSON.stringify(content).length > ROW_SIZE) faults.push({ pointer: at, message: `Larger than ${ROW_SIZE} bytes` });
  return faults.length > 0 ? { faults } : { content };
}

export const keyOf = (columns: readonly Column[], content: Readonly<Record<string, Json>>): string | null => {
  const column = columns.find(({ key }) => key);
  return column ? String(content[column.name]) : null;
};
