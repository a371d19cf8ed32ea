/** Builds an element; `attributes` are set as given, children are appended as text unless they are nodes. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text with `code` spans. */
export const prose = (text = '') => text.split('`').map((part, at) => (at % 2 === 1 ? h('code', {}, part) : part));

const refName = (schema) => (typeof schema?.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined);
export const resolve = (schema, schemas) => (refName(schema) ? resolve(schemas[refName(schema)] ?? {}, schemas) : (schema ?? {}));

const itemsType = (schema) => `${typeText(schema.items)}[]`;
const isMap = ({ type, additionalProperties }) => type === 'object' && additionalProperties && typeof additionalProperties === 'object';

function plainType(schema) {
  const base = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  return schema.format ? `${base} (${schema.format})` : base;
}

/** A type in a few words: `string (uuid)`, `Server[]`, `"a" | "b"`. */
export function typeText(schema = {}) {
  const union = schema.anyOf ?? schema.oneOf;
  if (refName(schema)) return refName(schema);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (union) return union.map(typeText).join(' | ');
  if (schema.type === 'array') return itemsType(schema);
  return isMap(schema) ? `map of ${typeText(schema.additionalProperties)}` : plainType(schema);
}

function limits(schema) {
  const found = [];
  if (schema.minLength !== undefined || schema.maxLength !== undefined)
    found.push(`${schema.minLength ?? 0} to ${schema.maxLength ?? '∞'} characters`);
  if (schema.minimum !== undefined || schema.maximum !== undefined) found.push(`${schema.minimum ?? '−∞'} to ${schema.maximum ?? '∞'}`);
  if (schema.maxItems !== undefined) found.push(`at most ${schema.maxItems} items`);
  if (schema.default !== undefined) found.push(`default ${JSON.stringify(schema.default)}`);
  if (schema.pattern) found.push(`matches ${schema.pattern}`);
  return found.join(' · ');
}

/** The object with fields that a schema leads to, through lists, maps and unions; a schema may lead back to itself. */
function inner(schema, schemas, seen = new Set()) {
  const found = resolve(schema, schemas);
  if (found.properties) return found;
  if (seen.has(found)) return undefined;
  seen.add(found);
  const map = typeof found.additionalProperties === 'object' ? [found.additionalProperties] : [];
  const ways = [...(found.items ? [found.items] : []), ...(found.anyOf ?? found.oneOf ?? []), ...map];
  return ways.map((way) => inner(way, schemas, seen)).find(Boolean);
}

/** The fields of an object as a list that opens inwards; a schema that contains itself is not opened again. */
export function fields(schema, schemas, seen = []) {
  const object = inner(schema, schemas);
  if (!object?.properties || seen.includes(object) || seen.length > 5) return null;
  const required = new Set(object.required ?? []);
  return h(
    'ul',
    { class: 'fields' },
    Object.entries(object.properties).map(([name, property]) => {
      const nested = fields(property, schemas, [...seen, object]);
      const head = [
        h('code', { class: 'name' }, name),
        h('span', { class: 'type' }, typeText(property)),
        required.has(name) ? h('span', { class: 'required' }, 'required') : null,
      ];
      const about = [resolve(property, schemas).description ?? resolve(property, schemas).title, limits(resolve(property, schemas))]
        .filter(Boolean)
        .join(' · ');
      const note = about ? h('p', {}, prose(about)) : null;
      return h('li', {}, nested ? h('details', {}, h('summary', {}, head), note, nested) : [h('div', { class: 'head' }, head), note]);
    }),
  );
}

const FORMATS = { uuid: '0197a1b2-0000-7000-8000-000000000000', 'date-time': '2026-01-31T12:00:00Z', date: '2026-01-31', email: 'ada@example.com' };

/** The value that a schema names itself, as a list of one; empty when it names none. */
function named(schema) {
  if (schema.examples?.length) return [schema.examples[0]];
  if (schema.default !== undefined) return [schema.default];
  if ('const' in schema) return [schema.const];
  return schema.enum ? [schema.enum[0]] : [];
}

const required = (schema, schemas, depth) =>
  Object.fromEntries((schema.required ?? []).filter((name) => schema.properties?.[name]).map((name) => [name, example(schema.properties[name], schemas, depth + 1)])); // prettier-ignore

const byType = {
  array: (schema, schemas, depth) => [example(schema.items, schemas, depth + 1)],
  object: required,
  integer: ({ minimum = 1 }) => minimum,
  number: ({ minimum = 1 }) => minimum,
  boolean: () => true,
  string: ({ format }) => FORMATS[format] ?? 'text',
};

/** A value that fits the schema, from its examples and defaults. */
export function example(schema = {}, schemas, depth = 0) {
  const found = resolve(schema, schemas);
  const [own = null] = [...named(schema), ...named(found)];
  const union = found.anyOf ?? found.oneOf;
  if (own !== null || depth > 4) return own;
  return union ? example(union[0], schemas, depth) : (byType[[found.type].flat()[0]]?.(found, schemas, depth) ?? null);
}
