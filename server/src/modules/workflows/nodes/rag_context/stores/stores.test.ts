import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { VectorStore } from '#test/vector-stores.ts';
import { createEgress } from '../../../egress/adapter.ts';
import type { Json } from '../../../graph.ts';
import type { RawConfig } from '../../declare.ts';
import { errorOf } from '../../testing.ts';
import { createRagWorld, KEY, STORE_NAMES, TEXTS, type Name } from '../testing.ts';

const PROPERTIES = { text: 'text', title: 'text', source: 'text', site: 'text', floor: 'int', load: 'number', isOpen: 'boolean' };
let w: Awaited<ReturnType<typeof createRagWorld>>;
const stores = {} as Record<Name, VectorStore>;
const configs = {} as Record<Name, Record<string, Json>>;

beforeAll(async () => {
  w = await createRagWorld();
  const puts = await w.puts();
  const four = puts.map((one) => ({ ...one, vector: one.vector.slice(0, 4) }));
  const far = [
    ...puts,
    { id: 'secret', vector: puts[0]!.vector, fields: { text: 'kept elsewhere' }, document: 'kept elsewhere', namespace: 'elsewhere' },
  ];
  stores.qdrant = await w.start('qdrant', {
    docs: { distance: 'Cosine', size: 16, points: puts },
    small: { distance: 'Cosine', size: 4, points: four },
    named: { distance: 'Cosine', size: 16, vectorName: 'dense', points: puts },
    far: { distance: 'Euclid', size: 16, points: puts },
    empty: { distance: 'Cosine', size: 16, points: [] },
  });
  stores.weaviate = await w.start('weaviate', {
    Docs: { distance: 'cosine', properties: PROPERTIES, objects: puts },
    Small: { distance: 'cosine', properties: PROPERTIES, objects: four },
    Named: { distance: 'dot', properties: PROPERTIES, vectorName: 'dense', objects: puts },
    Tenants: { distance: 'cosine', properties: PROPERTIES, isMultiTenant: true, objects: far },
    Empty: { distance: 'cosine', properties: PROPERTIES, objects: [] },
  });
  stores.pinecone = await w.start('pinecone', { metric: 'cosine', dimension: 16, records: far });
  stores.chroma = await w.start('chroma', {
    docs: { space: 'cosine', records: puts },
    small: { space: 'cosine', records: four },
    far: { space: 'l2', records: puts },
    empty: { space: 'cosine', records: [] },
    hidden: { space: 'cosine', database: 'network', tenant: 'acme', records: puts },
  });
  const outside = (store: Name, index: string): Record<string, Json> => ({ store, endpoint: stores[store].url, index, mode: 'semantic', apiKey: 'secret://STORE' }); // prettier-ignore
  configs.qdrant = outside('qdrant', 'docs');
  configs.weaviate = outside('weaviate', 'Docs');
  configs.chroma = outside('chroma', 'docs');
  configs.pinecone = { store: 'pinecone', index: stores.pinecone.url, mode: 'semantic', apiKey: 'secret://STORE' };
});
afterAll(() => w.close());
beforeEach(() => {
  for (const store of Object.values(stores)) store.asked.length = store.next.length = 0;
  w.models.asked.length = w.models.script.length = 0;
});

const QUESTION = 'when do edge routers reload';
const ask = (name: Name, more: RawConfig = {}) => w.place().go({ query: QUESTION, ...configs[name], ...more });
const refused = (name: Name, more: RawConfig = {}) => errorOf(ask(name, more));
const ids = async (...asked: Parameters<typeof ask>): Promise<string[]> => (await ask(...asked)).passages.map(({ document }) => document.id);

/** The cosine of two texts, told by the model's own vectors. */
async function cosineWith(text: string): Promise<number> {
  const [a, b] = await w.vectorsOf([QUESTION, text]);
  return a!.reduce((sum, one, at) => sum + one * b![at]!, 0);
}

