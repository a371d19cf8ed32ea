import { toJson, type Json } from '../values.ts';

/** A whole number that a function is given, whichever of CEL's numbers it is. Throws RangeError. */
export function whole(value: unknown, what: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw new RangeError(`${what} must be a whole number`);
  return number;
}

export const isNumber = (value: unknown): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

/** Entries of a map, as CEL or a literal made it. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)].map(([key, one]) => [String(key), one]);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new RangeError('that is not a map');
}

/** What lies at a dotted path in a value; null where nothing does. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (here instanceof Map) here = (here as Map<string, unknown>).get(key);
    else if (Array.isArray(here) && /^\d{1,6}$/.test(key)) here = (here as unknown[])[Number(key)];
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, key)) here = (here as Record<string, unknown>)[key];
    else return null;
  }
  return here ?? null;
}

/** Values that are equal have the same key. */
export const keyOf = (value: unknown): string => {
  const json: Json = typeof value === 'bigint' || typeof value === 'number' ? Number(value) : toJson(value);
  return JSON.stringify(json, (_key, one: Json) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
};

const written = (value: unknown): string => (typeof value === 'string' ? value : value instanceof Date ? value.toISOString() : keyOf(value));
const order = <T extends bigint | number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Numbers before texts, as they are counted or spelt; everything else by its JSON, null last. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  // CEL's numbers compare across their types.
  if (isNumber(a) && isNumber(b)) return order(a, b);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return order(written(a), written(b));
}
