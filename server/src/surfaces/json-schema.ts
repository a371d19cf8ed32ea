import { z } from 'zod';
import type { AnyOperation } from '#kernel/operation.ts';

/** JSON Schema 2020-12, as far as we read it ourselves. */
export interface JsonSchema {
  [keyword: string]: unknown;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  enum?: unknown[];
  additionalProperties?: boolean | JsonSchema;
  description?: string;
  title?: string;
  default?: unknown;
}

/** Zod writes a long pattern beside these formats and the bounds of a double beside every integer; readers gain nothing from them. */
const FORMATS = new Set(['uuid', 'date-time', 'date', 'time', 'email', 'duration']);
const SAFE_INTEGER = Number.MAX_SAFE_INTEGER;

/** The schema without what readers gain nothing from. */
export function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (node === null || typeof node !== 'object') return node;
  const { $schema: _dialect, ...schema } = node as Record<string, unknown>;
  if (FORMATS.has(schema['format'] as string)) delete schema['pattern'];
  if (schema['minimum'] === -SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === SAFE_INTEGER) delete schema['maximum'];
  // `help` is our word in forms; every other reader of JSON Schema knows `description`.
  if (typeof schema['help'] === 'string' && schema['description'] === undefined) schema['description'] = schema['help'];
  return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, key === 'default' || key === 'examples' ? inner : tidy(inner)]));
}

const convert = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  tidy(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })) as JsonSchema;

export interface Schemas {
  input: JsonSchema & { properties: Record<string, JsonSchema> };
  output: JsonSchema;
}

const known = new WeakMap<AnyOperation, Schemas>();

/** Both schemas of an operation; converted once, since every surface asks for them again and again. */
export function schemasOf(operation: AnyOperation): Schemas {
  const found = known.get(operation);
  if (found) return found;
  const input = convert(operation.input, 'input');
  const schemas: Schemas = {
    input: { ...input, properties: input.properties ?? {}, additionalProperties: false },
    output: convert(operation.output, 'output'),
  };
  known.set(operation, schemas);
  return schemas;
}

/** The schema behind references inside one document. */
export const resolve = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const name = schema.$ref?.startsWith('#/$defs/') ? schema.$ref.slice('#/$defs/'.length) : undefined;
  const target = name === undefined ? undefined : root.$defs?.[name];
  return target ? resolve(target, root) : schema;
};

/** Alternatives of a union; a tagged union is written as `oneOf`. */
export const branchesOf = ({ anyOf = [], oneOf = [] }: JsonSchema): JsonSchema[] => [...anyOf, ...oneOf];

/** Types that a value may have, through references and unions. */
export function typesOf(schema: JsonSchema, root: JsonSchema): ReadonlySet<string> {
  const found = resolve(schema, root);
  const types = new Set(typeof found.type === 'string' ? [found.type] : (found.type ?? []));
  for (const branch of branchesOf(found)) for (const type of typesOf(branch, root)) types.add(type);
  if (types.size === 0 && found.enum) for (const value of found.enum) types.add(typeof value);
  return types;
}
