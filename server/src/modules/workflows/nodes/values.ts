import type { Json } from '../graph.ts';

export type Fields = { [key: string]: Json };
export const isFields = (value: Json | undefined): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An expression stands in it: what it is will be known when it runs. */
export const isOpen = (value: Json | undefined): boolean => typeof value === 'string' && value.includes('{{');

/** The same content has the same text, whatever the order of its fields. */
export const canonical = (value: Json): string =>
  JSON.stringify(value, (_key, one: Json) => (isFields(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));

/** Numbers by size, texts by spelling, everything else by what it is written as; null last. */
export function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : 0;
  const [first, second] = [a, b].map((one) => (typeof one === 'string' ? one : canonical(one))) as [string, string];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The list that a node is to walk. */
export const KIND: (value: Json) => string = (value) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`); // prettier-ignore
