import { branchesOf, resolve, typesOf, type JsonSchema } from './json-schema.ts';

type Text = string | readonly string[];

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const itemsOf = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const found = resolve(schema, root);
  const lists = branchesOf(found).map((branch) => resolve(branch, root));
  return found.items ?? lists.find(({ items }) => items)?.items ?? {};
};

/**
 * A value from a path or query string in the type that the schema wants. What does not fit stays text, so that the schema's own
 * check names the field and the fault. A parameter given twice is a list, whatever the schema says: same reason.
 */
export function coerce(schema: JsonSchema, root: JsonSchema, text: Text): unknown {
  const types = typesOf(schema, root);
  if (types.has('array')) return (typeof text === 'string' ? [text] : text).map((item) => coerce(itemsOf(schema, root), root, item));
  return typeof text !== 'string' || types.has('string') ? text : scalar(types, text);
}

function scalar(types: ReadonlySet<string>, text: string): unknown {
  if ((types.has('number') || types.has('integer')) && NUMBER.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.has('object') && text.startsWith('{')) return parsed(text);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
