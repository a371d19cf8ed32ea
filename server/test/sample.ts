import { newId } from '#kernel/ids.ts';
import { branchesOf, resolve, type JsonSchema } from '#surfaces/json-schema.ts';

const FORMATS: Record<string, string> = {
  uuid: '0197a1b2-0000-7000-8000-0000000000ff',
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  email: 'ada@acme.example',
  uri: 'https://acme.example/',
};

/** Names that many patterns take. */
const WORDS = [
  'sample',
  'sample.example',
  'www.sample.example',
  'A',
  '192.0.2.1',
  '*',
  'servers:read',
  'c2FtcGxl',
  '1',
  'x'.repeat(43),
  'https://id.sample.example',
];

function text(schema: JsonSchema): string {
  const { pattern, format, minLength = 0 } = schema as { pattern?: string; format?: string; minLength?: number };
  if (format && FORMATS[format]) return FORMATS[format];
  const fits = (word: string): boolean => (pattern ? new RegExp(pattern, 'u').test(word) : true);
  return (WORDS.find(fits) ?? 'sample').padEnd(minLength, 'x');
}

type Sample = (schema: JsonSchema, root: JsonSchema, depth: number) => unknown;

const byType: Record<string, Sample> = {
  object: ({ required = [], properties = {} }, root, depth) =>
    Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, root, depth + 1)])),
  array: ({ items = {}, ...schema }, root, depth) => ((schema['minItems'] as number | undefined) ? [sampleOf(items, root, depth + 1)] : []),
  string: text,
  number: (schema) => Math.max(1, (schema['minimum'] as number | undefined) ?? 1),
  integer: (schema) => Math.max(1, (schema['minimum'] as number | undefined) ?? 1),
  boolean: () => true,
};

/** Values that the schema names itself. */
const named = (schema: JsonSchema, found: JsonSchema): unknown[] => [schema['examples'] ?? [], found['const'] ?? [], found.enum ?? []].flat();

/** The least value that a schema takes: required fields only. */
export function sampleOf(schema: JsonSchema, root: JsonSchema = schema, depth = 0): unknown {
  const found = resolve(schema, root);
  const [own] = named(schema, found);
  if (own !== undefined || depth > 8) return own ?? null;
  const [branch] = branchesOf(found);
  const [type = 'null'] = [found.type ?? []].flat();
  return branch ? sampleOf(branch, root, depth) : (byType[type]?.(found, root, depth) ?? null);
}

/** What the schema alone does not tell, by operation. */
export const WANTED: Record<string, Record<string, unknown>> = {
  'auth.login': { email: 'ada@acme.example', password: 'no such password' },
  'access.explain': { operation: 'clouds.list' },
  'access.whoCan': { operation: 'clouds.list' },
  'dns.createZone': { name: 'other.example' },
  'identityProviders.create': { issuer: 'https://id.sample.example' },
  'roles.compare': { ids: [newId(), newId()] },
  'secrets.create': { value: 'sample-value' },
  'secrets.inject': { names: ['LAB_PASSWORD'] },
  'servers.create': { name: 'web-1', region: 'sim-eu-1', size: 'std-1', image: 'debian-13' },
};
