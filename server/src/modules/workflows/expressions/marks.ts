import { z } from 'zod';
import type { Json } from '../graph.ts';
import type { AnyNodeType } from '../nodes/declare.ts';
import type { JsonSchema } from '../validation/schema.ts';

/** How a field is written: bare CEL, text with `{{ }}`, a secret, or as it stands. */
type Mark = 'expr' | 'tpl' | 'secret' | 'none';

const known = new WeakMap<AnyNodeType, JsonSchema>();

/** The schema of a type's configuration, with `expression`, `widget` and `help` of its fields. */
export function configSchemaOf(type: AnyNodeType): JsonSchema {
  let schema = known.get(type);
  if (!schema) {
    const { $schema: _dialect, ...rest } = z.toJSONSchema(type.config as z.ZodObject, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    known.set(type, (schema = rest as JsonSchema));
  }
  return schema;
}

/** Whether a branch of a union is meant: what it says of constants holds. */
function fits(schema: JsonSchema, value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return schema.type !== 'object' || typeof value === 'string';
  if (schema.type !== undefined && schema.type !== 'object') return false;
  return Object.entries(schema.properties ?? {}).every(
    ([key, { const: only }]) => only === undefined || value[key] === undefined || value[key] === only,
  );
}

/** The schemas that a value may be meant for, unions and references opened. */
function branchesOf(schema: JsonSchema, root: JsonSchema, value: Json, depth = 0): JsonSchema[] {
  if (depth > 8) return [];
  const reference = typeof schema['$ref'] === 'string' ? schema['$ref'] : undefined;
  if (reference !== undefined) {
    const target = reference === '#' ? root : (root['$defs'] as Record<string, JsonSchema> | undefined)?.[reference.slice('#/$defs/'.length)];
    return target ? branchesOf(target, root, value, depth + 1) : [];
  }
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  if (branches.length === 0) return [schema];
  const { anyOf: _any, oneOf: _one, ...own } = schema;
  const open = branches.flatMap((branch) => branchesOf(branch, root, value, depth + 1));
  const meant = open.filter((branch) => fits(branch, value));
  return (meant.length > 0 ? meant : open).map((branch) => ({ ...own, ...branch }));
}

/** The schemas of a field or an element of what these are the schemas of. */
function below(schemas: readonly JsonSchema[], key: string | number): JsonSchema[] {
  return schemas.flatMap((schema) => {
    if (typeof key === 'number') return schema.items ? [schema.items] : [];
    const own = schema.properties?.[key];
    if (own) return [own];
    return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  });
}

const markOf = (schemas: readonly JsonSchema[], inherited: Mark | undefined): Mark | undefined =>
  (schemas.find((schema) => schema['expression'] !== undefined)?.['expression'] as Mark | undefined) ?? inherited;

/** A text in a configuration, with how it is written and what it is to become. */
export interface Leaf {
  text: string;
  mark: Mark;
  /** JSON Pointer into the configuration. */
  pointer: string;
  schemas: readonly JsonSchema[];
}

/** A key as JSON Pointer writes it (RFC 6901). */
export const escaped = (key: string | number): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** Every text of a configuration. */
export function leavesOf(type: AnyNodeType, config: Readonly<Record<string, Json>>): Leaf[] {
  const root = configSchemaOf(type);
  const leaves: Leaf[] = [];
  const visit = (value: Json, schemas: readonly JsonSchema[], inherited: Mark | undefined, pointer: string): void => {
    const meant = schemas.flatMap((schema) => branchesOf(schema, root, value));
    const mark = markOf(meant, inherited);
    if (typeof value === 'string') leaves.push({ text: value, mark: mark ?? 'tpl', pointer, schemas: meant });
    else if (Array.isArray(value)) value.forEach((one, index) => visit(one, below(meant, index), mark, `${pointer}/${index}`));
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) visit(one, below(meant, key), mark, `${pointer}/${escaped(key)}`);
  };
  visit(config, [root], undefined, '');
  return leaves;
}
