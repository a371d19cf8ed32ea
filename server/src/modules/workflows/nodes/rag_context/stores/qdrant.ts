import type { Json } from '../../../graph.ts';
import { askStore, below, fieldsIn, hostOf, listIn, type Fields } from './ask.ts';
import { ofDistance, ofLikeness, textIn, wrong, type Condition, type Entry, type OpenStore, type Place, type Plain } from './port.ts';

/** Numbers that are no integers are matched by a range: `match` takes texts, integers and booleans. */
const one = (key: string, value: Plain): Json =>
  typeof value === 'number' && !Number.isInteger(value) ? { key, range: { gte: value, lte: value } } : { key, match: { value } };

/** `any` takes texts alone, or integers alone. */
const oneOf = (key: string, values: readonly Plain[]): Json =>
  values.every((value) => typeof value === 'string') || values.every((value) => Number.isInteger(value))
    ? { key, match: { any: [...values] } }
    : { should: values.map((value) => one(key, value)) };

const filterOf = (conditions: readonly Condition[]): Fields =>
  conditions.length === 0
    ? {}
    : { filter: { must: conditions.map(({ field, values, isList }) => (isList ? oneOf(field, values) : one(field, values[0]!))) } };

/** Size and distance of the vectors that are searched: a collection has one kind, or several by name. */
function vectorsOf(place: Place, collection: Fields): Fields {
  const { vectorName, index } = place;
  const vectors = fieldsIn(fieldsIn(fieldsIn(fieldsIn(collection['result'])['config'])['params'])['vectors']);
  if (vectors['size'] !== undefined && vectorName === undefined) return vectors;
  const names = vectors['size'] === undefined ? Object.keys(vectors) : [];
  if (vectors['size'] === undefined && names.length === 0) throw wrong(`The collection "${index}" has no dense vectors, and embedding models give no others.`);
  if (vectorName !== undefined && names.includes(vectorName)) return fieldsIn(vectors[vectorName]);
  const there = names.length === 0 ? 'one kind of vectors, without a name' : `vectors named ${names.join(', ')}`;
  throw wrong(`The collection "${index}" has ${there}: ${vectorName === undefined ? 'name one of them in vectorName' : `there are none named "${vectorName}"`}.`);
} // prettier-ignore

const entryOf = (found: Json, textField: string, isLikeness: boolean): Entry => {
  const { id, score, payload } = fieldsIn(found);
  const metadata = fieldsIn(payload);
  return { id: String(id), score: (isLikeness ? ofLikeness : ofDistance)(Number(score)), text: textIn(metadata, textField), metadata };
};

/**
 * Qdrant (API reference, "Get collection info" and "Query points": api.qdrant.tech). Cosine and dot product are answered as they are,
 * Euclid and Manhattan as distances.
 */
export const openQdrant: OpenStore = async (place) => {
  const { index, apiKey, vectorName, textField = 'text' } = place;
  const url = below(place, 'collections', index);
  const headers = apiKey === undefined ? {} : { 'api-key': apiKey };
  const missing = `There is no collection "${index}" at ${hostOf(place)}: see that index names it as it is written there.`;
  const { size, distance } = vectorsOf(place, await askStore(place, { method: 'GET', url, headers, missing }));
  const isLikeness = distance === 'Cosine' || distance === 'Dot';
  return {
    dimension: typeof size === 'number' ? size : null,
    async search({ vector, limit, conditions }) {
      const body = {
        query: [...vector!],
        limit,
        with_payload: true,
        ...(vectorName === undefined ? {} : { using: vectorName }),
        ...filterOf(conditions),
      };
      const answer = await askStore(place, { url: `${url}/points/query`, headers, body, missing });
      return listIn(fieldsIn(answer['result'])['points']).map((found) => entryOf(found, textField, isLikeness));
    },
  };
};
