import type { JsonSchema } from './json-schema.ts';

const MAPS = new Set(['properties', 'patternProperties', '$defs']);
const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SCHEMAS = new Set(['items', 'additionalProperties', 'propertyNames', 'not', 'contains']);
const VALUES = new Set('$ref type title description default examples enum const format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems required minProperties maxProperties deprecated readOnly writeOnly contentEncoding contentMediaType'.split(' ')); // prettier-ignore

/** Words that our forms read become extensions, so that the document is plain OpenAPI; `help` is there as `description` already. */
export function portable(schema: unknown): unknown {
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
      if (key === 'help') return [];
      if (MAPS.has(key)) return [[key, Object.fromEntries(Object.entries(value as object).map(([name, inner]) => [name, portable(inner)]))]];
      if (LISTS.has(key)) return [[key, (value as unknown[]).map(portable)]];
      if (SCHEMAS.has(key)) return [[key, portable(value)]];
      return [[VALUES.has(key) ? key : `x-${key}`, value]];
    }),
  );
}

/** Moves the definitions of one schema among the document's; equal ones are shared, others of the same name get a number. */
export function hoister(schemas: Record<string, JsonSchema>): (schema: JsonSchema) => JsonSchema {
  const texts = new Map<string, string>();
  return function hoist(given) {
    const { $defs = {}, ...schema } = portable(given) as JsonSchema;
    const names = new Map<string, string>();
    const rename = (node: unknown, as: (name: string) => string): unknown => {
      if (Array.isArray(node)) return node.map((inner) => rename(inner, as));
      if (node === null || typeof node !== 'object') return node;
      return Object.fromEntries(
        Object.entries(node).map(([key, inner]) => [
          key,
          key === '$ref' && typeof inner === 'string' ? inner.replace(/^#\/\$defs\/(.+)$/, (_all, name: string) => as(name)) : rename(inner, as),
        ]),
      );
    };
    // Recursive schemas without a name first: what a named one refers to is then known when it is compared.
    for (const [name, definition] of Object.entries($defs).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const text = JSON.stringify(rename(definition, (inner) => (inner === name ? 'itself' : (names.get(inner) ?? inner))));
      const plain = name.replace(/^__schema\d+$/, 'Value');
      let free = plain;
      for (let n = 2; texts.has(free) && texts.get(free) !== text; n++) free = `${plain}${n}`;
      texts.set(free, text);
      names.set(name, free);
    }
    const point = (name: string): string => `#/components/schemas/${names.get(name) ?? name}`;
    for (const [name, definition] of Object.entries($defs)) schemas[names.get(name)!] ??= rename(definition, point) as JsonSchema;
    return rename(schema, point) as JsonSchema;
  };
}
