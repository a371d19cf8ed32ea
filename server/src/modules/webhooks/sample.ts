interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  format?: string;
  minimum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  examples?: unknown[];
}

const TEXTS: Readonly<Record<string, string>> = {
  uuid: '0197a1b2-0000-7000-8000-0000000000ff',
  'date-time': '2026-01-31T12:00:00.000Z',
};

const byType: Readonly<Record<string, (schema: Schema) => unknown>> = {
  object: ({ properties = {}, required = [] }) => Object.fromEntries(required.map((name) => [name, sampleData(properties[name] ?? {})])),
  array: () => [],
  string: ({ format = '' }) => TEXTS[format] ?? 'sample',
  integer: ({ minimum = 1 }) => Math.max(1, minimum),
  number: ({ minimum = 1 }) => Math.max(1, minimum),
  boolean: () => true,
};

/** A value that fits the JSON Schema of an event's data: what a receiver is tested with. */
export function sampleData(schema: Schema): unknown {
  const [named] = [schema.examples ?? [], schema.const ?? [], schema.enum ?? []].flat();
  if (named !== undefined) return named;
  const [branch] = schema.anyOf ?? [];
  if (branch) return sampleData(branch);
  return byType[[schema.type].flat()[0] ?? '']?.(schema) ?? null;
}
