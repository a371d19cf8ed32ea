import { Kind, parse, type ArgumentNode, type FieldNode, type ValueNode } from 'graphql';
import { bm25, fused } from './weaviate-ranking.ts';
import { cosine, dot, nearest, squared, startVectorStore, type Asked, type Put, type Said, type VectorStore } from './vector-store.ts';

type Distance = 'cosine' | 'dot' | 'l2-squared';
export interface WeaviateClass {
  distance: Distance;
  /** Names of properties with their types. */
  properties: Record<string, string>;
  vectorName?: string;
  isMultiTenant?: boolean;
  objects: Put[];
}

const DISTANCES: Record<Distance, (a: number[], b: number[]) => number> = {
  cosine: (a, b) => 1 - cosine(a, b),
  dot: (a, b) => -dot(a, b),
  'l2-squared': squared,
};

/** Said in the answer to the question, with status 200. */
class Fault extends Error {}

/** Values as the server reads them: variables give nothing where vectors and lists of filters stand. */
function valueOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.LIST:
      return node.values.map(valueOf);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, valueOf(field.value)]));
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value;
    default:
      return null;
  }
}
const valuesOf = (nodes: readonly ArgumentNode[] = []): Record<string, unknown> =>
  Object.fromEntries(nodes.map((one) => [one.name.value, valueOf(one.value)]));

const FIELDS: Record<string, string> = { text: 'valueText', uuid: 'valueText', int: 'valueInt', number: 'valueNumber', boolean: 'valueBoolean', date: 'valueDate' }; // prettier-ignore
interface Where {
  operator: string;
  operands?: Where[];
  path?: string[];
  [value: string]: unknown;
}
/** Texts are matched by their words, whatever their case, as with the tokenization that properties have by default. */
const tokens = (value: unknown): unknown[] =>
  [value].flat().flatMap((one): unknown[] => (typeof one === 'string' ? (one.toLowerCase().match(/\w+/g) ?? []) : [one]));

function holds(of: WeaviateClass, put: Put, where: Where): boolean {
  if (where.operator === 'And') return where.operands!.every((one) => holds(of, put, one));
  const name = where.path![0]!;
  const type = of.properties[name]?.replace('[]', '');
  if (type === undefined) throw new Fault(`no such prop with name '${name}' found in class`);
  const field = FIELDS[type]!;
  if (where[field] === undefined) throw new Fault(`data type filter cannot use "${Object.keys(where).find((key) => key.startsWith('value'))}" on type "${type}", use "${field}" instead`);
  const [there, wanted] = [tokens(put.fields[name]), where[field]];
  const has = (one: unknown): boolean => tokens(one).every((token) => there.includes(token));
  if (where.operator === 'Equal') return has(wanted);
  if (where.operator === 'ContainsAny' && Array.isArray(wanted)) return wanted.some(has);
  throw new Fault(`invalid filter operator ${where.operator}`);
} // prettier-ignore

interface Near {
  vector?: number[];
  targetVectors?: string[];
}
function distanceFrom(of: WeaviateClass, { vector, targetVectors }: Near): (put: Put) => number {
  if (!Array.isArray(vector)) throw new Fault('vector is required');
  if (targetVectors && targetVectors[0] !== of.vectorName) throw new Fault(`class does not have named vector ${targetVectors[0]} configured`);
  return (put) => {
    if (put.vector.length !== vector.length) throw new Fault(`explorer: get class: vector search: object vector search at index docs: shard docs_1: vector search: knn search: distance between entrypoint and query node: ${put.vector.length} vs ${vector.length}: vector lengths don't match`);
    return DISTANCES[of.distance](vector, put.vector);
  };
} // prettier-ignore

const textsOf = (of: WeaviateClass, { fields }: Put): string => Object.entries(of.properties).flatMap(([name, type]) => (type === 'text' ? [String(fields[name] ?? '')] : [])).join(' '); // prettier-ignore

