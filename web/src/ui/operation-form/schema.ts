import { words } from '#lib/formats.ts';
import type { JsonSchema } from '#lib/schema.ts';

/** Which control draws a schema. */
export type Kind = 'text' | 'number' | 'boolean' | 'enum' | 'const' | 'list' | 'set' | 'object' | 'record' | 'union' | 'json';

/** Text in a JSON field that does not parse (yet): kept, so that nothing typed is lost, and refused when the form is checked. */
export class Unparsed {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The schema behind `$ref`, with the members of `allOf` laid over each other. References go to `#/$defs/…` or `#`. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref, ...rest } = schema;
  if ($ref !== undefined) {
    const target = $ref === '#' ? root : root.$defs?.[$ref.replace('#/$defs/', '')];
    return target ? { ...resolve(target, root), ...rest } : rest;
  }
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map((part) => resolve(part, root));
  const { allOf: _, ...own } = schema;
  return {
    ...parts.reduce((all, part) => ({ ...all, ...part }), {}),
    ...own,
    properties: Object.assign({}, ...parts.map((part) => part.properties ?? {}), own.properties ?? {}) as Record<string, JsonSchema>,
    required: [...new Set([...parts.flatMap((part) => part.required ?? []), ...(own.required ?? [])])],
  };
}

const isNull = (schema: JsonSchema): boolean => schema.type === 'null' || schema.const === null;

/** `T | null`, in any of its spellings, as `T` and whether null is allowed. Hints beside the union are kept. */
export function withoutNull(given: JsonSchema, root: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const schema = resolve(given, root);
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const types = schema.type.filter((type) => type !== 'null');
    return { schema: { ...schema, type: types.length === 1 ? types[0]! : types }, nullable: true };
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (!branches) return { schema, nullable: false };
  const left = branches.map((branch) => resolve(branch, root)).filter((branch) => !isNull(branch));
  const nullable = left.length < branches.length;
  const { anyOf: _a, oneOf: _o, ...hints } = schema;
  return left.length === 1 ? { schema: { ...left[0]!, ...hints }, nullable } : { schema: { ...hints, anyOf: left }, nullable };
}

/** Choices of a union of constants and enumerations, else null. */
function constants(branches: readonly JsonSchema[]): unknown[] | null {
  const values = branches.map((branch) => ('const' in branch ? [branch.const] : branch.enum));
  return values.every((value) => value !== undefined) ? values.flat() : null;
}

/** Values to choose from, when a schema is nothing but a choice. */
export const choicesOf = (schema: JsonSchema): unknown[] | null => schema.enum ?? (schema.anyOf ? constants(schema.anyOf) : null);

/** `stringbool().or(boolean())`: a switch that text surfaces may spell. */
const isSwitch = (branches: readonly JsonSchema[]): boolean =>
  branches.length === 2 && branches.some(({ type }) => type === 'boolean') && branches.some(({ type }) => type === 'string');

const JSON_WIDGETS = new Set(['json', 'code-json']);
const arrayKind = (schema: JsonSchema, root: JsonSchema): Kind =>
  setChoices(schema, root) ? 'set' : typeof schema.items === 'object' ? 'list' : 'json';
/** Zod's `json()`: a union of everything JSON has, which nobody wants to fill in branch by branch. */
const isAnything = (schema: JsonSchema, root: JsonSchema): boolean => {
  const { anyOf = [], type } = resolve(schema, root);
  return (
    type === undefined &&
    (anyOf.length === 0
      ? Object.keys(schema).length === 0
      : ['string', 'number', 'array', 'object'].every((each) => anyOf.some((branch) => branch.type === each)))
  );
};
const objectKind = ({ properties = {}, additionalProperties }: JsonSchema, root: JsonSchema): Kind => {
  if (Object.keys(properties).length > 0) return 'object';
  return typeof additionalProperties === 'object' && !isAnything(additionalProperties, root) ? 'record' : 'json';
};
const TYPE_KINDS: Record<string, (schema: JsonSchema, root: JsonSchema) => Kind> = {
  boolean: () => 'boolean',
  integer: () => 'number',
  number: () => 'number',
  string: () => 'text',
  array: arrayKind,
  object: objectKind,
};

/** The control for a schema that is resolved and without null. */
export function kindOf(schema: JsonSchema, root: JsonSchema): Kind {
  if (JSON_WIDGETS.has(schema.widget ?? '')) return 'json';
  if ('const' in schema) return 'const';
  if (choicesOf(schema)) return 'enum';
  if (isAnything(schema, root)) return 'json';
  if (schema.anyOf) return isSwitch(schema.anyOf) ? 'boolean' : 'union';
  const type = schema.properties ? 'object' : schema.type;
  return (typeof type === 'string' && TYPE_KINDS[type]?.(schema, root)) || 'json';
}

/** Choices of a list whose items come from a fixed few. */
export function setChoices(schema: JsonSchema, root: JsonSchema): unknown[] | null {
  return typeof schema.items === 'object' ? choicesOf(resolve(schema.items, root)) : null;
}

/** What a field is called: its title, else its name in words. */
export const labelOf = (name: string, schema: JsonSchema): string => schema.title ?? words(name);

/** What a branch of a union is called: its title, else the constant that tells it apart, else its type. */
export function branchLabel(branch: JsonSchema, index: number): string {
  const mark = Object.entries(branch.properties ?? {}).find(([, property]) => 'const' in property);
  // `{ all: true }` is called "All", `{ kind: 'rfc2136' }` "Rfc2136".
  const name = mark && (typeof mark[1].const === 'boolean' ? mark[0] : String(mark[1].const));
  return branch.title ?? (name ? words(name) : typeof branch.type === 'string' ? words(branch.type) : String(index + 1));
}

/** As little as a required value of each kind can be; undefined is left for the person to fill. */
const SEEDS: Partial<Record<Kind, (schema: JsonSchema, root: JsonSchema) => unknown>> = {
  list: () => [],
  set: () => [],
  record: () => ({}),
  boolean: () => false,
  union: (schema, root) => initialValue(schema.anyOf![0]!, root),
  object(schema, root) {
    const wanted = new Set(schema.required ?? []);
    const entries = Object.entries(schema.properties ?? {}).map(
      ([name, property]) => [name, initialValue(property, root, wanted.has(name))] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  },
};

/** The value a field starts with: its default, its constant, or as little as its type allows. */
export function initialValue(given: JsonSchema, root: JsonSchema, required = true): unknown {
  const { schema, nullable } = withoutNull(given, root);
  if (schema.default !== undefined) return structuredClone(schema.default);
  if ('const' in schema) return schema.const;
  if (!required) return undefined;
  return nullable ? null : SEEDS[kindOf(schema, root)]?.(schema, root);
}

/** Which branch of a union a value belongs to: by its constants, else by its type; 0 when none fits. */
export function branchOf(value: unknown, branches: readonly JsonSchema[], root: JsonSchema): number {
  const fits = (branch: JsonSchema): boolean => {
    const { schema } = withoutNull(branch, root);
    if ('const' in schema) return schema.const === value;
    if (schema.enum) return schema.enum.includes(value);
    if (schema.type === 'array') return Array.isArray(value);
    if (schema.type === 'object') {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      return Object.entries(schema.properties ?? {}).every(
        ([name, property]) => !('const' in property) || (value as Record<string, unknown>)[name] === property.const,
      );
    }
    return schema.type === (typeof value === 'number' ? (Number.isInteger(value) && schema.type === 'integer' ? 'integer' : 'number') : typeof value);
  };
  return Math.max(0, branches.findIndex(fits));
}
