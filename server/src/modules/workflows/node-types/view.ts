import { z } from 'zod';
import { sha256 } from '#kernel/ids.ts';
import { configSchemaOf } from '../expressions/index.ts';
import { Json } from '../graph.ts';
import { byConfig, type AnyNodeType, type PortDeclaration, type PortRule, type RawConfig } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { JsonSchema } from '../validation/schema.ts';

const Schema = z.record(z.string(), z.unknown());
const Told = z.unknown();

/** A node type as the builder, the palette and documentation read it. */
export const NodeTypeView = z.object({
  type: z.string(),
  version: z.int(),
  label: z.string(),
  icon: z.string().meta({ help: 'Name of a lucide icon' }),
  category: z.string(),
  summary: z.string(),
  docs: z.string().meta({ help: 'Markdown' }),
  effect: Told.meta({ help: 'pure, read, effect, wait or none; or { field, values, otherwise } where a field decides' }),
  inputs: Told.meta({ help: 'Ports; or a rule such as { kind: "count", field, prefix }' }),
  outputs: Told.meta({ help: 'Ports; or a rule such as { kind: "cases", field, always }' }),
  defaults: z.record(z.string(), Json),
  example: z.record(z.string(), Json),
  schema: Schema.meta({ help: 'JSON Schema of the configuration; fields say by `expression` how they are written' }),
  output: Schema.nullable().meta({ help: 'JSON Schema of what leaves at main; null where it may be anything' }),
  timeoutSeconds: z.int().nullable(),
  permission: z.string().nullable(),
  allowed: z.boolean(),
  missing: z.string().nullable().meta({ help: 'The permission that is missing' }),
});
export type NodeTypeView = z.infer<typeof NodeTypeView>;

/** Fields whose value is one of a few: an effect may hang on one of them. */
function* choicesOf(schema: JsonSchema): Generator<{ field: string; values: Json[] }> {
  for (const [field, { enum: values, type }] of Object.entries(schema.properties ?? {})) {
    if (Array.isArray(values)) yield { field, values: values as Json[] };
    else if (type === 'boolean') yield { field, values: [true, false] };
  }
}

/** What hangs on the configuration, as data: found out by asking for every value of each field that has few. */
function byField<T>(told: T | ((config: RawConfig) => T), defaults: RawConfig, schema: JsonSchema): T | { field: string; values: Record<string, T>; otherwise: T } {
  const usual = byConfig(told, defaults);
  if (typeof told !== 'function') return usual;
  for (const { field, values } of choicesOf(schema)) {
    const asked = Object.fromEntries(values.map((value) => [String(value), byConfig(told, { ...defaults, [field]: value })]));
    if (new Set(Object.values(asked)).size > 1) return { field, values: asked, otherwise: usual };
  }
  return usual;
} // prettier-ignore

const portsOf = (rule: PortRule | undefined, told: AnyNodeType['inputs'], defaults: RawConfig): PortRule | readonly PortDeclaration[] =>
  rule ?? byConfig(told, defaults);

function outputSchema({ output, defaults }: AnyNodeType): Record<string, unknown> | null {
  if (output === undefined) return null;
  return z.toJSONSchema(byConfig(output, defaults as RawConfig), { io: 'output', unrepresentable: 'any', reused: 'inline' });
}

type Plain = Omit<NodeTypeView, 'allowed' | 'missing'>;

function viewOf(type: AnyNodeType): Plain {
  const schema = configSchemaOf(type);
  const defaults = type.defaults as RawConfig;
  const { version, label, icon, category, summary, docs, permission = null, timeoutSeconds = null } = type;
  return {
    type: type.type,
    version,
    label,
    icon,
    category,
    summary,
    docs,
    effect: byField(type.effect, defaults, schema),
    inputs: portsOf(type.portRules?.inputs, type.inputs, defaults),
    outputs: portsOf(type.portRules?.outputs, type.outputs, defaults),
    defaults: type.defaults as Record<string, Json>,
    example: type.example as Record<string, Json>,
    schema,
    output: outputSchema(type),
    timeoutSeconds,
    permission,
  };
}

let views: { all: readonly Plain[]; hash: string } | undefined;

/** Every type, made once: they change with the program only. */
export function typeViews(): { all: readonly Plain[]; hash: string } {
  if (!views) {
    const all = [...NODE_TYPES.values()].map(viewOf);
    views = { all, hash: sha256(JSON.stringify(all)) };
  }
  return views;
}

/** One of a type's versions; undefined when there is none such. */
export function versionView(name: string, version: number | undefined): Plain | undefined {
  const newest = NODE_TYPES.get(name);
  if (!newest) return undefined;
  const found = version === undefined || version === newest.version ? newest : newest.older?.find((one) => one.version === version);
  return found && viewOf(found);
}