interface Ranked {
  one: Put;
  about: { distance?: number; score?: string };
}
function ranked(of: WeaviateClass, kept: readonly Put[], given: Record<string, unknown>, limit: number): Ranked[] {
  const { nearVector, bm25: words, hybrid } = given as { nearVector?: Near; bm25?: { query: string }; hybrid?: Near & { query: string; alpha: number; fusionType: string } }; // prettier-ignore
  if ([nearVector, words, hybrid].filter(Boolean).length !== 1) throw new Fault('only one search operator can be used');
  if (nearVector)
    return nearest(kept, distanceFrom(of, nearVector), limit, true).map(({ one, measured }) => ({ one, about: { distance: measured } }));
  const byWords = bm25(kept, (one) => textsOf(of, one), (words ?? hybrid)!.query);
  if (words) return byWords.slice(0, limit).map(({ one, score }) => ({ one, about: { score: String(score) } }));
  if (hybrid!.fusionType !== 'relativeScoreFusion') throw new Fault('unknown fusion');
  const away = distanceFrom(of, hybrid!);
  const byMeaning = nearest(kept, away, 100, true).map(({ one, measured }) => ({ one, score: -measured }));
  return fused(byWords, byMeaning, hybrid!.alpha).slice(0, limit).map(({ one, score }) => ({ one, about: { score: String(score) } })); // prettier-ignore
}

function search(of: WeaviateClass, { arguments: given, selectionSet }: FieldNode): unknown[] {
  const { limit = 100, tenant, where, ...way } = valuesOf(given) as Record<string, unknown> & { limit?: number; tenant?: string; where?: Where };
  if (of.isMultiTenant && tenant === undefined) throw new Fault('class docs has multi-tenancy enabled, but request was without tenant');
  if (!of.isMultiTenant && tenant !== undefined) throw new Fault('class docs has multi-tenancy disabled, but request was with tenant');
  const fields = selectionSet!.selections.map((one) => (one as FieldNode).name.value).filter((name) => name !== '_additional');
  const strange = fields.find((name) => !(name in of.properties));
  if (strange !== undefined) throw new Fault(`Cannot query field "${strange}" on type "Docs".`);
  const kept = of.objects.filter((one) => (!of.isMultiTenant || one.namespace === tenant) && (!where || holds(of, one, where)));
  return ranked(of, kept, way, limit).map(({ one, about }) => ({
    ...Object.fromEntries(fields.map((name) => [name, one.fields[name] ?? null])),
    _additional: { id: one.id, distance: null, ...about },
  }));
}

function graphql(classes: Record<string, WeaviateClass>, query: string): Said {
  let name: string | undefined;
  try {
    const [operation] = parse(query).definitions;
    const get = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.selectionSet.selections[0] as FieldNode) : undefined;
    const field = get?.selectionSet?.selections[0] as FieldNode;
    name = field.name.value;
    const of = classes[name];
    if (get!.name.value !== 'Get' || !of) throw new Fault(`Cannot query field "${name}" on type "GetObjectsObj".`);
    return [200, { data: { Get: { [name]: search(of, field) } } }];
  } catch (error) {
    return [200, { data: { Get: { [String(name)]: null } }, errors: [{ locations: [{ column: 1, line: 1 }], message: (error as Error).message, path: ['Get', name] }] }]; // prettier-ignore
  }
}

/** Weaviate as far as our product asks it: what a class is like, and `Get` of GraphQL with one way of searching. */
export async function startWeaviate(classes: Record<string, WeaviateClass>, key?: string): Promise<VectorStore> {
  const answer = ({ method, path, body }: Asked): Said => {
    if (method === 'POST' && path === '/v1/graphql') return graphql(classes, String(body['query']));
    const name = /^\/v1\/schema\/(\w+)$/.exec(path)?.[1] ?? '';
    const found = classes[name];
    if (!found) return [404, ''];
    const { properties, distance, vectorName } = found;
    const kind = { vectorIndexType: 'hnsw', vectorIndexConfig: { distance } };
    const listed = Object.entries(properties).map(([one, type]) => ({ name: one, dataType: [type] }));
    return [200, { class: name, properties: listed, ...(vectorName === undefined ? kind : { vectorConfig: { [vectorName]: kind } }) }];
  };
  const refusal: Said = [401, { code: 401, message: 'unauthorized: invalid api key, please provide a valid api key' }];
  return startVectorStore({ key, keyIn: ({ authorization }) => authorization?.replace(/^Bearer /, ''), refusal, answer });
}
