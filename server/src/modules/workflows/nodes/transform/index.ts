import { z } from 'zod';
import { toText } from '#kernel/cel/values.ts';
import { Json } from '../../graph.ts';
import { misfits, schemaFault } from '../../validation/fit.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { expr, tpl } from '../fields.ts';
import { isFields, KIND, type Fields } from '../values.ts';
import { fieldAt, withField, withoutField } from './paths.ts';

const TYPES = ['text', 'number', 'boolean', 'list', 'object', 'json'] as const;
const when = (...values: string[]) => ({ showWhen: { field: 'mode', values } });
const PATH = z.string().regex(/^[^.\s][^.]{0,99}(?:\.[^.]{1,100}){0,9}$/, 'Names joined by dots, at most ten');

const Field = z.object({
  name: PATH.meta({ title: 'Field', help: 'Dots lead into objects', expression: 'none', examples: ['server.name'] }),
  value: Json.optional().meta({ title: 'Value', expression: 'tpl', examples: ['{{ input.name }}'] }),
  type: z.enum(TYPES).optional().meta({ title: 'As', help: 'Left as it is when nothing is said' }),
  remove: z.boolean().optional().meta({ title: 'Take the field away' }),
});
type Field = z.output<typeof Field>;

const Config = z.object({
  mode: z.enum(['fields', 'expression', 'template']).default('fields').meta({ title: 'By' }),
  fields: z.array(Field).max(200).optional().meta({ title: 'Fields', ...when('fields') }),
  keep: z.enum(['all', 'none', 'listed']).default('all').meta({ title: 'Keeps of the input', help: 'Everything, nothing, or the fields named below', ...when('fields') }),
  listed: z.array(PATH).max(200).optional().meta({ title: 'Fields to keep', expression: 'none', showWhen: { field: 'keep', values: ['listed'] } }),
  expression: expr({ title: 'Expression', examples: ['input.items.map(i, i.name)'] }).optional().meta(when('expression')),
  template: tpl({ title: 'Text', widget: 'textarea', examples: ['Hello {{ input.name }}'] }, 100_000).optional().meta(when('template')),
  schema: z.record(z.string(), Json).optional().meta({ title: 'Must fit', help: 'JSON Schema', widget: 'json', expression: 'none' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const unfit = (name: string, value: Json, as: string): NodeError =>
  new NodeError('type-error', 'expression', `${name}: ${KIND(value)} cannot be made ${as}`);

function parseJson(name: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw unfit(name, value, 'JSON');
  }
}

function asNumber(name: string, value: Json): number {
  const number = typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw unfit(name, value, 'a number');
  return number;
}

const TRUTHS: ReadonlyMap<Json, boolean> = new Map<Json, boolean>([[true, true], ['true', true], [1, true], [false, false], ['false', false], [0, false]]); // prettier-ignore

const MAKES: Readonly<Record<(typeof TYPES)[number], (name: string, value: Json) => Json>> = {
  text: (_name, value) => toText(value),
  number: asNumber,
  boolean(name, value) {
    const truth = TRUTHS.get(value);
    if (truth === undefined) throw unfit(name, value, 'true or false');
    return truth;
  },
  list: (_name, value) => (Array.isArray(value) ? value : value === null ? [] : [value]),
  object(name, value) {
    if (!isFields(value)) throw unfit(name, value, 'an object');
    return value;
  },
  json: parseJson,
};

const converted = ({ name, type }: Field, value: Json): Json => (type === undefined ? value : MAKES[type](name, value));

function kept({ keep, listed = [] }: Config, input: Json): Fields {
  if (keep === 'none' || !isFields(input)) return {};
  if (keep === 'all') return input;
  return listed.reduce<Fields>((fields, path) => {
    const value = fieldAt(input, path);
    return value === undefined ? fields : withField(fields, path, value);
  }, {});
}

const byFields = (config: Config, input: Json): Json =>
  (config.fields ?? []).reduce<Fields>(
    (fields, field) => (field.remove ? withoutField(fields, field.name) : withField(fields, field.name, converted(field, field.value ?? null))),
    kept(config, input),
  );

function transformed(run: NodeRun, config: Config): Json {
  if (config.mode === 'expression') return run.evaluate(config.expression ?? 'null');
  return config.mode === 'template' ? (config.template ?? '') : byFields(config, run.input);
}

function check({ mode = 'fields', expression, template, fields, schema }: RawConfig): OwnFinding[] {
  const given: Readonly<Record<string, Json | undefined>> = { expression, template, fields };
  const fault = schema === undefined ? undefined : schemaFault(schema);
  return [
    ...(given[String(mode)] === undefined ? [{ rule: 'V03', severity: 'error' as const, pointer: `/${String(mode)}`, message: `Mode ${String(mode)} needs ${String(mode)}` }] : []),
    ...(fault === undefined ? [] : [{ rule: 'V03', severity: 'error' as const, pointer: '/schema', message: fault }]),
  ];
} // prettier-ignore

/** Makes one value of another. */
export const transform = defineNode({
  type: 'transform',
  version: 1,
  label: 'Transform',
  icon: 'wand-sparkles',
  category: 'flow',
  summary: 'Set, rename and remove fields',
  docs: `Makes another value of what came in.

- \`fields\`: sets fields at dotted paths, in their order. A value that is one \`{{ }}\` keeps its type; \`type\` makes a ${TYPES.join(', ')} of it (\`json\` reads a text as JSON); \`remove\` takes a field away. Of the input \`keep\` keeps all fields, none, or those that are \`listed\`; what is no object counts as having none.
- \`expression\`: the output is the value of one expression.
- \`template\`: the output is a text with \`{{ }}\` in it.

With \`schema\` the output must fit a JSON Schema. What cannot be converted or does not fit is the error \`type-error\`.

\`\`\`json
{ "mode": "fields", "keep": "none", "fields": [{ "name": "server.name", "value": "{{ input.hostname }}" }, { "name": "server.cpus", "value": "{{ input.cpus }}", "type": "number" }] }
\`\`\``,
  config: Config,
  example: {
    mode: 'fields',
    keep: 'none',
    fields: [{ name: 'server.name', value: '{{ input.hostname }}' }, { name: 'server.cpus', value: '{{ input.cpus }}', type: 'number' }], // prettier-ignore
  },
  defaults: { mode: 'fields', fields: [] },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'pure',
  timeoutSeconds: 1,
  check,
  run(run, config): Result {
    const output = transformed(run, config);
    const wrong = config.schema === undefined ? [] : misfits(config.schema, output);
    if (wrong.length > 0)
      throw new NodeError('type-error', 'validation', `the output does not fit: ${wrong[0]!.pointer || 'it'} ${wrong[0]!.message}`, { details: wrong.map((one) => ({ ...one })) }); // prettier-ignore
    return { output };
  },
});