describe.each(STORE_NAMES)('workflows 46: RAG from %s', (name) => {
  test('passages with their sources and a score that is the cosine, the best first', async () => {
    const { to, passages, context } = await ask(name);
    expect(to).toBeUndefined();
    expect(passages.map(({ document }) => document.id)).toHaveLength(3);
    expect(passages[0]).toMatchObject({
      text: TEXTS[0].text, heading: null, document: { id: 'edge', title: 'Edge' }, chunk: null, source: TEXTS[0].source, keyword: null, metadata: { site: 'fra', floor: 3, isOpen: true },
    }); // prettier-ignore
    if (name !== 'chroma') expect(passages[0]!.metadata).not.toHaveProperty('text');
    for (const { score, semantic, text } of passages) {
      expect(score).toBeCloseTo(await cosineWith(text), 5);
      expect(semantic).toBe(score);
    }
    expect(passages.map(({ score }) => score)).toEqual(passages.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(context).toMatch(
      /^\[1\] Edge routers reload at night only\n\n\[2\] [\s\S]*Sources:\n\[1\] Edge \(https:\/\/wiki\.example\.net\/edge\)\n\[2\] /,
    );
  });

  test('as many as are wanted, none that score less, and a context that is no longer than said', async () => {
    expect(await ids(name, { topK: 1 })).toEqual(['edge']);
    const best = (await ask(name)).passages[0]!.score;
    expect(await ids(name, { scoreThreshold: best - 0.001 })).toEqual(['edge']);
    expect(await ask(name, { scoreThreshold: Math.min(1, best + 0.001) })).toMatchObject({ to: 'empty', passages: [], context: '' });
    expect((await ask(name, { maxChars: 200 })).context.length).toBeLessThanOrEqual(200);
    expect((await ask(name, { includeMetadata: false, topK: 1 })).passages[0]!.metadata).toBeUndefined();
  });

  test('filters are those of the store: a value, one of a list, and all of several', async () => {
    expect(await ids(name, { filters: { site: '{{ "a" + "ms" }}' } })).toEqual(['cable']);
    expect((await ids(name, { filters: { site: ['fra', 'ber'] } })).toSorted()).toEqual(['board', 'edge']);
    expect(await ids(name, { filters: { site: ['fra', 'ber'], isOpen: true, floor: 9 } })).toEqual(['board']);
    expect(await ids(name, { filters: { load: 1.5 } })).toEqual(['cable']);
    expect(await ask(name, { filters: { site: 'nowhere' } })).toMatchObject({ to: 'empty', passages: [] });
    expect(await ids(name, { filters: { floor: [2, 9] } })).toHaveLength(2);
    expect(await refused(name, { filters: { site: { $ne: 'fra' } } })).toMatchObject({ class: 'config', message: expect.stringContaining('"site"') });
    expect(await refused(name, { filters: { site: [] } })).toMatchObject({ class: 'config' });
  });

  test('the question is embedded by the model of the tenant, or by the one that is named, and paid', async () => {
    const place = w.place();
    await place.go({ query: QUESTION, ...configs[name] });
    expect(w.models.asked).toMatchObject([{ path: '/v1/embeddings', body: { model: 'vectors', input: [QUESTION] } }]);
    expect(place.spent.at(-1)!.tokens).toBeGreaterThan(0);
    expect(await refused(name, { embeddingModel: 'lab/none' })).toMatchObject({ type: 'ai-model-unknown', class: 'config' });
  });

  test('a key that is refused, or missing, is in no message', async () => {
    const fault = await refused(name, { apiKey: 'secret://WRONG' });
    expect(fault).toMatchObject({ type: 'http-status', class: 'auth', message: expect.stringContaining('refuses the key') });
    expect(JSON.stringify({ ...fault, message: fault.message })).not.toContain('0815');
    expect(w.models.asked).toEqual([]); // a wrong key costs nothing
    stores[name].next.push([400, { message: `the key ${KEY} may not`, status: { error: `the key ${KEY} may not` }, error: [{ message: `the key ${KEY} may not` }] }]);
    const echoed = await refused(name);
    expect(echoed).toMatchObject({ type: 'http-status', class: 'validation', message: expect.stringContaining('the key [key] may not') });
    expect(JSON.stringify(echoed.details)).not.toContain(KEY);
  }); // prettier-ignore

  test('what passes is told as such, with the pause that the store asks for', async () => {
    stores[name].next.push([429, 'too many', { 'retry-after': '7' }]);
    expect(await refused(name)).toMatchObject({ type: 'http-status', class: 'transient', retryAfterSeconds: 7 });
    stores[name].next.push([503, 'not now']);
    expect(await refused(name)).toMatchObject({ class: 'transient', message: expect.stringContaining('503') });
  });

  test('what is no such store, or answers from elsewhere, is said', async () => {
    stores[name].next.push([200, '<html>']);
    expect(await refused(name)).toMatchObject({ type: 'http-body' });
    stores[name].next.push([307, '', { location: 'http://127.0.0.1:9/' }]);
    expect(await refused(name)).toMatchObject({ class: 'config', message: expect.stringContaining('307') });
    const gone = name === 'pinecone' ? { index: 'http://127.0.0.1:8443' } : { endpoint: 'http://127.0.0.1:8443' };
    expect(await refused(name, gone)).toMatchObject({ type: 'http-transport', class: 'transient' });
    const odd = name === 'pinecone' ? { index: 'http://' } : { endpoint: 'ftp://x' };
    expect(await refused(name, odd)).toMatchObject({ class: 'config', message: expect.stringContaining('is not an address') });
  });

  test('a private network is not asked unless it was opened', async () => {
    const egress = createEgress({ allowPrivateTargets: false, closed: new Set(), now: () => new Date() });
    expect(await errorOf(w.place({ egress }).go({ query: 'x', ...configs[name] }))).toMatchObject({ type: 'egress-denied', class: 'egress' });
    expect(stores[name].asked).toEqual([]);
  });

  test('a text that lies elsewhere is said, with the names of the fields that there are', async () => {
    const found = await refused(name, { textField: 'body' });
    expect(found).toMatchObject({ class: 'config', message: expect.stringMatching(/"body".*title/) });
    expect((await ask(name, { textField: 'title', titleField: 'site', topK: 1 })).passages).toMatchObject([
      { text: 'Edge', document: { title: 'fra' } },
    ]);
  });
});

describe('an index that is not there, and vectors of another length', () => {
  test.each([
    ['qdrant', { index: 'nowhere' }, 'There is no collection "nowhere"'],
    ['weaviate', { index: 'Nowhere' }, 'There is no class "Nowhere"'],
    ['chroma', { index: 'nowhere' }, 'There is no collection "nowhere" in default_tenant/default_database'],
    ['chroma', { namespace: 'nowhere' }, 'There is no collection "docs" in default_tenant/nowhere'],
    ['chroma', { namespace: 'a/b/c' }, 'write database, or tenant/database'],
    ['qdrant', { index: '..' }, '".." is not a name'],
    ['qdrant', { index: 'named' }, 'vectors named dense: name one of them in vectorName'],
    ['qdrant', { vectorName: 'other' }, 'one kind of vectors, without a name'],
    ['weaviate', { vectorName: 'other' }, 'no vector named "other"'],
    ['weaviate', { filters: { color: 'red' } }, 'no property "color"'],
    ['weaviate', { filters: { floor: 1.5 } }, 'is never 1.5: it takes int'],
    ['weaviate', { index: 'Tenants' }, 'without tenant'],
  ] as const)('%s %j', async (name, more, words) => {
    expect(await refused(name, more)).toMatchObject({ type: 'node-config-invalid', class: 'config', message: expect.stringContaining(words) });
  });
  test.each([
    ['qdrant', { index: 'small' }],
    ['weaviate', { index: 'Small' }],
    ['chroma', { index: 'small' }],
  ] as const)('%s tells both figures', async (name, more) => {
    expect(await refused(name, more)).toMatchObject({ class: 'config', message: expect.stringMatching(/have 4 dimensions.*gives 16/) });
  });
  test('pinecone tells both figures, and is not asked where its vectors are sparse', async () => {
    const small = await w.start('pinecone', { metric: 'cosine', dimension: 4, records: [] });
    expect(await refused('pinecone', { index: small.url })).toMatchObject({
      class: 'config',
      message: expect.stringMatching(/have 4 dimensions.*gives 16/),
    });
    const sparse = await w.start('pinecone', { metric: 'dotproduct', dimension: 4, vectorType: 'sparse', records: [] });
    expect(await refused('pinecone', { index: sparse.url })).toMatchObject({ class: 'config', message: expect.stringContaining('sparse') });
  });
});

describe('what each store has of its own', () => {
  test('nothing in it takes the port empty', async () => {
    expect(await ask('qdrant', { index: 'empty' })).toMatchObject({ to: 'empty' });
    expect(await ask('weaviate', { index: 'Empty' })).toMatchObject({ to: 'empty' });
    expect(await ask('chroma', { index: 'empty' })).toMatchObject({ to: 'empty' });
    expect(await ask('pinecone', { namespace: 'nowhere' })).toMatchObject({ to: 'empty' });
  });

  test('vectors by name, namespaces and databases', async () => {
    expect(await ids('qdrant', { index: 'named', vectorName: 'dense', topK: 1 })).toEqual(['edge']);
    expect(await ids('weaviate', { index: 'Named', topK: 1 })).toEqual(['edge']);
    expect(await ids('weaviate', { index: 'Named', vectorName: 'dense', topK: 1 })).toEqual(['edge']);
    expect(await ids('weaviate', { index: 'Tenants', namespace: 'elsewhere' })).toEqual(['secret']);
    expect(await ids('pinecone', { namespace: 'elsewhere' })).toEqual(['secret']);
    expect(await ids('chroma', { index: 'hidden', namespace: 'acme/network', topK: 1 })).toEqual(['edge']);
  });

  test('distances become scores from 0 to 1, nearer ones the higher', async () => {
    const dot = (await ask('weaviate', { index: 'Named' })).passages;
    expect(dot[0]!.score).toBeCloseTo(await cosineWith(TEXTS[0].text), 5); // of vectors whose length is 1
    for (const [name, index] of [['qdrant', 'far'], ['chroma', 'far']] as const) {
      const { passages } = await ask(name, { index });
      // |a − b|² is 2 − 2 cos for vectors whose length is 1; Chroma tells the square.
      const squared = 2 - 2 * (await cosineWith(TEXTS[0].text));
      expect(passages[0]).toMatchObject({ document: { id: 'edge' } });
      expect(passages[0]!.score).toBeCloseTo(1 / (1 + (name === 'qdrant' ? Math.sqrt(squared) : squared)), 5);
      expect(passages[0]!.score).toBeGreaterThan(passages.at(-1)!.score);
    }
    const puts = await w.puts();
    const far = await w.start('pinecone', { metric: 'euclidean', dimension: 16, records: puts });
    expect(await ids('pinecone', { index: far.url, topK: 1 })).toEqual(['edge']);
  }); // prettier-ignore

  test('weaviate is searched by words without any model, and by both', async () => {
    const words = await ask('weaviate', { mode: 'keyword', query: 'cables "of" routers\\' });
    expect(words.passages.map(({ document }) => document.id)).toEqual(['cable', 'edge']);
    expect(words.passages[0]).toMatchObject({ semantic: null, keyword: words.passages[0]!.score });
    expect(words.passages.every(({ score }) => score > 0 && score < 1)).toBe(true);
    expect(w.models.asked).toEqual([]);
    const both = await ask('weaviate', { mode: 'hybrid', query: 'edge' });
    expect(both.passages[0]).toMatchObject({ document: { id: 'edge' }, score: 1, keyword: null, semantic: null });
    expect(both.passages.at(-1)!.score).toBeLessThan(1);
  });

  test.each(['qdrant', 'pinecone', 'chroma'] as const)('%s is searched by meaning alone', async (name) => {
    for (const mode of ['hybrid', 'keyword']) expect(await refused(name, { mode })).toMatchObject({ type: 'node-config-invalid', class: 'config', message: expect.stringContaining(`cannot be searched by ${mode} here: set mode to semantic`) }); // prettier-ignore
    expect(stores[name].asked).toEqual([]);
  });

  test('what is asked and filtered for cannot end its own place in the question', async () => {
    const evil = 'x"}) {text} } } #\\ \u2028 \n{Get{Tenants(limit:1){text}}}';
    const { passages } = await ask('weaviate', { mode: 'hybrid', query: evil, filters: { site: [evil, 'fra'] } });
    expect(passages.map(({ document }) => document.id)).toEqual(['edge']);
    expect(await refused('weaviate', { namespace: evil })).toMatchObject({ message: expect.stringContaining('multi-tenancy disabled') });
    expect(await refused('weaviate', { filters: { [evil]: 'x' } })).toMatchObject({ message: expect.stringContaining('no property') });
  });

  test('a question that took weaviate too long may be asked again', async () => {
    const errors = [{ message: 'explorer: list class: search: context deadline exceeded' }];
    stores.weaviate.next.push([200, { class: 'Docs', properties: [{ name: 'text', dataType: ['text'] }] }], [200, { data: { Get: { Docs: null } }, errors }]); // prettier-ignore
    expect(await refused('weaviate')).toMatchObject({ class: 'transient', message: expect.stringContaining('deadline exceeded') });
  });

  test('a key that was kept with a line end is sent without it', async () => {
    const place = w.place();
    await place.go({ query: QUESTION, ...configs.qdrant, apiKey: 'secret://LINE' });
    expect(stores.qdrant.asked.at(-1)!.headers['api-key']).toBe(KEY);
  });

  test('a collection of sparse vectors alone is not asked', async () => {
    stores.qdrant.next.push([200, { result: { config: { params: { vectors: {}, sparse_vectors: { words: {} } } } } }]);
    expect(await refused('qdrant')).toMatchObject({ class: 'config', message: expect.stringContaining('no dense vectors') });
  });

  test('entries without a text are left out, and that is logged', async () => {
    const puts = await w.puts();
    const store = await w.start('qdrant', { docs: { distance: 'Cosine', size: 16, points: puts.map((one) => (one.id === 'edge' ? { ...one, fields: { title: 'x' } } : one)) } }); // prettier-ignore
    const place = w.place();
    const { passages } = await place.go({ query: QUESTION, ...configs.qdrant, endpoint: store.url });
    expect(passages.map(({ document }) => document.id)).not.toContain('edge');
    expect(place.run.logs).toMatchObject([{ level: 'warn', message: expect.stringContaining('1 of the 3') }]);
  });

  test('fields may lie within others, as some libraries put them', async () => {
    const [put] = await w.puts();
    const point = { ...put!, fields: { page_content: 'within', metadata: { source: 'a.md', site: 'fra' } } };
    const store = await w.start('qdrant', { docs: { distance: 'Cosine', size: 16, points: [point] } });
    const within = { endpoint: store.url, textField: 'page_content', sourceField: 'metadata.source', filters: { 'metadata.site': 'fra' } };
    expect((await ask('qdrant', within)).passages).toMatchObject([{ text: 'within', source: 'a.md', document: { title: 'a.md' } }]);
  });
});
