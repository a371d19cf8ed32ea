import { describe, expect, test } from 'vitest';
import { nodeRun } from '#test/node-told.ts';
import { compileConfig } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import { errorOf, MOMENT, scopeWith } from '../testing.ts';
import { ragContext } from './index.ts';

const found = (config: Record<string, Json>): string[] => ragContext.check!(config).map(({ severity, pointer }) => `${severity} ${pointer}`);
const QDRANT = { store: 'qdrant', endpoint: 'https://qdrant.example.net:6333', index: 'docs', mode: 'semantic' };
const PINECONE = { store: 'pinecone', index: 'docs-1.svc.pinecone.io', apiKey: 'secret://P', mode: 'semantic' };

describe('a configuration is held against its store', () => {
  test('workflows 32: rag_context: the examples are valid, and what is missing or means nothing is found', () => {
    expect(ragContext.config.safeParse(ragContext.example).success).toBe(true);
    for (const good of [ragContext.example as Record<string, Json>, QDRANT, PINECONE, { ...QDRANT, store: 'chroma' }, { ...QDRANT, store: 'weaviate', mode: 'hybrid', namespace: 'x' }]) expect(found(good)).toEqual([]);
    expect(found({})).toEqual(['error /collection']);
    expect(found({ collection: 'x', endpoint: 'https://x', embeddingModel: 'lab/x' })).toEqual(['error /endpoint', 'error /embeddingModel']);
    expect(found({ store: 'qdrant', mode: 'semantic' })).toEqual(['error /endpoint', 'error /index']);
    expect(found({ ...QDRANT, namespace: 'x', collection: 'x' })).toEqual(['error /collection', 'error /namespace']);
    expect(found({ ...PINECONE, endpoint: 'https://x', apiKey: '' })).toEqual(['error /apiKey', 'error /endpoint']);
    expect(ragContext.config.safeParse({ ...QDRANT, store: 'milvus' }).success).toBe(false);
  }); // prettier-ignore
  test.each(['qdrant', 'pinecone', 'chroma'])('%s is searched by meaning alone, also where nobody says how', (store) => {
    const config = { ...(store === 'pinecone' ? PINECONE : { ...QDRANT, store }) } as Record<string, Json>;
    expect(ragContext.check!({ ...config, mode: 'keyword' })).toMatchObject([{ pointer: '/mode', message: `${store} cannot be searched by keyword here: set mode to semantic` }]); // prettier-ignore
    delete config['mode'];
    expect(found(config)).toEqual(['error /mode']);
    expect(found({ ...config, mode: '{{ input.mode }}' })).toEqual([]);
  });
  test('filters that a store cannot be told, keys over http, and a model that is not asked', () => {
    expect(found({ ...QDRANT, filters: { a: 'x', b: null, c: { d: 1 }, e: ['x'] } })).toEqual(['error /filters', 'error /filters']);
    expect(found({ collection: 'x', filters: { c: { d: 1 } } })).toEqual([]);
    expect(found({ ...QDRANT, endpoint: 'http://10.0.0.7:6333' })).toEqual([]);
    expect(found({ ...QDRANT, endpoint: 'http://10.0.0.7:6333', apiKey: 'secret://Q' })).toEqual(['warning /endpoint']);
    expect(found({ ...PINECONE, index: 'http://x.example' })).toEqual(['warning /index']);
    expect(found({ collection: 'x', rerankModel: 'lab/x' })).toEqual(['warning /rerankModel']);
  });
  test('the key is not shown with the settings', () => {
    const secrets = { Q: 'key-of-the-store-4711' };
    const { config, shown } = compileConfig(ragContext, { ...QDRANT, apiKey: 'secret://Q' }).resolve(scopeWith(), { ...MOMENT, secrets });
    expect([JSON.stringify(config).includes(secrets.Q), JSON.stringify(shown).includes(secrets.Q)]).toEqual([true, false]);
  });
  test('the same is an error when it runs, since expressions decide then', async () => {
    const run = (config: Record<string, Json>) => errorOf(Promise.resolve().then(() => ragContext.run!(nodeRun(), ragContext.config.parse(config)))); // prettier-ignore
    expect(await run({})).toMatchObject({ type: 'node-config-invalid', class: 'config', message: 'builtin needs collection, and it is not set.' });
    expect(await run({ ...QDRANT, mode: 'hybrid' })).toMatchObject({ message: 'qdrant cannot be searched by hybrid here: set mode to semantic.' });
  });
});
