import { z } from 'zod';
import { SEARCH_TYPES } from '#kernel/recall/fields.ts';
import { memoriesSearch } from '#modules/memory/index.ts';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, type NodeRun, type Result } from '../declare.ts';
import { tpl } from '../fields.ts';
import { IMPORTANCES, MEMORY_TYPES, saidOr, SENSITIVITIES, space } from '../memory_store/config.ts';
import { refusalOf } from '../operation/outcome.ts';

const SEARCH = memoriesSearch.name;

const Config = z.object({
  space,
  searchType: z.enum(SEARCH_TYPES).default('hybrid').meta({ title: 'How', help: 'keyword: words and their stems; semantic: what is alike in meaning; hybrid: both' }),
  query: tpl({ title: 'Search for', help: 'What came in when left out', examples: ['{{ input.question }}'] }).optional(),
  filters: z
    .object({
      types: z.array(z.enum(MEMORY_TYPES)).max(4).optional().meta({ title: 'Kinds' }),
      tags: z.array(z.string().max(200)).max(20).optional().meta({ title: 'Tags', help: 'All of them', expression: 'tpl' }),
      sensitivity: z.array(z.enum(SENSITIVITIES)).max(4).optional().meta({ title: 'Sensitivity' }),
      importance: z.array(z.enum(IMPORTANCES)).max(5).optional().meta({ title: 'Importance' }),
      from: tpl({ title: 'Changed since', help: 'RFC 3339' }, 200).optional(),
      to: tpl({ title: 'Changed before', help: 'RFC 3339' }, 200).optional(),
    })
    .default({})
    .meta({ title: 'Only those' }),
  limit: z.int().min(1).max(100).default(10).meta({ title: 'At most' }),
  threshold: z.number().min(0).max(1).default(0.2).meta({ title: 'Threshold', help: 'What scores less is not found; 0 to 1' }),
  includeMetadata: z.boolean().default(false).meta({ title: 'With metadata' }),
}); // prettier-ignore

async function search(run: NodeRun, { space: where, query, filters, ...rest }: z.output<typeof Config>): Promise<Result> {
  const input = { ...rest, ...filters, query: saidOr(query, run.input), space: where === 'workflow' ? `workflow:${run.workflowId}` : where };
  const outcome = await run.call(SEARCH, JSON.parse(JSON.stringify(input)) as Record<string, Json>);
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  const { results, count } = (outcome.status === 'done' ? outcome.output : { results: [], count: 0 }) as { results: Json; count: number };
  return { ...(count === 0 ? { to: 'empty' } : {}), output: { results, count } };
}

export const memorySearch = defineNode({
  type: 'memory_search',
  version: 1,
  label: 'Memory Search',
  icon: 'text-search',
  category: 'ai',
  summary: 'Find what was kept in memory',
  docs: `Finds memories by words, by meaning, or both, as the principal: what has expired, what others keep for themselves and what is kept for others is never found, and of secret memories the content is not shown.

Output \`{results, count}\`, the best first; each has \`key\`, \`title\`, \`content\`, \`score\` (0 to 1), \`version\`, and how it scored by \`keyword\` and \`semantic\`. Nothing found: port \`empty\`. Without an embedding model \`hybrid\` goes by words alone, and \`semantic\` is refused (\`embedding-model-missing\`).

What is found is taken for content from outside: writes of agents that saw it are asked about.`,
  config: Config,
  example: { space: 'tenant', searchType: 'keyword', query: '{{ input.question }}', filters: { types: ['procedural'] }, limit: 5 },
  defaults: { space: 'workflow', searchType: 'hybrid', query: '{{ input }}' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'empty', label: 'Nothing found' }, { name: 'error', label: 'Error' }],
  effect: 'read',
  timeoutSeconds: 30,
  taints: true,
  operations: () => [SEARCH],
  output: z.object({ results: memoriesSearch.output.shape.results, count: z.int() }),
  run: search,
});
