import { active, error, type Rule } from '../view.ts';

/** Node types that search, and the field that says how. */
const SEARCHES: Readonly<Record<string, string>> = { memory_search: 'searchType', rag_context: 'mode' };

/** V34: meaning alone needs a model that tells it. */
export const knowledge: Rule = (view) =>
  active(view)
    .filter(({ node }) => view.facts.hasEmbedding === false && node.config[SEARCHES[node.type] ?? ''] === 'semantic')
    .map(({ node }) =>
      error(
        'V34',
        node,
        'It searches by meaning alone, and the tenant has no embedding model: choose one under Settings, AI, or search by words too',
        {
          pointer: `/config/${SEARCHES[node.type]}`,
          fix: {
            title: 'Search by words too',
            ops: [{ op: 'updateNode', id: node.id, set: { config: { ...node.config, [SEARCHES[node.type]!]: 'hybrid' } } }],
          },
        },
      ),
    );
