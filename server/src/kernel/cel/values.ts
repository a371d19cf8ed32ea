/** JSON as it flows through a workflow or stands in facts. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Lists as CEL has them, and the JSON they were made from; a list is looked through once however often it is read. */
const made = new WeakMap<readonly Json[], unknown[]>();
const origin = new WeakMap<object, Json>();

/** An object of JSON as CEL sees it, without a copy: what nobody reads is never converted. A key such as `constructor` is a key like others. */
class View extends Map<string, unknown> {
  readonly json: Readonly<Record<string, Json>>;
  constructor(json: Readonly<Record<string, Json>>) {
    super();
    this.json = json;
  }
  override get(key: string): unknown {
    return Object.hasOwn(this.json, key) ? toCel(this.json[key]) : undefined;
  }
  override has(key: string): boolean {
    return Object.hasOwn(this.json, key) && this.json[key] !== undefined;
  }
  override get size(): number {
    return Object.keys(this.json).length;
  }
  override keys(): MapIterator<string> {
    return Object.keys(this.json)[Symbol.iterator]();
  }
  override *values(): MapIterator<unknown> {
    for (const key of Object.keys(this.json)) yield toCel(this.json[key]);
  }
  override *entries(): MapIterator<[string, unknown]> {
    for (const key of Object.keys(this.json)) yield [key, toCel(this.json[key])];
  }
  override [Symbol.iterator](): MapIterator<[string, unknown]> {
    return this.entries();
  }
}
// CEL tells what a value is by its constructor.
Object.defineProperty(View.prototype, 'constructor', { value: Map });

function listOf(json: Json[]): unknown[] {
  const known = made.get(json);
  // A list that somebody still adds to is made again.
  if (known?.length === json.length) return known;
  const list = json.map(toCel);
  made.set(json, list);
  origin.set(list, json);
  return list;
}

/** JSON as CEL knows it: whole numbers are `int` (bigint), other numbers `double`. */
export function toCel(value: Json | undefined): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? listOf(value) : new View(value);
}

const numberOf = (value: bigint): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is too large for a number of JSON: write it as text`);
  return number;
};

const tagOf = (value: object): string => (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? '';

/** Values of CEL that JSON has no word for. */
function special(value: object): Json | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new RangeError('that is not a moment');
    return value.toISOString();
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const tag = tagOf(value);
  if (tag === 'optional') return toJson((value as { orValue: (other: null) => unknown }).orValue(null));
  if (tag.startsWith('Type<')) return (value as { name: string }).name;
  if (tag === 'google.protobuf.Duration') return String(value);
  if (tag.startsWith('value = ')) return numberOf((value as { valueOf: () => bigint }).valueOf());
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    const written = String(value);
    if (written !== '[object Object]') return written;
    throw new RangeError('a namespace of functions is not a value');
  }
  return undefined;
}

/** A value of CEL as JSON. Throws RangeError for what JSON cannot say. */
export function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      return numberOf(value);
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number of JSON`);
      return value;
    case 'object': {
      if (value === null) return null;
      const same = value instanceof View ? (value.json as Json) : origin.get(value);
      if (same !== undefined) return same;
      if (Array.isArray(value)) return value.map(toJson);
      if (value instanceof Map) return Object.fromEntries([...(value as Map<unknown, unknown>)].map(([key, one]) => [String(key), toJson(one)]));
      const other = special(value);
      return other === undefined ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)])) : other;
    }
    default:
      throw new RangeError(`a value of type ${typeof value} is not JSON`);
  }
}

/** A value as a part of a text: objects as JSON, null as nothing. */
export const toText = (value: Json): string => (typeof value === 'string' ? value : value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)); // prettier-ignore

/** Whether a value takes more than so many bytes as JSON, roughly and without writing it. */
export function isLarger(value: Json, bytes: number): boolean {
  let left = bytes;
  const spend = (one: Json | undefined): boolean => {
    if (typeof one === 'string') return (left -= one.length + 2) < 0;
    if (typeof one !== 'object' || one === null) return (left -= 6) < 0;
    if (Array.isArray(one)) return (left -= 2) < 0 || one.some(spend);
    for (const key in one) if ((left -= key.length + 4) < 0 || spend(one[key])) return true;
    return left < 0;
  };
  return spend(value);
}
