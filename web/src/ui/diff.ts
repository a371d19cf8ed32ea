import type { Json, PlanField } from '#lib/types.ts';

export interface DiffLine {
  kind: 'same' | 'del' | 'ins';
  text: string;
}

/** Beyond this many lines on both sides a whole replacement is shown, since the table below grows with the product. */
const MOST = 2000;

/** Lines of `after` against `before` by longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  if (a.length * b.length > MOST * MOST)
    return [...a.map((text): DiffLine => ({ kind: 'del', text })), ...b.map((text): DiffLine => ({ kind: 'ins', text }))];
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) lines.push({ kind: 'del', text: a[i++]! });
    else lines.push({ kind: 'ins', text: b[j++]! });
  }
  return lines;
}

/** A value as text: strings as they are, all else as JSON. */
export const valueText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : String(value ?? '');

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
