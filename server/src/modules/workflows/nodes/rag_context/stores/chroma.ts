import type { Json } from '../../../graph.ts';
import { askStore, below, fieldsIn, hostOf, listIn, type Fields } from './ask.ts';
import { ofDistance, ofLikeness, textIn, wrong, type Condition, type Entry, type OpenStore, type Place } from './port.ts';

/** Where a Chroma of one's own keeps everything. */
const TENANT = 'default_tenant';
const DATABASE = 'default_database';

/** `database`, or `tenant/database`. */
function placeOf({ namespace = DATABASE }: Place): [tenant: string, database: string] {
  const [first, second, ...more] = namespace.split('/') as [string, ...string[]];
  if (more.length > 0) throw wrong(`"${namespace.slice(0, 100)}" is not a namespace of Chroma: write database, or tenant/database.`);
  return second === undefined ? [TENANT, first] : [first, second];
}

function whereOf(conditions: readonly Condition[]): Fields {
  const all = conditions.map(({ field, values, isList }): Json => ({ [field]: isList ? { $in: [...values] } : { $eq: values[0]! } }));
  if (all.length === 0) return {};
  return { where: all.length === 1 ? all[0]! : { $and: all } };
}

/** The distance that a collection goes by: `l2` where nobody said otherwise. */
function spaceOf({ configuration_json: configuration, metadata }: Fields): string {
  const { hnsw, spann } = fieldsIn(configuration);
  return String(fieldsIn(hnsw)['space'] ?? fieldsIn(spann)['space'] ?? fieldsIn(metadata)['hnsw:space'] ?? 'l2');
}

/** Lists beside each other, for the only question that was asked. */
function entriesOf(answer: Fields, textField: string | undefined, space: string): Entry[] {
  const of = (name: string): Json[] => listIn(listIn(answer[name])[0]);
  const [documents, metadatas, distances] = [of('documents'), of('metadatas'), of('distances')];
  return of('ids').map((id, at) => {
    const metadata = fieldsIn(metadatas[at]);
    const [document, distance] = [documents[at], Number(distances[at])];
    const text = textField === undefined ? (typeof document === 'string' && document.trim() !== '' ? document : null) : textIn(metadata, textField);
    return { id: String(id), score: space === 'l2' ? ofDistance(distance) : ofLikeness(1 - distance), text, metadata };
  });
}

/**
 * Chroma (API reference v2, "Get collection" and "Query collection": docs.trychroma.com). Its distances are 1 − cosine, 1 − dot product,
 * or the square of the distance.
 */
export const openChroma: OpenStore = async (place) => {
  const { index, apiKey, textField } = place;
  const [tenant, database] = placeOf(place);
  const parts = ['api', 'v2', 'tenants', tenant, 'databases', database, 'collections'] as const;
  const headers = apiKey === undefined ? {} : { 'x-chroma-token': apiKey };
  const missing = `There is no collection "${index}" in ${tenant}/${database} at ${hostOf(place)}: see that index and namespace name it as it is written there.`;
  const collection = await askStore(place, { method: 'GET', url: below(place, ...parts, index), headers, missing });
  return {
    // Null until something was put in.
    dimension: typeof collection['dimension'] === 'number' ? collection['dimension'] : null,
    async search({ vector, limit, conditions }) {
      const body = { query_embeddings: [[...vector!]], n_results: limit, include: ['documents', 'metadatas', 'distances'], ...whereOf(conditions) };
      const answer = await askStore(place, { url: below(place, ...parts, String(collection['id']), 'query'), headers, body, missing });
      return entriesOf(answer, textField, spaceOf(collection));
    },
  };
}; // prettier-ignore
