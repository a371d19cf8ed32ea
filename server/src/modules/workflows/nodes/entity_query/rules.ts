import type { Json } from '../../graph.ts';

export type Item = Readonly<Record<string, Json>>;

/** What lies at a dotted path; null where nothing does. */
export const at = (item: Json, path: string): Json =>
  path
    .split('.')
    .reduce<Json>(
      (value, name) => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name) ? value[name]! : null),
      item,
    );

const rank = (value: Json): number => (value === null ? 2 : typeof value === 'number' ? 0 : 1);

/** Numbers before texts, what is absent last, whichever way. */
export function compare(a: Json, b: Json, down: boolean): number {
  if (rank(a) !== rank(b) || a === null) return rank(a) - rank(b);
  const [x, y] = [typeof a === 'number' ? a : String(a), typeof b === 'number' ? b : String(b)];
  return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
}

export const sorted = (items: readonly Json[], sort: string | undefined): Json[] => {
  if (sort === undefined) return [...items];
  const down = sort.startsWith('-');
  const path = sort.replace(/^-/, '');
  return items.toSorted((a, b) => compare(at(a, path), at(b, path), down));
};

export const picked = (items: readonly Json[], fields: readonly string[]): Json[] =>
  fields.length === 0 ? [...items] : items.map((item) => Object.fromEntries(fields.map((field) => [field, at(item, field)])));

export interface Measure {
  name: string;
  of: 'count' | 'sum' | 'min' | 'max' | 'avg';
  field?: string | undefined;
}

function measured(items: readonly Json[], { of, field = '' }: Measure): Json {
  if (of === 'count') return items.length;
  const numbers = items.map((item) => at(item, field)).filter((value) => typeof value === 'number');
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (of === 'sum') return sum;
  if (of === 'avg') return sum / numbers.length;
  return numbers.reduce((best, value) => (of === 'min' ? Math.min(best, value) : Math.max(best, value)));
}

/** One row for each combination of values that there is. */
export function grouped(items: readonly Json[], by: readonly string[], measures: readonly Measure[]): Json[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify(by.map((path) => at(item, path))));
  return [...groups].map(([key, members]) => {
    const values = JSON.parse(key) as Json[];
    return {
      ...Object.fromEntries(by.map((path, index) => [path, values[index]!])),
      ...Object.fromEntries(measures.map((measure) => [measure.name, measured(members, measure)])),
    };
  });
}

/** The oldest moment at which any of it was looked at; null for what is our own and never stale. */
export const observedAt = (items: readonly Json[]): string | null =>
  items.map((item) => at(item, 'lastObservedAt')).filter((value) => typeof value === 'string').toSorted()[0] ?? null; // prettier-ignore
