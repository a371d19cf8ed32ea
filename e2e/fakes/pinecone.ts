import { cosine, dot, nearest, squared, startVectorStore, type Asked, type Put, type Said, type VectorStore } from './vector-store.ts';

type Metric = 'cosine' | 'dotproduct' | 'euclidean';
export interface PineconeIndex {
  metric: Metric;
  dimension: number;
  vectorType?: 'dense' | 'sparse';
  records: Put[];
}

const MEASURES: Record<Metric, (a: number[], b: number[]) => number> = { cosine, dotproduct: dot, euclidean: squared };
const wrong = (status: number, message: string): Said => [status, { code: 3, message, details: [] }];
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

type Operators = Record<string, unknown>;
/** What is wrong with a filter, as Pinecone says it. */
function faultOf(filter: Record<string, Operators>): string | undefined {
  for (const operators of Object.values(filter))
    for (const [operator, value] of Object.entries(operators)) {
      if (operator === '$in' && Array.isArray(value) && value.every(isPlain)) continue;
      if (operator === '$eq' && isPlain(value)) continue;
      return `Invalid value for operator ${operator}`;
    }
  return undefined;
}

const holds = ({ fields }: Put, filter: Record<string, Operators>): boolean =>
  Object.entries(filter).every(([name, { $eq, $in }]) => {
    const values = [fields[name]].flat();
    return values.some((value) => ($in === undefined ? value === $eq : ($in as unknown[]).includes(value)));
  });

function query({ metric, dimension, records }: PineconeIndex, body: Record<string, unknown>): Said {
  const { vector, topK, namespace = '', filter = {}, includeMetadata: isWhole = false } = body as { vector: number[]; topK?: number; namespace?: string; filter?: Record<string, Operators>; includeMetadata?: boolean }; // prettier-ignore
  if (!Array.isArray(vector)) return wrong(400, "Either 'vector' or 'id' must be provided");
  if (vector.length !== dimension) return wrong(400, `Vector dimension ${vector.length} does not match the dimension of the index ${dimension}`);
  if (!Number.isInteger(topK) || topK! < 1 || topK! > 10_000) return wrong(400, 'topK must be an integer from 1 to 10000');
  const fault = faultOf(filter);
  if (fault !== undefined) return wrong(400, fault);
  const kept = records.filter((one) => (one.namespace ?? '') === namespace && holds(one, filter));
  const matches = nearest(kept, (one) => MEASURES[metric](vector, one.vector), topK!, metric === 'euclidean').map(({ one, measured }) => ({
    id: one.id,
    score: measured,
    values: [],
    ...(isWhole ? { metadata: one.fields } : {}),
  }));
  return [200, { matches, namespace, usage: { readUnits: 5 } }];
}

/** One index of Pinecone at a host of its own, as far as our product asks it. */
export async function startPinecone(index: PineconeIndex, key?: string): Promise<VectorStore> {
  const answer = ({ method, path, headers, body }: Asked): Said => {
    if (headers['x-pinecone-api-version'] !== '2026-04') return wrong(400, 'That version of the API is not known');
    if (method === 'POST' && path === '/query') return query(index, body);
    if (method !== 'POST' || path !== '/describe_index_stats') return [404, ''];
    const { dimension, metric, vectorType = 'dense', records } = index;
    const namespaces: Record<string, { vectorCount: number }> = {};
    for (const { namespace = '' } of records) (namespaces[namespace] ??= { vectorCount: 0 }).vectorCount++;
    const shape = vectorType === 'dense' ? { dimension } : {};
    return [200, { namespaces, indexFullness: 0, totalVectorCount: records.length, ...shape, metric, vectorType }];
  };
  return startVectorStore({ key, keyIn: (headers) => headers['api-key'] as string | undefined, refusal: [401, 'Unauthorized'], answer });
}
