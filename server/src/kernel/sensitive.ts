import type { z } from 'zod';

/** Marks a field whose value must never be shown, logged or stored in the clear: `z.string().meta({ secret: true })`. */
const isSecret = (schema: z.ZodType): boolean => (schema.meta() as { secret?: unknown } | undefined)?.secret === true;

interface Inner {
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  getter?: () => z.ZodType;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  items?: z.ZodType[];
  rest?: z.ZodType | null;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
}
const defOf = (schema: z.ZodType): Inner => schema._zod.def as unknown as Inner;

type Replace = (value: unknown, pointer: string) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const below = (pointer: string, key: string | number): string => `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Schemas that one value fits one of, or all of, or before and after it was parsed. A secret in any counts in all: hiding too much is harmless. */
function sides({ options, left, right, in: before, out }: Inner): z.ZodType[] | undefined {
  if (left && right) return [left, right];
  return before && out ? [before, out] : options;
}

function walk(schema: z.ZodType, value: unknown, pointer: string, replace: Replace): unknown {
  if (value === undefined || value === null) return value;
  if (isSecret(schema)) return replace(value, pointer);
  const def = defOf(schema);
  const inner = def.innerType ?? def.getter?.();
  if (inner) return walk(inner, value, pointer, replace);
  const several = sides(def);
  if (several) return several.reduce((found: unknown, side) => walk(side, found, pointer, replace), value);
  const partOf = partsOf(def);
  const part = (key: string | number, field: unknown): unknown => {
    const found = partOf(key);
    return found ? walk(found, field, below(pointer, key), replace) : field;
  };
  if (Array.isArray(value)) return value.map((item: unknown, at) => part(at, item));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, part(key, field)])) : value;
}

/** The schema of a field of an object or record, or of a place in a list or tuple. */
function partsOf({ shape, catchall, valueType, items, rest, element }: Inner): (key: string | number) => z.ZodType | null | undefined {
  if (shape) return (key) => (Object.hasOwn(shape, key) ? shape[key] : catchall);
  if (items) return (key) => items[Number(key)] ?? rest;
  return () => valueType ?? element;
}

export const HIDDEN = '••••••';

/** The value with every secret field replaced, for eyes and logs. */
export const hideSecrets = (schema: z.ZodType, value: unknown): unknown => walk(schema, value, '', () => HIDDEN);

/** The secret fields of a value by JSON pointer. */
export function secretsIn(schema: z.ZodType, value: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  // What was found stays in place, so that the next branch of a union finds it too, not its mask.
  walk(schema, value, '', (secret, pointer) => (found[pointer] = secret));
  return found;
}

/** Puts secrets back where `secretsIn` found them. */
export const restoreSecrets = (schema: z.ZodType, value: unknown, secrets: Record<string, unknown>): unknown =>
  walk(schema, value, '', (hidden, pointer) => secrets[pointer] ?? hidden);
