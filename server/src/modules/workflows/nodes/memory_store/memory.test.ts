import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Ai } from '#kernel/ai.ts';
import { provide } from '#kernel/port.ts';
import { knowledge } from '#modules/knowledge/index.ts';
import { memory } from '#modules/memory/index.ts';
import { createMeanings } from '#test/meanings.ts';
import { startVectorStore } from '#test/vector-stores.ts';
import { workflowWorld, type WorkflowWorld } from '#test/workflow-world.ts';
import type { Person } from '#test/world.ts';
import type { Drawn } from '../../engine/testing.ts';
import type { Json } from '../../graph.ts';
import { validateGraph } from '../../validation/index.ts';
import { byConfig } from '../declare.ts';
import { memorySearch } from '../memory_search/index.ts';
import { ragContext } from '../rag_context/index.ts';
import { contextOf } from '../rag_context/context.ts';
import { memoryStore } from './index.ts';

const meanings = createMeanings();
let w: WorkflowWorld;
beforeAll(async () => {
  w = await workflowWorld({ modules: [memory, knowledge], adapters: [provide(Ai, meanings)] });
});
afterAll(() => w.world.close());

const operation = (name: string) => w.world.registry.operations.get(name)!;
const call = (name: string, input: Record<string, unknown>, who: Person = w.ana) => w.world.done(operation(name), input, who) as Promise<Record<string, Json>>; // prettier-ignore
const stored = (config: Record<string, Json>) => ({ keep: ['memory_store', config] }) as const;
const sought = (config: Record<string, Json>) => ({ find: ['memory_search', config] }) as const;
const keys = (output: Json): string[] => (output as { results: { key: string }[] }).results.map(({ key }) => key);

