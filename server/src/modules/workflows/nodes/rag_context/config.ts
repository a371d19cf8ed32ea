import { z } from 'zod';
import { SEARCH_TYPES } from '#kernel/recall/fields.ts';
import { knowledgeSearch } from '#modules/knowledge/index.ts';
import { Json } from '../../graph.ts';
import type { OwnFinding, RawConfig } from '../declare.ts';
import { tpl } from '../fields.ts';
import { isFields, isOpen } from '../values.ts';
import { MODES, STORES, type StoreName } from './stores/port.ts';

const OUTSIDE = STORES.filter((store) => store !== 'builtin');
const when = (...values: StoreName[]) => ({ showWhen: { field: 'store', values } });
const model = z.string().max(200).optional();

export const Config = z.object({
  store: z.enum(STORES).default('builtin').meta({ title: 'Store', help: 'builtin: the page Knowledge; the others are asked over the network', expression: 'none' }),
  collection: tpl({ title: 'Collection', help: 'Its name or its id', examples: ['Runbooks'] }, 400).optional().meta(when('builtin')),
  endpoint: tpl({ title: 'Address', help: 'Where the store answers', examples: ['https://qdrant.example.net:6333'] }, 2_000).optional().meta(when('qdrant', 'weaviate', 'chroma')),
  index: tpl({ title: 'Index', help: 'qdrant, chroma: the collection; weaviate: the class; pinecone: the host of the index', examples: ['runbooks'] }, 400).optional().meta(when(...OUTSIDE)),
  namespace: tpl({ title: 'Namespace', help: 'weaviate: the tenant of the class; chroma: database, or tenant/database', examples: ['network'] }, 400).optional().meta(when('weaviate', 'pinecone', 'chroma')),
  apiKey: z.string().max(2_000).optional().meta({ title: 'Key', help: 'secret://NAME', expression: 'secret', widget: 'secret', examples: ['secret://QDRANT_KEY'], ...when(...OUTSIDE) }),
  vectorName: z.string().max(200).optional().meta({ title: 'Name of the vector', help: 'Where entries have several', expression: 'none', ...when('qdrant', 'weaviate') }),
  textField: z.string().max(200).optional().meta({ title: 'Field of the text', help: '`text` when left out, and with chroma the document; a.b is b within a', expression: 'none', examples: ['page_content'], ...when(...OUTSIDE) }),
  titleField: z.string().max(200).default('title').meta({ title: 'Field of the title', help: 'Shown with what is quoted', expression: 'none', ...when(...OUTSIDE) }),
  sourceField: z.string().max(200).default('source').meta({ title: 'Field of the source', help: 'Shown with what is quoted', expression: 'none', ...when(...OUTSIDE) }),
  embeddingModel: model.meta({ title: 'Embedding model', help: 'The one that the entries were made with; the default of the tenant when left out', widget: 'aiEmbeddingModel', expression: 'none', ...when(...OUTSIDE) }),
  query: tpl({ title: 'Question', help: 'What came in when left out', examples: ['{{ input.question }}'] }).optional(),
  mode: z.enum(SEARCH_TYPES).default('hybrid').meta({ title: 'How', help: 'keyword: words and their stems; semantic: what is alike in meaning; hybrid: both. qdrant, pinecone and chroma: semantic alone' }),
  topK: z.int().min(1).max(50).default(5).meta({ title: 'Passages at most' }),
  scoreThreshold: z.number().min(0).max(1).default(0).meta({ title: 'Threshold', help: 'What scores less is not found; 0 to 1' }),
  filters: z.record(z.string(), Json).optional().meta({ title: 'Only documents with', help: 'Metadata that they must have; all of it. In stores elsewhere a list means one of its values', expression: 'tpl' }),
  rerank: z.boolean().default(false).meta({ title: 'Put in order by a model', help: 'More passages are found than are wanted, and a model picks the best of them' }),
  rerankModel: model.meta({ title: 'Model for the order', help: 'The default of the tenant when left out', widget: 'aiModel', expression: 'none', showWhen: { field: 'rerank', values: [true] } }),
  maxChars: z.int().min(200).max(100_000).default(8_000).meta({ title: 'Characters', help: 'Of all passages together in `context`' }),
  includeMetadata: z.boolean().default(true).meta({ title: 'With metadata' }),
}); // prettier-ignore
export type Config = z.output<typeof Config>;

