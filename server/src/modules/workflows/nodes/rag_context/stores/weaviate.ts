import type { Json } from '../../../graph.ts';
import { NodeError } from '../../declare.ts';
import { askStore, below, fieldsIn, hostOf, listIn, shown, type Fields } from './ask.ts';
import { ofDistance, ofLikeness, textIn, wrong, type Condition, type Entry, type OpenStore, type Place, type Plain, type Question } from './port.ts';

/** GraphQL, section 2.1.9: names of classes and properties stand in the question as they are, so nothing else may. */
const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
/** Types of properties with the field that a filter gives their value in; references, places and objects are left out. */
const VALUES: Readonly<Record<string, string>> = { text: 'valueText', string: 'valueText', uuid: 'valueText', date: 'valueDate', int: 'valueInt', number: 'valueNumber', boolean: 'valueBoolean' }; // prettier-ignore
/** Words and meaning count alike, as in the built-in store. */
const ALPHA = 0.5;

interface Class {
  name: string;
  /** Names of properties that can be read, with the field of their value in filters. */
  properties: ReadonlyMap<string, string>;
  distance: string;
}

/** A value within a question. What JSON says of a text GraphQL reads as the same text (section 2.9.4): no quote ends it early. */
const literal = (value: Plain | readonly Plain[]): string => JSON.stringify(value);

/** The distance of the vectors that are searched: a class has one kind, or several by name. */
function distanceOf({ vectorName }: Place, name: string, found: Fields): string {
  const named = fieldsIn(found['vectorConfig']);
  const names = Object.keys(named);
  const there = names.length === 0 ? 'one vector without a name' : `vectors named ${names.join(', ')}`;
  if (vectorName !== undefined && !names.includes(vectorName)) throw wrong(`The class "${name}" has ${there}: there is no vector named "${vectorName}".`);
  if (vectorName === undefined && names.length > 1) throw wrong(`The class "${name}" has ${there}: name one of them in vectorName.`);
  const kind = fieldsIn(names.length === 0 ? found : named[vectorName ?? names[0]!]);
  return String(fieldsIn(kind['vectorIndexConfig'])['distance'] ?? 'cosine');
} // prettier-ignore

function classOf(place: Place, found: Fields): Class {
  const properties = new Map<string, string>();
  for (const one of listIn(found['properties'])) {
    const { name, dataType } = fieldsIn(one);
    const value = VALUES[String(listIn(dataType)[0]).replace(/\[\]$/, '')];
    if (typeof name === 'string' && NAME.test(name) && value !== undefined) properties.set(name, value);
  }
  const name = String(found['class']);
  if (!NAME.test(name)) throw wrong(`"${name.slice(0, 100)}" is not a name of a class.`);
  return { name, properties, distance: place.mode === 'keyword' ? 'none' : distanceOf(place, name, found) };
}

const FITS: Readonly<Record<string, (value: Plain) => boolean>> = {
  valueText: (value) => typeof value === 'string',
  valueDate: (value) => typeof value === 'string',
  valueInt: (value) => Number.isInteger(value),
  valueNumber: (value) => typeof value === 'number',
  valueBoolean: (value) => typeof value === 'boolean',
};

function operand({ name, properties }: Class, { field, values, isList }: Condition): string {
  const value = properties.get(field);
  if (value === undefined) throw wrong(`The class "${name}" has no property "${field.slice(0, 100)}" to filter by: there are ${[...properties.keys()].join(', ')}.`);
  const odd = values.find((one) => !FITS[value]!(one));
  if (odd !== undefined) throw wrong(`The property "${field}" of the class "${name}" is never ${JSON.stringify(odd).slice(0, 100)}: it takes ${value.slice(5).toLowerCase()}.`);
  const [operator, given] = isList ? ['ContainsAny', literal(values)] : ['Equal', literal(values[0]!)];
  return `{path: [${literal(field)}], operator: ${operator}, ${value}: ${given}}`;
} // prettier-ignore

function whereOf(found: Class, conditions: readonly Condition[]): string[] {
  const operands = conditions.map((one) => operand(found, one));
  if (operands.length === 0) return [];
  return [`where: ${operands.length === 1 ? operands[0]! : `{operator: And, operands: [${operands.join(', ')}]}`}`];
}