describe('workflows 45: Memory Store with each merge strategy', () => {
  test('in its own space by default; what it makes up for a key is the same however often it runs', async () => {
    const one = await w.run(stored({}), 'start -> keep', 'Turbines hum.');
    expect(one).toMatchObject({ status: 'completed', outputs: { version: 1, created: true, key: expect.stringMatching(/^keep-[a-z2-7]{20}$/) } });
    const [row] = await w.sql<{ space: string; content: string; provenance: Record<string, string>; vector_model: string }>('select space, content, provenance, vector_model from memories where id = $1', [(one.outputs as { id: string }).id]);
    expect(row).toMatchObject({ content: 'Turbines hum.', vector_model: 'fake/meanings', provenance: { actorKind: 'user', actorId: w.ana.actor.id, executionId: one.executionId } });
    expect(row!.space).toMatch(/^workflow:[0-9a-f-]{36}$/);
  }); // prettier-ignore
  test.each([
    ['upsert', 'two', 2, 0],
    ['append', 'one\ntwo', 2, 0],
    ['replace', 'two', 2, 0],
    ['version', 'two', 2, 1],
  ])('%s', async (mergeStrategy, content, version, versions) => {
    const nodes: Drawn = {
      first: ['memory_store', { space: 'tenant', memoryKey: `m-${mergeStrategy}`, content: 'one', tags: ['a'] }],
      second: ['memory_store', { space: 'tenant', memoryKey: '{{ input.key }}', content: 'two', mergeStrategy, versionNote: 'n' }],
    };
    const { status, outputs } = await w.run(nodes, 'start -> first, first -> second');
    expect([status, outputs]).toEqual(['completed', expect.objectContaining({ version, created: false, key: `m-${mergeStrategy}` })]);
    const { id } = outputs as { id: string };
    expect(await call('memories.get', { id })).toMatchObject({ content, version });
    expect((await call('memories.versions.list', { id }))['items']).toHaveLength(versions);
  });
  test('links, parents, names that stand in it and masked credentials', async () => {
    await w.run(stored({ space: 'tenant', memoryKey: 'site', content: 'The site.' }), 'start -> keep');
    const config = { space: 'tenant', memoryKey: 'edge', content: 'edge-1.example.net is at 192.0.2.7; AKIAIOSFODNN7EXAMPLE', parentKey: 'site', links: [{ to: 'server:s-1', relation: 'about' }], extractEntities: 'regex', metadata: { n: '{{ 1 + 1 }}' }, expires: '7d' }; // prettier-ignore
    const { outputs } = await w.run(stored(config), 'start -> keep');
    const found = await call('memories.get', { id: (outputs as { id: string }).id });
    expect(found).toMatchObject({ entities: ['192.0.2.7', 'edge-1.example.net'], metadata: { n: 2 }, links: [{ relation: 'about', toType: 'server', toId: 's-1' }, { relation: 'part_of', key: 'site' }] }); // prettier-ignore
    expect(found['content']).not.toContain('AKIA');
    expect(found['expiresAt']).not.toBeNull();
  });
  test('what is refused takes the port error with its reason, and nothing is stored', async () => {
    await w.run(stored({ space: 'tenant', memoryKey: 'sealed', content: 'x', sensitivity: 'secret' }), 'start -> keep');
    const lost = await w.run(stored({ space: 'tenant', memoryKey: 'sealed', content: 'y', sensitivity: 'public' }), 'start -> keep');
    expect(lost).toMatchObject({ status: 'failed', error: { type: 'memory-conflict', class: 'conflict' } });
    const reader = w.world.as({ name: 'reader', permissions: ['memory:read', 'workflows:*'] });
    const denied = await w.run(stored({ space: 'tenant', memoryKey: 'mine', content: 'y' }), 'start -> keep', null, reader);
    expect(denied).toMatchObject({ status: 'failed', error: { type: 'permission-denied', class: 'permission' } });
    expect((await call('memories.list', { q: 'mine' }))['items']).toEqual([]);
  });
  test('what waits for people to agree, or for its time, stands in no state, and goes on as it was asked for', async () => {
    const calls: { given: Json; tag: string }[] = [];
    const ways = [{ status: 'refused', problem: { slug: 'rate-limited', status: 429, retryAfterSeconds: 1 } }, { status: 'accepted', changeId: 'c1', state: 'awaiting_approval' }];
    const gate = async (_name: string, given: Json, { dryRun, tag }: { dryRun?: boolean; tag: string }) => {
      if (dryRun) return { status: 'planned', plan: {}, risk: 'write', requirements: [{ rule: 'x' }] };
      calls.push({ given, tag });
      return ways[calls.length - 1];
    };
    const run = { workflowId: 'w', key: 'keep', idempotencyKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', input: null, signal: new AbortController().signal, call: gate } as never;
    const config = memoryStore.config.parse({ space: 'tenant', memoryKey: 'pin', content: 'hidden 4711', sensitivity: 'secret' });
    const late = (await memoryStore.run!(run, config)) as { state: Json };
    const asleep = (await memoryStore.resume!(run, config, { kind: 'timer' } as never, late.state)) as { state: Json; waits: unknown };
    expect(asleep.waits).toEqual([{ kind: 'change', changeId: 'c1' }]);
    expect(JSON.stringify([late, asleep])).not.toContain('hidden');
    expect(calls.map(({ given }) => (given as Record<string, Json>)['content'])).toEqual(['hidden 4711', 'hidden 4711']);
    const result = { id: 'm1', key: 'pin', version: 1, created: true };
    expect(await memoryStore.resume!(run, config, { kind: 'change', changeId: 'c1', state: 'succeeded', result } as never, asleep.state)).toEqual({ output: result });
  }); // prettier-ignore
  test('a dry run tells where it would go, and stores nothing', async () => {
    expect([byConfig(memoryStore.effect, {}), memoryStore.idempotent, memoryStore.config.safeParse(memoryStore.example).success]).toEqual(['effect', true, true]);
    expect(memorySearch.config.safeParse(memorySearch.example).success && ragContext.config.safeParse(ragContext.example).success).toBe(true);
    const run = { workflowId: 'w', key: 'keep', idempotencyKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', call: async () => ({ status: 'planned', plan: {}, risk: 'write', requirements: [] }) };
    const would = await memoryStore.simulate!(run as never, memoryStore.config.parse({ space: 'tenant', memoryKey: 'dry', content: 'the words' }));
    expect(would).toEqual({ output: { id: null, key: 'dry', version: 1, created: true }, would: { memory: { space: 'tenant', key: 'dry', mergeStrategy: 'upsert' } } });
  }); // prettier-ignore
});

describe('workflows 45: Search by keyword, semantic (mock embeddings) and hybrid; expired and foreign memories never appear', () => {
  test('a run finds what it stored, in each way', async () => {
    const keep = { space: 'routers', memoryKey: 'reloads', content: 'Routers reload at night.' };
    for (const [searchType, query] of [['keyword', 'reloading'], ['semantic', 'reboot of the edge by evening'], ['hybrid', 'reload gateway']]) {
      const { status, outputs } = await w.run({ ...stored(keep), ...sought({ space: 'routers', searchType: searchType!, query: query!, threshold: 0.5 }) }, 'start -> keep, keep -> find');
      expect([status, keys(outputs)]).toEqual(['completed', ['reloads']]);
    }
  }); // prettier-ignore
  test('nothing found takes the port empty', async () => {
    const nodes = { ...sought({ space: 'tenant', searchType: 'keyword', query: 'zeppelin' }), none: ['transform', { mode: 'expression', expression: '"none"' }] } as const; // prettier-ignore
    expect((await w.run(nodes, 'start -> find, find.empty -> none')).outputs).toBe('none');
  });
  test('another workflow, another person and what has expired are not found', async () => {
    await w.run(stored({ memoryKey: 'w', content: 'Zebra of a workflow.' }), 'start -> keep');
    await w.run(stored({ space: 'user', memoryKey: 'u', content: 'Zebra of ana.' }), 'start -> keep');
    await w.run(stored({ space: 'tenant', memoryKey: 't', content: 'Zebra of all.', expires: '1h' }), 'start -> keep');
    const seek = (space: string, who = w.ana) => w.run(sought({ space, searchType: 'keyword', query: 'zebra' }), 'start -> find', null, who).then(({ records }) => keys(records['find']!.output)); // prettier-ignore
    expect(await Promise.all([seek('workflow'), seek('user'), seek('user', w.bob), seek('tenant')])).toEqual([[], ['u'], [], ['t']]);
    await w.sql(`update memories set expires_at = now() - interval '1 second' where key = 't'`);
    expect(await seek('tenant')).toEqual([]);
  });
});

describe('workflows 46: RAG returns only documents that the principal may read; nothing found takes port `empty`.', () => {
  beforeAll(async () => {
    const { id } = await call('knowledgeCollections.create', { name: 'Runbooks' });
    const add = (filename: string, content: string, more = {}) => call('documents.create', { collectionId: id, filename, content, ...more }, w.bob);
    const made = [
      await add('edge.md', '# Edge\n\n## Night\nRouters reload at night.', { source: 'https://wiki.example.net/edge', metadata: { site: 'fra' } }),
      await add('board.md', '# Board\nRouters are sold at night.', { accessLabels: ['team:board'] }),
    ];
    for (const { id: document } of made) await vi.waitFor(async () => expect(await call('documents.get', { id: document! }, w.bob)).toMatchObject({ state: 'ready' }), { timeout: 60_000, interval: 25 }); // prettier-ignore
  });
  const ask = (config: Record<string, Json>, who = w.ana) => w.run({ rag: ['rag_context', { collection: 'Runbooks', ...config }], none: ['transform', { mode: 'expression', expression: '"none"' }] }, 'start -> rag, rag.empty -> none', null, who); // prettier-ignore
  test('passages with their sources, and a context that quotes them', async () => {
    const { records } = await ask({ query: 'routers at night' });
    expect(records['rag']!.output).toMatchObject({
      passages: [
        {
          text: 'Routers reload at night.',
          document: { title: 'Edge' },
          chunk: 1,
          source: 'https://wiki.example.net/edge',
          metadata: { site: 'fra' },
        },
      ],
      context: '[1] Routers reload at night.\n\nSources:\n[1] Edge, Edge › Night, passage 1 (https://wiki.example.net/edge)',
    });
    const both = (await ask({ query: 'routers at night' }, w.bob)).records['rag']!.output as { passages: unknown[] };
    expect(both.passages).toHaveLength(2);
    expect(ragContext.taints && memorySearch.taints).toBe(true);
  });
  test('nothing found takes port empty, and what is not there is an error', async () => {
    expect((await ask({ query: 'zeppelin', mode: 'keyword' })).outputs).toBe('none');
    expect((await ask({ query: 'routers', mode: 'keyword', filters: { site: '{{ "ams" }}' } })).outputs).toBe('none');
    expect(await ask({ query: 'x', collection: 'nowhere' })).toMatchObject({ status: 'failed', error: { type: 'collection-not-found', class: 'not_found' } });
  }); // prettier-ignore
  test('a model puts them in order where that is wanted, and is shown nothing of a confidential collection', async () => {
    const asked: string[] = [];
    meanings.complete = async ({ messages }) => {
      asked.push(messages[0]!.text);
      return { text: '', json: { order: [2] }, toolCalls: [], usage: { inputTokens: 40, outputTokens: 2, cost: 3 }, model: 'fake/order', finishReason: 'stop' };
    };
    const titles = async (config: Record<string, Json>) => {
      const { reranked, passages } = (await ask({ query: 'routers at night', mode: 'keyword', ...config }, w.bob)).records['rag']!.output as { reranked?: boolean; passages: { document: { title: string } }[] };
      return [reranked, ...passages.map(({ document }) => document.title)];
    };
    const [, first, second] = await titles({});
    expect(await titles({ rerank: true, topK: 1 })).toEqual([true, second]);
    const { id } = await call('knowledgeCollections.get', { id: 'Runbooks' }, w.bob);
    // All of it is read anew then, and while that goes on passages come and go.
    const is = async (confidential: boolean): Promise<void> => {
      await call('knowledgeCollections.update', { id, confidential });
      const waiting = async () => ((await call('documents.list', { collectionId: id }, w.bob))['items'] as { state: string }[]).filter(({ state }) => state !== 'ready');
      await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 60_000, interval: 25 });
    };
    await is(true);
    expect(await titles({ rerank: true })).toEqual([false, first, second]);
    await is(false);
    expect(asked).toHaveLength(1);
  }); // prettier-ignore
  test('from a store elsewhere, as from the built-in one', async () => {
    const fields = { text: 'Routers reload at night.', title: 'Edge', source: 'https://wiki.example.net/edge', site: 'fra' };
    const { vectors } = await meanings.embed({ origin: { tenantId: 't', actor: w.ana.actor, purpose: 'embedding' }, texts: [fields.text], signal: new AbortController().signal });
    const store = await startVectorStore('qdrant', { docs: { distance: 'Cosine', size: vectors[0]!.length, points: [{ id: 'p1', vector: vectors[0], fields }] } });
    const from = { store: 'qdrant', endpoint: store.url, index: 'docs', mode: 'semantic', query: 'restart of gateways in the evening' };
    const elsewhere = (config: Record<string, Json>) => w.run({ rag: ['rag_context', { ...from, ...config }], none: ['transform', { mode: 'expression', expression: '"none"' }] }, 'start -> rag, rag.empty -> none');
    expect((await elsewhere({})).records['rag']!.output).toMatchObject({ passages: [{ text: fields.text, document: { id: 'p1', title: 'Edge' }, source: fields.source, metadata: { site: 'fra' } }], context: expect.stringContaining('[1] Edge (https://wiki.example.net/edge)') });
    expect((await elsewhere({ filters: { site: 'ams' } })).outputs).toBe('none');
    expect(await elsewhere({ index: 'nowhere' })).toMatchObject({ status: 'failed', error: { type: 'node-config-invalid', class: 'config' } });
    await store.close();
  }); // prettier-ignore
  test('a context is as long as said, and never without the source of what it quotes', () => {
    const passages = Array.from({ length: 9 }, (_, at) => ({ text: `${at} `.repeat(200), heading: null, document: { id: 'd', title: `T${at}` }, chunk: at, source: null }));
    for (const most of [200, 400, 700, 2_000]) {
      const context = contextOf(passages, most);
      const marks = [...context.matchAll(/^\[(\d)\] /gm)].map(([, mark]) => mark);
      expect(context.length).toBeLessThanOrEqual(most);
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.slice(0, marks.length / 2)).toEqual(marks.slice(marks.length / 2));
    }
    expect(contextOf([], 200)).toBe('');
  }); // prettier-ignore
});

