import { money } from '#lib/formats.ts';
import type { Json, Money, PlanField } from '#lib/types.ts';

export interface DiffLine {
  kind: 'same' | 'del' | 'ins';
  text: string;
}

/** Beyond this many lines on both sides a whole replacement is shown, since the table below grows with the product. */
const MOST = 2000;

/** Lengths of the longest common subsequence of every pair of ends of two lists of lines. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  }
  return table;
}

const all = (kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind, text }));

/** Lines of `after` against `before` by longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length * b.length > MOST * MOST) return [...all('del', a), ...all('ins', b)];
  const common = commonLengths(a, b);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (common[i + 1]![j]! >= common[i]![j + 1]!) lines.push({ kind: 'del', text: a[i++]! });
    else lines.push({ kind: 'ins', text: b[j++]! });
  }
  return [...lines, ...all('del', a.slice(i)), ...all('ins', b.slice(j))];
}

const isMoney = (value: object): value is Money =>
  Object.keys(value).length === 2 && 'amount' in value && 'currency' in value && typeof value.currency === 'string';

/** A value as text: strings as they are, lists of them one a line, amounts as people write them, all else as JSON. */
export function valueText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join('\n');
  return isMoney(value) ? money(value) : JSON.stringify(value, null, 2);
}

const present = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== '';

/** One line per field where it fits (`before → after`), several where a value has several. */
export function fieldLines(field: PlanField): DiffLine[] {
  const had = present(field.before);
  const has = present(field.after);
  if (had && has) return diffLines(valueText(field.before), valueText(field.after));
  return valueText(has ? field.after : field.before)
    .split('\n')
    .map((text) => ({ kind: has ? 'ins' : 'del', text }));
}
