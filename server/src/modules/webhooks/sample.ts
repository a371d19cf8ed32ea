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

/** A value that fits the JSON Schema of an event's data: what a receiver is tested with. */
export function sampleData(schema: Schema): unknown {
  const [named] = [schema.examples ?? [], schema.const === undefined ? [] : [schema.const], schema.enum ?? []].flat();
  if (named !== undefined) return named;
  if (schema.anyOf) return sampleData(schema.anyOf[0]!);
  const type = [schema.type].flat()[0];
  if (type === 'object') return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name)).map(([name, field]) => [name, sampleData(field)])); // prettier-ignore
  if (type === 'array') return [];
  if (type === 'string') return TEXTS[schema.format ?? ''] ?? 'sample';
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  return type === 'boolean' ? true : null;
}
