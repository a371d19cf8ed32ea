import type { GraphNode } from '../../graph.ts';
import { active, error, type Rule } from '../view.ts';

interface Search {
  /** The field that says how. */
  field: string;
  /** How it goes without a model; undefined where it does not. */
  otherwise: string | undefined;
}

/** A node that searches, where it needs the embedding model of the tenant; undefined where it does without. */
function searchOf({ type, config }: GraphNode): Search | undefined {
  const { store = 'builtin', mode = 'hybrid', searchType, embeddingModel } = config;
  if (type === 'memory_search') return searchType === 'semantic' ? { field: 'searchType', otherwise: 'hybrid' } : undefined;
  if (type !== 'rag_context') return undefined;
  if (store === 'builtin') return mode === 'semantic' ? { field: 'mode', otherwise: 'hybrid' } : undefined;
  // Stores elsewhere are told what the question means, unless it is looked for by its words.
  if (mode === 'keyword' || embeddingModel !== undefined) return undefined;
  return { field: 'mode', otherwise: store === 'weaviate' ? 'keyword' : undefined };
}

const HERE = 'It searches by meaning alone, and the tenant has no embedding model: choose one under Settings, AI, or search by words too';
const ELSEWHERE =
  'The store has to be told what the question means, and the tenant has no embedding model: choose one under Settings, AI, or name one here';

/** V34: meaning needs a model that tells it. */
export const knowledge: Rule = (view) =>
  active(view).flatMap(({ node }) => {
    const search = view.facts.hasEmbedding === false ? searchOf(node) : undefined;
    if (!search) return [];
    const { field, otherwise } = search;
    const config = { ...node.config, ...(otherwise === undefined ? {} : { [field]: otherwise }) };
    const title = otherwise === 'keyword' ? 'Search by words alone' : 'Search by words too';
    const fix = otherwise === undefined ? undefined : { title, ops: [{ op: 'updateNode', id: node.id, set: { config } }] };
    return [error('V34', node, (node.config['store'] ?? 'builtin') === 'builtin' ? HERE : ELSEWHERE, { pointer: `/config/${field}`, fix })];
  });
