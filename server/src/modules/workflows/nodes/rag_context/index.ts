import { z } from 'zod';
import { SEARCH_TYPES } from '#kernel/recall/fields.ts';
import { knowledgeSearch } from '#modules/knowledge/index.ts';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, type NodeRun, type Result } from '../declare.ts';
import { tpl } from '../fields.ts';
import { saidOr } from '../memory_store/config.ts';
import { refusalOf } from '../operation/outcome.ts';
import { contextOf, type Quoted } from './context.ts';

const SEARCH = knowledgeSearch.name;

const Config = z.object({
  collection: tpl({ title: 'Collection', help: 'Its name or its id', examples: ['Runbooks'] }, 400),
  query: tpl({ title: 'Question', help: 'What came in when left out', examples: ['{{ input.question }}'] }).optional(),
  mode: z.enum(SEARCH_TYPES).default('hybrid').meta({ title: 'How', help: 'keyword: words and their stems; semantic: what is alike in meaning; hybrid: both' }),
  topK: z.int().min(1).max(50).default(5).meta({ title: 'Passages at most' }),
  scoreThreshold: z.number().min(0).max(1).default(0).meta({ title: 'Threshold', help: 'What scores less is not found; 0 to 1' }),
  filters: z.record(z.string(), Json).optional().meta({ title: 'Only documents with', help: 'Metadata that they must have; all of it', expression: 'tpl' }),
  maxChars: z.int().min(200).max(100_000).default(8_000).meta({ title: 'Characters', help: 'Of all passages together in `context`' }),
  includeMetadata: z.boolean().default(true).meta({ title: 'With metadata' }),
}); // prettier-ignore

async function retrieve(run: NodeRun, { maxChars, ...asked }: z.output<typeof Config>): Promise<Result> {
  const outcome = await run.call(SEARCH, JSON.parse(JSON.stringify({ ...asked, query: saidOr(asked.query, run.input) })) as Record<string, Json>);
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  const { passages } = (outcome.status === 'done' ? outcome.output : { passages: [] }) as { passages: Json[] };
  const context = contextOf(passages as unknown as Quoted[], maxChars);
  return { ...(passages.length === 0 ? { to: 'empty' } : {}), output: { passages, context } };
}

export const ragContext = defineNode({
  type: 'rag_context',
  version: 1,
  label: 'RAG Context',
  icon: 'book-open-text',
  category: 'ai',
  summary: 'Passages of your documents for a question, with their sources',
  docs: `Finds passages in a collection of the page Knowledge, as the principal: documents whose access labels it does not hold are never found.

Output \`{passages, context}\`. Each passage has \`text\`, \`score\` (0 to 1), \`document\`, \`chunk\`, \`source\` and \`metadata\`. \`context\` is a text for a prompt: the passages marked \`[1]\`, \`[2]\` … and below them where each is from, so that an answer can quote. Nothing found: port \`empty\`. Without an embedding model \`hybrid\` goes by words alone, and \`semantic\` is refused (\`embedding-model-missing\`).

What is found is content from outside: put it into \`data\` of **LLM**, which marks it as such, and writes of agents that saw it are asked about.`,
  config: Config,
  example: { collection: 'Runbooks', query: '{{ input.question }}', topK: 5 },
  defaults: { query: '{{ input }}', mode: 'hybrid', topK: 5 },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'empty', label: 'Nothing found' }, { name: 'error', label: 'Error' }],
  effect: 'read',
  timeoutSeconds: 30,
  taints: true,
  operations: () => [SEARCH],
  output: z.object({ passages: knowledgeSearch.output.shape.passages, context: z.string() }),
  run: retrieve,
});