test('Knowledge Graph walks from memories to what they are linked to, and back where memories are asked for', async () => {
  const { id: document } = ((await call('documents.list', { q: 'edge' }))['items'] as { id: string }[])[0]!;
  const site = await call('memories.create', { key: 'graph-site', content: 'x' });
  const { id } = await call('memories.create', { key: 'graph-edge', content: 'x', links: [{ to: 'graph-site', relation: 'part_of' }, { to: `document:${document}`, relation: 'read_in' }] }); // prettier-ignore
  const walk = async (start: Json, config: Record<string, Json>) => {
    const { outputs } = await w.run({ walk: ['knowledge_graph', { start: 'input', ...config }] }, 'start -> walk', start);
    return (outputs as { edges: { relation: string; from: string; to: string }[] }).edges;
  };
  const edges = [
    { relation: 'about', from: `memory:${id as string}`, to: `document:${document}` },
    { relation: 'linked', from: `memory:${id as string}`, to: `memory:${site['id'] as string}` },
  ];
  expect((await walk(id!, { type: 'memory', pattern: [{ direction: 'out', types: ['memory', 'document'] }] })).toSorted((a, b) => (a.relation < b.relation ? -1 : 1))).toEqual(edges); // prettier-ignore
  expect(await walk(document, { type: 'document', pattern: [{ types: ['memory'] }] })).toEqual([edges[0]]);
  expect(await walk(document, { type: 'document', pattern: [{}] })).toEqual([]);
});

