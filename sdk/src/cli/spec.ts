import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from './api.ts';
import { Unreachable } from './exit.ts';
import type { Io } from './io.ts';
import { cacheDir } from './store.ts';
import type { Target } from './target.ts';

/** JSON Schema, as far as flags and tables need it. */
export interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  $ref?: string;
  additionalProperties?: boolean | Schema;
  description?: string;
  title?: string;
  default?: unknown;
  format?: string;
  'x-secret'?: boolean;
  /** Its text comes from a file, which the command line names without a flag. */
  'x-file'?: boolean;
}

export interface Field {
  name: string;
  in: 'path' | 'query' | 'body';
  schema: Schema;
  required: boolean;
}

/** One operation as a command. */
export interface Command {
  name: string;
  words: string[];
  method: string;
  path: string;
  summary: string;
  description: string;
  group: string;
  fields: Field[];
  change: boolean;
  download: boolean;
  risk: string;
}

export interface Spec {
  version: string;
  commands: Command[];
  resolve: (schema: Schema) => Schema;
}

interface OperationObject {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: ({ $ref: string } | { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema; description?: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-switchyard': { command: string[]; change: boolean; download: boolean; risk: string; hiddenFrom: string[] };
}
export interface Document {
  info: { version: string };
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema> };
}

function fieldsOf({ parameters = [], requestBody }: OperationObject): Field[] {
  const body = requestBody?.content['application/json']?.schema;
  const placed = parameters.flatMap((parameter): Field[] => {
    if ('$ref' in parameter || parameter.in === 'header') return [];
    const { name, in: place, schema, required = false, description } = parameter;
    return [{ name, in: place, schema: description ? { description, ...schema } : schema, required }];
  });
  const inBody = Object.entries(body?.properties ?? {}).map(([name, schema]): Field => ({
    name,
    in: 'body',
    schema,
    required: body?.required?.includes(name) === true,
  }));
  return [...placed, ...inBody];
}

function commandsIn({ info, paths, components }: Document): Spec {
  const resolve = (schema: Schema): Schema => (schema.$ref ? resolve(components.schemas[schema.$ref.split('/').at(-1)!] ?? {}) : schema);
  const commands = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]): Command[] => {
      const { command: words, hiddenFrom, ...facts } = operation['x-switchyard'];
      if (hiddenFrom.includes('cli')) return [];
      const { operationId: name, summary, description = '', tags } = operation;
      return [{ name, words, method: method.toUpperCase(), path, summary, description, group: tags[0] ?? '', fields: fieldsOf(operation), ...facts }];
    }),
  );
  return { version: info.version, commands: commands.sort((a, b) => (a.words.join(' ') < b.words.join(' ') ? -1 : 1)), resolve };
}

const specs = new WeakMap<Document, Spec>();
/** Commands from an OpenAPI document; the document is the only thing that the command line knows of the product. */
export function specOf(document: Document): Spec {
  const known = specs.get(document) ?? commandsIn(document);
  specs.set(document, known);
  return known;
}

const FRESH_MS = 600_000;
const PATH = '/api/v1/openapi.json';

interface Cached {
  etag: string;
  document: Document;
}

let own: Document | undefined;
/** The document that came with this program. */
export const bundled = (): Document => (own ??= JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as Document);

/** The file that was read last: it holds megabytes, and a process may carry out many commands. */
let last: { of: string; cached: Cached } | undefined;
function readCache(file: string): Cached | undefined {
  try {
    if (!existsSync(file)) return undefined;
    const { mtimeMs, size } = statSync(file);
    const of = `${file} ${mtimeMs} ${size}`;
    if (last?.of !== of) last = { of, cached: JSON.parse(readFileSync(file, 'utf8')) as Cached };
    return last.cached;
  } catch {
    return undefined; // as good as none: it is fetched again
  }
}

function keep(file: string, cached: Cached, io: Io): void {
  try {
    mkdirSync(cacheDir(io), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(cached));
  } catch {
    // a folder that cannot be written costs a request each time, nothing else
  }
}

/** The document as the server has it now; the kept one when it has not changed. */
async function fetchDocument(io: Io, { url, token, tenant }: Target, file: string, cached: Cached | undefined): Promise<Document> {
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(5_000)]);
  // Whoever is known is told what their tenant has published, too.
  const headers = {
    ...(cached ? { 'If-None-Match': cached.etag } : {}),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
    ...(token && tenant ? { 'X-Switchyard-Tenant': tenant } : {}),
  };
  const response = await io.fetch(`${url}${PATH}`, { headers, signal, redirect: 'error' });
  if (response.status === 304 && cached) {
    utimesSync(file, new Date(), new Date());
    return cached.document;
  }
  if (!response.ok) throw new Unreachable(`${url} answered ${response.status}`);
  const document = (await response.json()) as Document;
  keep(file, { etag: response.headers.get('etag') ?? '', document }, io);
  return document;
}

/** The server's own document, asked for again after ten minutes; the one that came with this program when the server is away. */
export async function loadSpec(io: Io, { target }: Api, { fresh = false } = {}): Promise<Spec> {
  const whose = [target.url, target.tenant ?? '', target.token ?? ''].join('\n');
  const file = join(cacheDir(io), `openapi-${createHash('sha256').update(whose).digest('hex').slice(0, 16)}.json`);
  const cached = readCache(file);
  if (cached && !fresh && Date.now() - statSync(file).mtimeMs < FRESH_MS) return specOf(cached.document);
  const document = await fetchDocument(io, target, file, cached).catch((error: unknown) => {
    if (io.signal.aborted) throw error;
    return cached?.document ?? bundled();
  });
  return specOf(document);
}

/** Alternatives of a union. */
export const branchesOf = ({ anyOf = [], oneOf = [] }: Schema): Schema[] => [...anyOf, ...oneOf];
