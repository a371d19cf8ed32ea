import { z } from 'zod';
import type { AnyOperation } from '#kernel/operation.ts';
import type { Json } from '../../graph.ts';
import { isFields } from '../../nodes/values.ts';
import { declaredRisk, type Published } from './find.ts';
import { Ran, runOperation } from './run.ts';

/** Words of JSON Schema that mean something to us or to the document in which the schema stands, and would mislead there. */
const OURS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$dynamicRef',
  '$defs',
  'definitions',
  'secret',
  'default',
]);
/** Words below which there are schemas by names that are the tenant's own. */
const NAMED: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Words whose values are no schemas, whatever they look like. */
const VALUES: ReadonlySet<string> = new Set(['enum', 'const', 'examples', 'required']);

/** Without those words, however deep they stand. */
function bare(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(bare);
  if (!isFields(schema)) return schema;
  const inside = (key: string, value: Json): Json => {
    if (VALUES.has(key)) return value;
    return NAMED.has(key) && isFields(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, bare(one)])) : bare(value);
  };
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !OURS.has(key)).map(([key, value]) => [key, inside(key, value)]));
} // prettier-ignore

/** A tenant's schema as documents show it. One that points into itself would point elsewhere there, so of that only the kind is told. */
function shown(schema: Json | undefined): Record<string, Json> {
  if (!isFields(schema)) return {};
  if (JSON.stringify(schema).includes('"$ref"')) return typeof schema['type'] === 'string' ? { type: schema['type'] } : {};
  return bare(schema) as Record<string, Json>;
}

const asksForSome = (schema: Json | undefined): boolean => isFields(schema) && Array.isArray(schema['required']) && schema['required'].length > 0;

/** The Operation with all that its forms, tools and documents say of it. */
export function declaredOperation(published: Published): AnyOperation {
  const { slug, name, version, description, config } = published;
  const { inputSchema, outputSchema } = config;
  const inputs = { title: 'Inputs', help: `What the workflow takes`, ...shown(inputSchema) };
  const given = z.unknown().refine((value) => value !== undefined, 'Required');
  const outputs = outputSchema === undefined ? z.unknown() : z.unknown().meta({ anyOf: [shown(outputSchema), { type: 'null' }] });
  const said = typeof config['description'] === 'string' ? config['description'] : description;
  return {
    ...runOperation(slug, declaredRisk(published)),
    summary: `Run ${name.replace(/\.+$/, '')}`,
    description: [said, `A workflow of this tenant, version ${version}: what it does passes the Gate by itself. Answers its outputs if it ends in time, else where it can be followed.`].filter((text) => text !== '').join('\n\n'),
    input: z.object({ inputs: asksForSome(inputSchema) ? given.meta(inputs) : z.unknown().default({}).meta(inputs) }),
    output: Ran.extend({ outputs: outputs.optional() }),
  };
} // prettier-ignore
