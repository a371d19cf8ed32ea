import { Ai } from '#kernel/ai.ts';
import { asNodeError } from '../../../agents/think.ts';
import type { NodeRun } from '../../declare.ts';
import type { Config, Passage } from '../config.ts';
import { openChroma } from './chroma.ts';
import { openPinecone } from './pinecone.ts';
import { conditionsOf, textIn, wrong, type Entry, type OpenStore, type StoreName } from './port.ts';
import { openQdrant } from './qdrant.ts';
import { openWeaviate } from './weaviate.ts';

type Outside = Exclude<StoreName, 'builtin'>;
const OPEN: Readonly<Record<Outside, OpenStore>> = { qdrant: openQdrant, weaviate: openWeaviate, pinecone: openPinecone, chroma: openChroma };

/** What models have cost so far. `cost` in millionths of a US dollar. */
export interface Spent {
  tokens: number;
  cost: number;
}

/** What a question means, in numbers. Throws NodeError, or the problems of the port. */
async function meaningOf(run: NodeRun, text: string, model: string | undefined, pay: (spent: Spent) => void): Promise<{ vector: number[]; model: string }> {
  const told = await run
    .provider(Ai)
    .embed({ origin: await run.asking('embedding'), ...(model === undefined ? {} : { model }), texts: [text], signal: run.signal })
    .catch((error: unknown) => {
      throw asNodeError(error);
    });
  const { inputTokens, outputTokens, cost } = told.usage;
  pay({ tokens: inputTokens + outputTokens, cost });
  return { vector: told.vectors[0]!, model: told.model };
} // prettier-ignore

const fieldOfText = ({ store, textField }: Config): string => textField ?? (store === 'chroma' ? 'document' : 'text');

/** As the built-in store answers: the text does not stand among the metadata once more. */
function passageOf({ id, score, metadata: all }: Entry, text: string, config: Config): Passage {
  const { mode, titleField, sourceField, includeMetadata } = config;
  const source = textIn(all, sourceField);
  const { [fieldOfText(config)]: _, ...metadata } = all;
  return {
    text, heading: null, score, keyword: mode === 'keyword' ? score : null, semantic: mode === 'semantic' ? score : null,
    document: { id, title: textIn(all, titleField) ?? source ?? id }, chunk: null, source,
    ...(includeMetadata ? { metadata } : {}),
  };
} // prettier-ignore

/** Entries that have a text; those that have none are told of. Throws where none of them has any: the field is the wrong one. */
function readable(run: NodeRun, entries: readonly Entry[], config: Config): Passage[] {
  const found = entries.flatMap((entry) => (entry.text === null ? [] : [passageOf(entry, entry.text, config)]));
  if (found.length === entries.length) return found;
  const field = fieldOfText(config);
  const names = Object.keys(entries.find(({ text }) => text === null)!.metadata);
  if (found.length === 0) throw wrong(`None of the ${entries.length} entries that were found has a text in "${field}": ${names.length === 0 ? 'they have no other fields' : `name one of ${names.slice(0, 30).join(', ')} in textField`}.`);
  run.log('warn', `${entries.length - found.length} of the ${entries.length} entries that were found have no text in "${field}" and are left out.`);
  return found;
} // prettier-ignore

/**
 * Passages of a store elsewhere, the best first. The index is looked for before a model is asked, so that a wrong name costs nothing.
 * Throws NodeError as the stores do, and of class `config` for vectors of another length.
 */
export async function searchOutside(run: NodeRun, config: Config, text: string, limit: number, pay: (spent: Spent) => void): Promise<Passage[]> {
  const { mode, apiKey, index = '', namespace, endpoint = '', vectorName, textField } = config;
  const store = config.store as Outside;
  const conditions = conditionsOf(config.filters);
  const named = namespace === undefined || namespace === '' ? undefined : namespace;
  // A line end that came along with a key is no part of it, and none may stand in a header.
  const key = apiKey?.trim();
  const opened = await OPEN[store]({ run, endpoint: endpoint.trim(), index: index.trim(), namespace: named, apiKey: key, vectorName, textField, mode });
  const meaning = mode === 'keyword' ? undefined : await meaningOf(run, text, config.embeddingModel, pay);
  if (meaning && opened.dimension !== null && meaning.vector.length !== opened.dimension)
    throw wrong(`The vectors of "${index}" have ${opened.dimension} dimensions, and ${meaning.model} gives ${meaning.vector.length}: name the model that they were made with in embeddingModel.`);
  const entries = await opened.search({ text, vector: meaning?.vector, limit, conditions });
  const best = entries.filter(({ score }) => score >= config.scoreThreshold).toSorted((a, b) => b.score - a.score).slice(0, limit);
  return readable(run, best, config);
} // prettier-ignore
