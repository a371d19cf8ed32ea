import { cosine, dot, nearest, squared, startVectorStore, type Asked, type Put, type Said, type VectorStore } from './vector-store.ts';

type Distance = 'Cosine' | 'Dot' | 'Euclid';
export interface QdrantCollection {
  distance: Distance;
  size: number;
  /** Vectors of this name instead of one kind without. */
  vectorName?: string;
  points: Put[];
}
interface Condition {
  key?: string;
  match?: { value?: unknown; any?: unknown[] };
  range?: { gte: number; lte: number };
  should?: Condition[];
}

const MEASURES: Record<Distance, (a: number[], b: number[]) => number> = { Cosine: cosine, Dot: dot, Euclid: (a, b) => Math.sqrt(squared(a, b)) };
const wrong = (status: number, error: string): Said => [status, { status: { error }, time: 0.0001 }];
const isMatch = (value: unknown): boolean => ['string', 'boolean'].includes(typeof value) || Number.isInteger(value);

const isCondition = ({ key, match, range, should }: Condition): boolean => {
  if (should) return should.every(isCondition);
  if (typeof key !== 'string') return false;
  if (match?.any) return match.any.every((one) => typeof one === 'string') || match.any.every((one) => Number.isInteger(one));
  return match ? isMatch(match.value) : typeof range?.gte === 'number' && typeof range.lte === 'number';
};

/** A condition holds of a list where it holds of one of its members; keys lead into what lies within. */
function holds(put: Put, { key = '', match, range, should }: Condition): boolean {
  if (should) return should.some((one) => holds(put, one));
  const found = key.split('.').reduce<unknown>((here, part) => (here as Record<string, unknown> | undefined)?.[part], put.fields);
  return [found].flat().some((one) => {
    if (match?.any) return match.any.includes(one);
    return match ? one === match.value : typeof one === 'number' && one >= range!.gte && one <= range!.lte;
  });
}

function search(collection: QdrantCollection, { query, using, limit = 10, with_payload: isWhole = false, filter }: Record<string, unknown>): Said {
  const { size, distance, points, vectorName } = collection;
  if (using !== vectorName) return wrong(400, `Wrong input: Not existing vector name error: ${String(using ?? '')}`);
  if (!Array.isArray(query)) return wrong(400, 'Format error in JSON body: data did not match any variant of untagged enum QueryInterface');
  if (query.length !== size) return wrong(400, `Wrong input: Vector dimension error: expected dim: ${size}, got ${query.length}`);
  const must = ((filter ?? {}) as { must?: Condition[] }).must ?? [];
  if (!must.every(isCondition)) return wrong(400, 'Format error in JSON body: data did not match any variant of untagged enum Condition');
  const kept = points.filter((one) => must.every((condition) => holds(one, condition)));
  const found = nearest(kept, ({ vector }) => MEASURES[distance](query as number[], vector), Number(limit), distance === 'Euclid');
  const told = found.map(({ one, measured }) => ({ id: one.id, version: 0, score: measured, ...(isWhole === true ? { payload: one.fields } : {}) }));
  return [200, { result: { points: told }, status: 'ok', time: 0.0001 }];
}

/** Qdrant as far as our product asks it: what a collection is like, and which of its points are near. */
export async function startQdrant(collections: Record<string, QdrantCollection>, key?: string): Promise<VectorStore> {
  const answer = ({ method, path, body }: Asked): Said => {
    const [, name = '', rest] = /^\/collections\/([^/]+)(\/points\/query)?$/.exec(path) ?? [];
    const collection = collections[decodeURIComponent(name)];
    if (!collection) return wrong(404, `Not found: Collection \`${name}\` doesn't exist!`);
    if (method === 'POST' && rest) return search(collection, body);
    const { distance, size, vectorName } = collection;
    const vectors = vectorName === undefined ? { size, distance } : { [vectorName]: { size, distance } };
    return [200, { result: { status: 'green', config: { params: { vectors, shard_number: 1 } } }, status: 'ok', time: 0.0001 }];
  };
  const keyIn = (headers: Asked['headers']): string | undefined => headers['api-key'] as string | undefined;
  return startVectorStore({ key, keyIn, refusal: [401, 'Must provide an API key or an Authorization bearer token'], answer });
}
