import type { Query } from '#lib/api.ts';
import type { ManifestOperation } from '#lib/schema.ts';

export interface OperationCall {
  method: string;
  /** Below /api/v1, parameters filled in. */
  path: string;
  query?: Query;
  body?: Record<string, unknown>;
}

/** The request that carries an input: path parameters first, the rest in the query (GET, DELETE) or the body. */
export function callFor({ method, path }: Pick<ManifestOperation, 'method' | 'path'>, input: Record<string, unknown>): OperationCall {
  const rest = { ...input };
  const filled = path.replace(/^\/api\/v1/, '').replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(
      typeof value === 'object' ? JSON.stringify(value ?? '') : String((value as string | number | boolean | undefined) ?? ''),
    );
  });
  if (method !== 'GET' && method !== 'DELETE') return { method, path: filled, body: rest };
  const query = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, queryValue(value)]));
  return { method, path: filled, query };
}

const queryValue = (value: unknown): Query[string] => {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value as Query[string];
};