const Found = knowledgeSearch.output.shape.passages.element;
/** As the built-in store answers; entries of other stores have ids of any form, and no number within a document. */
export const Passage = Found.extend({
  document: z.object({ id: z.string(), title: z.string() }),
  chunk: z.int().nullable().meta({ help: 'Number of the passage in its document, from 1; null in stores elsewhere' }),
});
export type Passage = z.output<typeof Passage>;

export const Output = z.object({
  passages: z.array(Passage),
  context: z.string(),
  reranked: z.boolean().optional().meta({ help: 'Whether a model has put them in order; only where that was asked for' }),
});

const NEEDS: Readonly<Record<StoreName, readonly string[]>> = {
  builtin: ['collection'], qdrant: ['endpoint', 'index'], weaviate: ['endpoint', 'index'], pinecone: ['index', 'apiKey'], chroma: ['endpoint', 'index'],
}; // prettier-ignore
/** What means nothing to a store: left there, somebody believes that it does. */
const STRANGE: Readonly<Record<StoreName, Readonly<Record<string, string>>>> = {
  builtin: {
    endpoint: 'The built-in store has none', index: 'Name the collection instead', namespace: 'The built-in store has none', apiKey: 'The built-in store needs none',
    vectorName: 'The built-in store has one for each passage', textField: 'The built-in store has none', embeddingModel: 'The built-in store is searched with the embedding model of the tenant',
  },
  qdrant: { collection: 'Name it in index', namespace: 'Qdrant has none: keep things apart by filters' },
  weaviate: { collection: 'Name the class in index' },
  pinecone: { collection: 'Name the host of the index in index', endpoint: 'Pinecone is asked at the host of the index: put it into index', vectorName: 'Entries in Pinecone have one' },
  chroma: { collection: 'Name it in index', vectorName: 'Entries in Chroma have one' },
}; // prettier-ignore

/** Settings that are not as the store needs them; what an expression decides is known when it runs. */
export function misfits(config: RawConfig): { field: string; message: string }[] {
  const store = (config['store'] ?? 'builtin') as StoreName;
  if (!STORES.includes(store)) return [];
  const has = (field: string): boolean => config[field] !== undefined && config[field] !== '';
  const missing = NEEDS[store].filter((field) => !has(field)).map((field) => ({ field, message: `${store} needs ${field}, and it is not set` }));
  const strange = Object.entries(STRANGE[store]).flatMap(([field, message]) => (has(field) ? [{ field, message }] : []));
  const mode = String(config['mode'] ?? 'hybrid');
  const isKnown = isOpen(mode) || (MODES[store] as readonly string[]).includes(mode);
  return [
    ...missing,
    ...strange,
    ...(isKnown ? [] : [{ field: 'mode', message: `${store} cannot be searched by ${mode} here: set mode to ${MODES[store].join(', ')}` }]),
  ];
}

/** Over a connection that anybody in between can read. */
const isBare = (address: Json | undefined): boolean => typeof address === 'string' && /^http:\/\//i.test(address.trim());

/** Filters that no store elsewhere can be told. */
const oddFilters = ({ store = 'builtin', filters }: RawConfig): string[] =>
  store === 'builtin' || !isFields(filters) ? [] : Object.keys(filters).filter((field) => filters[field] === null || isFields(filters[field]));

export function check(config: RawConfig): OwnFinding[] {
  const { apiKey, rerank = false, rerankModel } = config;
  const find = (severity: OwnFinding['severity'], field: string, message: string): OwnFinding => ({
    rule: 'V03',
    severity,
    pointer: `/${field}`,
    message,
  });
  const bare = apiKey === undefined ? [] : ['endpoint', 'index'].filter((field) => isBare(config[field]));
  return [
    ...misfits(config).map(({ field, message }) => find('error', field, message)),
    ...oddFilters(config).map((field) => find('error', 'filters', `"${field}" must be a text, a number, true or false, or a list of them`)),
    ...bare.map((field) => find('warning', field, 'The key goes over http, where whoever sits in between can read it')),
    ...(rerank === false && rerankModel !== undefined ? [find('warning', 'rerankModel', 'Nothing is put in order by a model')] : []),
  ];
}
