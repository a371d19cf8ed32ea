/** Something that was put in a store of e2e/fakes/, which is no part of this package. */
export interface Put {
  id: string;
  vector: number[];
  fields: Record<string, unknown>;
  document?: string;
  namespace?: string;
}
export interface VectorStore {
  url: string;
  asked: { method: string; path: string; headers: Record<string, string | string[] | undefined>; body: Record<string, unknown> }[];
  /** Answers that are given next, instead of its own. */
  next: [status: number, body: unknown, headers?: Record<string, string>][];
  close: () => Promise<void>;
}

const FAKES = { qdrant: 'startQdrant', weaviate: 'startWeaviate', pinecone: 'startPinecone', chroma: 'startChroma' } as const;

/** A store on loopback that speaks as the real one does, with what it holds and the only key that it takes. */
export async function startVectorStore(name: keyof typeof FAKES, holds: object, key?: string): Promise<VectorStore> {
  const fake = (await import(new URL(`../../e2e/fakes/${name}.ts`, import.meta.url).href)) as Record<string, (holds: object, key?: string) => Promise<VectorStore>>; // prettier-ignore
  return fake[FAKES[name]]!(holds, key);
}
