import { z } from 'zod';
import type { Leaf } from '../../expressions/index.ts';
import { byConfig, type AnyNodeType, type RawConfig } from '../../nodes/declare.ts';
import type { JsonSchema } from '../schema.ts';

/** Types of JSON that a type of CEL becomes; undefined when that is seen only when it runs. */
const BECOMES: Readonly<Record<string, string>> = {
  bool: 'boolean', string: 'string', int: 'number', uint: 'number', double: 'number', null: 'null', bytes: 'string', type: 'string',
  'google.protobuf.Timestamp': 'string', 'google.protobuf.Duration': 'string', IP: 'string', CIDR: 'string', Semver: 'string',
}; // prettier-ignore

const becomes = (cel: string): string | undefined => {
  if (cel.startsWith('list')) return 'array';
  if (cel.startsWith('map')) return 'object';
  return BECOMES[cel];
};

const NAMED: Readonly<Record<string, string>> = { array: 'a list', object: 'an object', boolean: 'true or false', number: 'a number', string: 'a text', null: 'null' }; // prettier-ignore

/** Types of JSON that a field takes; undefined for any. A bare expression says so itself, since its field is a text. */
export function expectedOf({ mark, schemas }: Leaf): ReadonlySet<string> | undefined {
  const told = mark === 'expr' ? schemas.map((schema) => schema['expects']) : schemas.map(({ type }) => type);
  if (told.length === 0 || told.some((one) => one === undefined)) return undefined;
  return new Set(told.flat().map((one) => (one === 'integer' ? 'number' : String(one))));
}

/** Why a value of a type of CEL does not fit a field; a text takes everything, since it is written out. */
export function typeFault(cel: string, expected: ReadonlySet<string> | undefined): string | undefined {
  const is = becomes(cel);
  if (is === undefined || expected === undefined || expected.has(is) || expected.has('string')) return undefined;
  return `The field takes ${[...expected].map((one) => NAMED[one] ?? one).join(' or ')}, and the expression gives ${NAMED[is]}`;
}

const known = new WeakMap<z.ZodType, JsonSchema>();

function schemaOf(type: z.ZodType): JsonSchema {
  let schema = known.get(type);
  if (!schema) known.set(type, (schema = z.toJSONSchema(type, { io: 'output', unrepresentable: 'any', reused: 'inline' }) as JsonSchema));
  return schema;
}

/** The first name of a path that an output never has; undefined when it has all, or nobody can tell. */
export function unknownField({ output }: AnyNodeType, config: RawConfig, names: readonly string[]): string | undefined {
  if (output === undefined || names.length === 0) return undefined;
  let here: JsonSchema | undefined;
  try {
    here = schemaOf(byConfig(output, config));
  } catch {
    return undefined;
  }
  for (const name of names) {
    if (here?.type !== 'object' || !here.properties || here.additionalProperties !== false) return undefined;
    if (!Object.hasOwn(here.properties, name)) return `There is no "${name}"`;
    here = here.properties[name];
  }
  return undefined;
}
