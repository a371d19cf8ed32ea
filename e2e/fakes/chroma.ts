import { randomUUID } from 'node:crypto';
import { cosine, dot, nearest, squared, startVectorStore, type Asked, type Put, type Said, type VectorStore } from './vector-store.ts';

type Space = 'cosine' | 'ip' | 'l2';
export interface ChromaCollection {
  space: Space;
  records: Put[];
  /** `default_tenant` and `default_database` when left out. */
  tenant?: string;
  database?: string;
}

const DISTANCES: Record<Space, (a: number[], b: number[]) => number> = {
  cosine: (a, b) => 1 - cosine(a, b),
  ip: (a, b) => 1 - dot(a, b),
  l2: squared,
};
const wrong = (status: number, error: string, message: string): Said => [status, { error, message }];
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

type Where = { [name: string]: Record<string, unknown> | Where[] };
/** One field, or `$and` of several: two beside each other are refused. */
const isWhere = (where: Where): boolean => {
  const [[name, condition] = ['', {}], ...more] = Object.entries(where);
  if (more.length > 0) return false;
  if (name === '$and') return Array.isArray(condition) && condition.every(isWhere);
  const [[operator, value] = ['', undefined], ...others] = Object.entries(condition);
  return others.length === 0 && (operator === '$eq' ? isPlain(value) : operator === '$in' && Array.isArray(value) && value.every(isPlain));
};
function holds(put: Put, where: Where): boolean {
  const [[name, condition] = ['', {}]] = Object.entries(where);
  if (name === '$and') return (condition as Where[]).every((one) => holds(put, one));
  const { $eq, $in } = condition as Record<string, unknown>;
  return $in === undefined ? put.fields[name] === $eq : ($in as unknown[]).includes(put.fields[name]);
}

function query({ space, records }: ChromaCollection, body: Record<string, unknown>): Said {
  const { query_embeddings: [vector] = [], n_results: limit = 10, where, include = ['metadatas', 'documents', 'distances'] } = body as { query_embeddings?: number[][]; n_results?: number; where?: Where; include?: string[] }; // prettier-ignore
  const dimension = records[0]?.vector.length;
  if (!vector) return wrong(422, 'ChromaError', 'Failed to deserialize the JSON body into the target type: missing field `query_embeddings`');
  if (dimension !== undefined && vector.length !== dimension) return wrong(400, 'InvalidArgumentError', `Collection expecting embedding with dimension of ${dimension}, got ${vector.length}`); // prettier-ignore
  if (where && !isWhere(where)) return wrong(400, 'InvalidArgumentError', 'Invalid where clause');
  const kept = where ? records.filter((one) => holds(one, where)) : records;
  const found = nearest(kept, (one) => DISTANCES[space](vector, one.vector), limit, true);
  const told = <T>(name: string, of: (one: (typeof found)[number]) => T): T[][] | null => (include.includes(name) ? [found.map(of)] : null);
  return [200, {
    ids: [found.map(({ one }) => one.id)], embeddings: null, uris: null, include,
    documents: told('documents', ({ one }) => one.document ?? null),
    metadatas: told('metadatas', ({ one }) => (Object.keys(one.fields).length === 0 ? null : one.fields)),
    distances: told('distances', ({ measured }) => measured),
  }]; // prettier-ignore
}

/** Chroma as far as our product asks it: a collection by its name, and what of it is near. Its answers are those of Chroma 1.0. */
export async function startChroma(collections: Record<string, ChromaCollection>, key?: string): Promise<VectorStore> {
  const ids = new Map(Object.keys(collections).map((name) => [name, randomUUID() as string]));
  const answer = ({ method, path, body }: Asked): Said => {
    const [, tenant = '', database = '', which = '', rest] = /^\/api\/v2\/tenants\/([^/]+)\/databases\/([^/]+)\/collections\/([^/]+)(\/query)?$/.exec(path) ?? [];
    const found = Object.entries(collections).find(([name, one]) => (rest ? ids.get(name) : name) === decodeURIComponent(which) && (one.tenant ?? 'default_tenant') === tenant && (one.database ?? 'default_database') === database);
    if (!found) return wrong(404, 'NotFoundError', `Collection [${which}] does not exists`);
    const [name, collection] = found;
    if (method === 'POST' && rest) return query(collection, body);
    const hnsw = { space: collection.space, ef_construction: 100, ef_search: 100, max_neighbors: 16 };
    return [200, { id: ids.get(name), name, configuration_json: { hnsw, spann: null, embedding_function: null }, metadata: null, dimension: collection.records[0]?.vector.length ?? null, tenant, database, version: 0 }];
  }; // prettier-ignore
  const keyIn = (headers: Asked['headers']): string | undefined => headers['x-chroma-token'] as string | undefined;
  return startVectorStore({ key, keyIn, refusal: wrong(403, 'AuthError', 'Forbidden'), answer });
}
