import type { Json } from '../../../graph.ts';
import { askStore, below, fieldsIn, hostOf, listIn, type Fields } from './ask.ts';
import { ofDistance, ofLikeness, textIn, wrong, type Condition, type Entry, type OpenStore } from './port.ts';

/** Answers are as this version has them, whatever comes after it (Pinecone, "API versioning"). */
const VERSION = '2026-04';

const filterOf = (conditions: readonly Condition[]): Fields =>
  conditions.length === 0
    ? {}
    : { filter: Object.fromEntries(conditions.map(({ field, values, isList }) => [field, isList ? { $in: [...values] } : { $eq: values[0]! }])) };

const entryOf = (found: Json, textField: string, isLikeness: boolean): Entry => {
  const { id, score, metadata } = fieldsIn(found);
  const about = fieldsIn(metadata);
  return { id: String(id), score: (isLikeness ? ofLikeness : ofDistance)(Number(score)), text: textIn(about, textField), metadata: about };
};

/**
 * Pinecone (API reference 2026-04, "Get index stats" and "Search with a vector": docs.pinecone.io), at the host of the index. Cosine and
 * dot product are answered as they are, Euclid as a square of the distance.
 */
export const openPinecone: OpenStore = async (given) => {
  const { index, namespace, apiKey, textField = 'text' } = given;
  const place = { ...given, endpoint: /^https?:\/\//i.test(index) ? index : `https://${index}` };
  const url = below(place);
  const headers = { 'X-Pinecone-API-Version': VERSION, ...(apiKey === undefined ? {} : { 'Api-Key': apiKey }) };
  const missing = `There is no index at ${hostOf(place)}: its host stands on its page in the console of Pinecone.`;
  const { dimension, metric, vectorType } = await askStore(place, { url: `${url}/describe_index_stats`, headers, body: {}, missing });
  if (vectorType === 'sparse') throw wrong(`The index at ${hostOf(place)} has sparse vectors, which embedding models do not give: name one with dense vectors.`);
  return {
    dimension: typeof dimension === 'number' ? dimension : null,
    async search({ vector, limit, conditions }) {
      const body = { vector: [...vector!], topK: limit, includeMetadata: true, ...(namespace === undefined ? {} : { namespace }), ...filterOf(conditions) };
      const answer = await askStore(place, { url: `${url}/query`, headers, body, missing });
      return listIn(answer['matches']).map((found) => entryOf(found, textField, metric !== 'euclidean'));
    },
  };
}; // prettier-ignore
