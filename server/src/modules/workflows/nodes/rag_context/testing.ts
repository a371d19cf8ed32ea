import { provide } from '#kernel/port.ts';
import { ai } from '#modules/ai/index.ts';
import { startModels, useModels } from '#test/models.ts';
import { nodeRun } from '#test/node-told.ts';
import { startVectorStore, type Put, type VectorStore } from '#test/vector-stores.ts';
import { createWorld } from '#test/world.ts';
import { createEgress } from '../../egress/adapter.ts';
import { Egress } from '../../egress/port.ts';
import { compileConfig } from '../../expressions/index.ts';
import type { Json } from '../../graph.ts';
import type { CallOutcome, NodeRun, RawConfig } from '../declare.ts';
import { MOMENT, scopeWith } from '../testing.ts';
import type { Passage } from './config.ts';
import { ragContext } from './index.ts';

// The tenant of the runs below.
const TENANT = '00000000-0000-7000-8000-00000000000a';
export const KEY = 'key-of-the-store-4711';

/** What lies in each store; the vectors are those of the embedding model. */
export const TEXTS = [
  {
    id: 'edge',
    text: 'Edge routers reload at night only',
    title: 'Edge',
    source: 'https://wiki.example.net/edge',
    site: 'fra',
    floor: 3,
    load: 0.5,
    isOpen: true,
  },
  { id: 'cable', text: 'Cables of routers are changed by two people', title: 'Cables', source: 'cables.md', site: 'ams', floor: 2, load: 1.5, isOpen: false },
  { id: 'board', text: 'The board meets in spring', title: 'Board', source: 'board.md', site: 'ber', floor: 9, load: 2.5, isOpen: true },
] as const; // prettier-ignore

export const STORE_NAMES = ['qdrant', 'weaviate', 'pinecone', 'chroma'] as const;
export type Name = (typeof STORE_NAMES)[number];

export interface Answered {
  to: string | undefined;
  passages: Passage[];
  context: string;
  reranked?: boolean;
}

/** Models of a tenant, and one node in a run of its own; the way out and the models are the real ones. */
export async function createRagWorld() {
  const models = await startModels();
  const world = await createWorld({
    modules: [ai],
    tenants: { a: TENANT, b: '00000000-0000-7000-8000-00000000000b' },
    adapters: (parts) => [provide(Egress, createEgress({ allowPrivateTargets: true, closed: new Set(), now: parts.now }))],
  });
  const ana = world.as({ name: 'ana' });
  await useModels(world, ana, models);
  const stores: VectorStore[] = [];

  async function vectorsOf(texts: readonly string[]): Promise<number[][]> {
    const answer = await fetch(`${models.url}/embeddings`, { method: 'POST', body: JSON.stringify({ input: texts, model: 'vectors' }) });
    const { data } = (await answer.json()) as { data: { embedding: number[] }[] };
    models.asked.length = 0;
    return data.map(({ embedding }) => embedding);
  }
  async function puts(): Promise<Put[]> {
    const vectors = await vectorsOf(TEXTS.map(({ text }) => text));
    return TEXTS.map(({ id, ...fields }, at) => ({ id, fields, vector: vectors[at]!, document: fields.text }));
  }
  async function start(name: Name, holds: object, key: string | undefined = KEY): Promise<VectorStore> {
    const store = await startVectorStore(name, holds, key);
    stores.push(store);
    return store;
  }

  /** A place in an execution: what its steps recorded stays, however often it is run. */
  function place(more: { dryRun?: boolean; egress?: Egress; call?: (operation: string, given: Record<string, unknown>) => CallOutcome } = {}) {
    const steps = new Map<string, Json>();
    const spent: { tokens: number; cost: number }[] = [];
    const { egress, dryRun = false, call } = more;
    const none = { select: () => ({ from: () => ({ where: async () => [] }) }) };
    const told = nodeRun({ adapters: world.adapters, dryRun });
    const run: NodeRun & typeof told = {
      ...told,
      tx: async (work) => work({ db: none, tenantId: TENANT } as never),
      async step(key, act) {
        if (!steps.has(key)) steps.set(key, await act());
        return steps.get(key) as never;
      },
      used: (usage) => void spent.push(usage),
      provider: (port) => (egress && port.port === Egress.port ? (egress as never) : told.provider(port)),
      ...(call ? { call: async (operation: string, given: Record<string, unknown>) => call(operation, given) } : {}),
    };
    async function go(config: RawConfig, input: Json = null): Promise<Answered> {
      const { config: resolved } = compileConfig(ragContext, config).resolve(scopeWith({ input }), { ...MOMENT, secrets: { STORE: KEY, LINE: `${KEY}\n`, WRONG: 'key-of-others-0815' } });
      const result = await ragContext.run!({ ...run, input }, ragContext.config.parse(resolved));
      if (!('output' in result)) throw new Error('no output');
      return { to: result.to, ...(result.output as unknown as Omit<Answered, 'to'>) };
    }
    return { run, steps, spent, go };
  } // prettier-ignore

  return {
    world, ana, models, vectorsOf, puts, start, place,
    async close() {
      await world.close();
      await Promise.all([models.close(), ...stores.map((store) => store.close())]);
    },
  }; // prettier-ignore
}
