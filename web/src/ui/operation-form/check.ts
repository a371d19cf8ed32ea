import { t } from '#lib/i18n.ts';
import type { JsonSchema } from '#lib/schema.ts';
import { kindOf, resolve, Unparsed, withoutNull } from './schema.ts';

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
/** JSON pointer (RFC 6901) of a member. */
export const pointerTo = (base: string, name: string | number): string => `${base}/${escape(String(name))}`;

const empty = (value: unknown): boolean => value === undefined || value === '';

/** Optional fields left blank are not sent; an empty text is not the same as none. */
export function prune(value: unknown, given: JsonSchema, root: JsonSchema): unknown {
  const { schema } = withoutNull(given, root);
  if (value === null || typeof value !== 'object' || value instanceof Unparsed) return value;
  if (Array.isArray(value)) {
    const items = typeof schema.items === 'object' ? schema.items : {};
    return value.map((item) => prune(item, items, root)).filter((item) => !empty(item));
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, prune(inner, propertyOf(schema, name, root), root)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => !empty(inner)));
}

function propertyOf(schema: JsonSchema, name: string, root: JsonSchema): JsonSchema {
  const own = schema.properties?.[name];
  if (own) return own;
  const inBranch = schema.anyOf?.map((branch) => resolve(branch, root).properties?.[name]).find((property) => property !== undefined);
  return inBranch ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {});
}

type Found = Record<string, string>;

function checkObject(fields: Record<string, unknown>, schema: JsonSchema, root: JsonSchema, pointer: string): Found {
  const wanted = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).reduce<Found>((found, [name, property]) => {
    const at = pointerTo(pointer, name);
    if (!empty(fields[name])) return { ...found, ...checkForm(fields[name], property, root, at) };
    return wanted.has(name) && !('const' in property) ? { ...found, [at]: t('form.required') } : found;
  }, {});
}

/** What can be said without asking the server: what is missing and what cannot be read. By JSON pointer. */
export function checkForm(value: unknown, given: JsonSchema, root: JsonSchema, pointer = ''): Found {
  const { schema, nullable } = withoutNull(given, root);
  if (value === null && nullable) return {};
  if (value instanceof Unparsed) return { [pointer]: t('form.json') };
  const kind = kindOf(schema, root);
  if (kind === 'number' && typeof value === 'string') return { [pointer]: t('form.number') };
  if (kind === 'object') return checkObject((value ?? {}) as Record<string, unknown>, schema, root, pointer);
  const { items } = schema;
  if (!Array.isArray(value) || typeof items !== 'object') return {};
  return Object.assign({}, ...value.map((item, i) => checkForm(item, items, root, pointerTo(pointer, i)))) as Found;
}
