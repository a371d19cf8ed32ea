import { z } from 'zod';

/** Marks a field whose value must never be shown, logged or stored in the clear: `z.string().meta({ secret: true })`. */
const isSecret = (schema: z.ZodType): boolean => (schema.meta() as { secret?: unknown } | undefined)?.secret === true;

type Inner = { type: string; innerType?: z.ZodType; shape?: Record<string, z.ZodType>; element?: z.ZodType; valueType?: z.ZodType; options?: z.ZodType[]; in?: z.ZodType };
const defOf = (schema: z.ZodType): Inner => schema._zod.def as unknown as Inner;

type Replace = (value: unknown, pointer: string) => unknown;

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

function walk(schema: z.ZodType, value: unknown, pointer: string, replace: Replace): unknown {
  if (value === undefined || value === null) return value;
  if (isSecret(schema)) return replace(value, pointer);
  const { innerType, shape, element, valueType, options, in: input } = defOf(schema);
  const inner = innerType ?? input;
  if (inner) return walk(inner, value, pointer, replace);
  if (shape && isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shape[key] ? walk(shape[key], field, `${pointer}/${key}`, replace) : field]));
  if (element && Array.isArray(value)) return value.map((item, at) => walk(element, item, `${pointer}/${at}`, replace));
  if (valueType && isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, walk(valueType, field, `${pointer}/${key}`, replace)]));
  // A secret in any branch of a union counts in all of them: hiding too much is harmless.
  if (options) return options.reduce((found: unknown, option) => walk(option, found, pointer, replace), value);
  return value;
}

export const HIDDEN = '••••••';

/** The value with every secret field replaced, for eyes and logs. */
export const hideSecrets = (schema: z.ZodType, value: unknown): unknown => walk(schema, value, '', () => HIDDEN);

/** The secret fields of a value by JSON pointer. */
export function secretsIn(schema: z.ZodType, value: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  walk(schema, value, '', (secret, pointer) => ((found[pointer] = secret), HIDDEN));
  return found;
}

/** Puts secrets back where `secretsIn` found them. */
export const restoreSecrets = (schema: z.ZodType, value: unknown, secrets: Record<string, unknown>): unknown => walk(schema, value, '', (hidden, pointer) => secrets[pointer] ?? hidden);