function searchOf({ vectorName, mode }: Place, { text, vector }: Question): string {
  const target = vectorName === undefined ? '' : `, targetVectors: [${literal(vectorName)}]`;
  if (mode === 'keyword') return `bm25: {query: ${literal(text)}}`;
  const near = `vector: ${literal(vector!)}${target}`;
  return mode === 'semantic'
    ? `nearVector: {${near}}`
    : `hybrid: {query: ${literal(text)}, alpha: ${ALPHA}, fusionType: relativeScoreFusion, ${near}}`;
}

/** Values are literals: what is searched for by a vector is not read from variables (graphql_types.go of Weaviate), nor are lists in filters. */
function questionOf(place: Place, found: Class, question: Question): string {
  const { namespace, mode } = place;
  const tenant = namespace === undefined ? [] : [`tenant: ${literal(namespace)}`];
  const given = [`limit: ${question.limit}`, ...tenant, searchOf(place, question), ...whereOf(found, question.conditions)];
  const about = mode === 'semantic' ? 'distance' : 'score';
  return `{Get {${found.name}(${given.join(', ')}) {${[...found.properties.keys()].join(' ')} _additional {id ${about}}}}}`;
}

/** Distances of cosine are 1 − cosine, those of dot products their negative; BM25 has no upper end, and s / (1 + s) keeps its order. */
function scoreOf({ mode }: Place, metric: string, { distance, score }: Fields): number {
  if (mode === 'hybrid') return ofLikeness(Number(score));
  if (mode === 'keyword') return ofLikeness(Number(score) / (1 + Number(score)));
  if (metric === 'cosine') return ofLikeness(1 - Number(distance));
  return metric === 'dot' ? ofLikeness(-Number(distance)) : ofDistance(Number(distance));
}

/** What a question was refused for comes with status 200 (GraphQL over HTTP, section 6.4). */
function requireAnswer(place: Place, answer: Fields, vector: readonly number[] | undefined): void {
  const fault = fieldsIn(listIn(answer['errors'])[0])['message'];
  if (typeof fault !== 'string') return;
  const [, a, b] = /(\d+) vs (\d+)/.exec(/lengths? don'?t match/.test(fault) ? fault : '') ?? [];
  const ours = String(vector?.length ?? 0);
  if (a !== undefined) throw wrong(`The vectors of the class "${place.index}" have ${a === ours ? b : a} dimensions, and the embedding model gives ${ours}: name the model that they were made with in embeddingModel.`);
  const words = `${hostOf(place)} refuses the question: ${shown(fault, place)}`;
  // Of Go, when a search has taken longer than it may there.
  throw fault.includes('deadline exceeded') ? new NodeError('http-status', 'transient', words) : wrong(words);
} // prettier-ignore

function entryOf(place: Place, { distance }: Class, textField: string, found: Json): Entry {
  const { _additional, ...metadata } = fieldsIn(found);
  const about = fieldsIn(_additional);
  return { id: String(about['id']), score: scoreOf(place, distance, about), text: textIn(metadata, textField), metadata };
}

/**
 * Weaviate (API reference, REST `/v1/schema/{className}` and GraphQL `Get` with `nearVector`, `bm25`, `hybrid`, `where`, `tenant`:
 * docs.weaviate.io). GraphQL has to be switched on there.
 */
export const openWeaviate: OpenStore = async (place) => {
  const { index, apiKey, textField = 'text' } = place;
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const missing = `There is no class "${index}" at ${hostOf(place)}: see that index names it as it is written there.`;
  const found = classOf(place, await askStore(place, { method: 'GET', url: below(place, 'v1', 'schema', index), headers, missing }));
  if (!found.properties.has(textField)) throw wrong(`The class "${found.name}" has no property "${textField}" to take the text from: name one of ${[...found.properties.keys()].join(', ')} in textField.`);
  return {
    // The schema does not tell it; a question with another one is refused.
    dimension: null,
    async search(question) {
      const body = { query: questionOf(place, found, question) };
      const none = `${hostOf(place)} does not answer GraphQL: it has to be switched on there.`;
      const answer = await askStore(place, { url: below(place, 'v1', 'graphql'), headers, body, missing: none });
      requireAnswer(place, answer, question.vector);
      return listIn(fieldsIn(fieldsIn(answer['data'])['Get'])[found.name]).map((one) => entryOf(place, found, textField, one));
    },
  };
}; // prettier-ignore