test('workflows 22: V34 (error) has a graph that triggers it and one that does not', () => {
  const found = (hasEmbedding: boolean | undefined, type: string, config: Record<string, Json>) => {
    const [a, b] = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'];
    const nodes = [{ id: a, key: 'start', type: 'trigger', typeVersion: 1, config: { mode: 'manual' } }, { id: b, key: 'find', type, typeVersion: 1, config }];
    const facts = { workflowId: null, operations: new Map(), secrets: undefined, variables: undefined, webhookPaths: new Set(), workflows: [], timezone: 'UTC', now: new Date(), hasEmbedding, limits: { nodes: 9, connections: 9, graphBytes: 99_999, triggers: 9, scheduleSeconds: 1, pinnedBytes: 9, webhooks: { used: 0, most: 9 } } };
    const graph = { nodes, connections: [{ id: '018f0000-0000-7000-8000-00000000000c', source: a, sourcePort: 'main', target: b, targetPort: 'main', kind: 'flow' }] };
    return validateGraph(facts as never, graph as never, { timeoutSeconds: 60 } as never).errors.filter(({ rule }) => rule === 'V34').length;
  };
  expect([found(false, 'memory_search', { query: 'x', searchType: 'semantic' }), found(false, 'rag_context', { collection: 'c', query: 'x', mode: 'semantic' })]).toEqual([1, 1]);
  expect([found(true, 'memory_search', { query: 'x', searchType: 'semantic' }), found(false, 'memory_search', { query: 'x' }), found(undefined, 'rag_context', { collection: 'c', query: 'x', mode: 'semantic' })]).toEqual([0, 0, 0]);
  const elsewhere = { store: 'qdrant', endpoint: 'https://q.example', index: 'docs', mode: 'semantic', query: 'x' };
  expect([found(false, 'rag_context', elsewhere), found(true, 'rag_context', elsewhere), found(false, 'rag_context', { ...elsewhere, embeddingModel: 'lab/vectors' })]).toEqual([1, 0, 0]);
  expect(['hybrid', 'keyword'].map((mode) => found(false, 'rag_context', { ...elsewhere, store: 'weaviate', mode }))).toEqual([1, 0]);
}); // prettier-ignore
