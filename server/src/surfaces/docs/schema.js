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

/** A type in a few words: `string (uuid)`, `Server[]`, `"a" | "b"`. */
export function typeText(schema) {
  if (!schema) return 'any';
  if (refName(schema)) return refName(schema);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return union.map(typeText).join(' | ');
  if (schema.type === 'array') return `${typeText(schema.items)}[]`;
  if (schema.type === 'object' && schema.additionalProperties && typeof schema.additionalProperties === 'object')
    return `map of ${typeText(schema.additionalProperties)}`;
  const base = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  return schema.format ? `${base} (${schema.format})` : base;
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

const inner = (schema, schemas) => {
  const found = resolve(schema, schemas);
  if (found.properties) return found;
  if (found.items) return inner(found.items, schemas);
  const branch = (found.anyOf ?? []).map((option) => inner(option, schemas)).find(Boolean);
  return branch ?? (typeof found.additionalProperties === 'object' ? inner(found.additionalProperties, schemas) : undefined);
};

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

/** A value that fits the schema, from its examples and defaults. */
export function example(schema, schemas, depth = 0) {
  const found = resolve(schema, schemas);
  if (schema?.examples?.length) return schema.examples[0];
  if (found.examples?.length) return found.examples[0];
  if (found.default !== undefined) return found.default;
  if ('const' in found) return found.const;
  if (found.enum) return found.enum[0];
  const union = found.anyOf ?? found.oneOf;
  if (union) return example(union[0], schemas, depth);
  if (found.type === 'array') return depth > 3 ? [] : [example(found.items, schemas, depth + 1)];
  if (found.type === 'object' || found.properties) {
    const required = new Set(found.required ?? []);
    return Object.fromEntries(
      Object.entries(found.properties ?? {})
        .filter(([name]) => required.has(name))
        .map(([name, property]) => [name, depth > 3 ? null : example(property, schemas, depth + 1)]),
    );
  }
  if (found.type === 'integer' || found.type === 'number') return found.minimum ?? 1;
  if (found.type === 'boolean') return true;
  if (found.format === 'uuid') return '0197a1b2-0000-7000-8000-000000000000';
  if (found.format === 'date-time') return '2026-01-31T12:00:00Z';
  return found.type === 'string' ? 'text' : null;
}
