import { knowledgeCollectionsGet, knowledgeSearch } from '#modules/knowledge/index.ts';
import type { Json } from '../../graph.ts';
import { NodeError, type NodeRun, type RawConfig, type Result } from '../declare.ts';
import { saidOr } from '../memory_store/config.ts';
import { refusalOf } from '../operation/outcome.ts';
import { isFields, isOpen } from '../values.ts';
import { misfits, type Config, type Passage } from './config.ts';
import { contextOf } from './context.ts';
import { candidatesFor, rerank } from './rerank.ts';
import { searchOutside, type Spent } from './stores/index.ts';

const NOTHING: Spent = { tokens: 0, cost: 0 };
const SEARCH = knowledgeSearch.name;
const COLLECTION = knowledgeCollectionsGet.name;

/** What is called: a collection is looked at before what it holds is shown to a model. */
export const operationsOf = ({ store = 'builtin', rerank: wish = false }: RawConfig): string[] =>
  store === 'builtin' ? [SEARCH, ...(wish === true || isOpen(wish) ? [COLLECTION] : [])] : [];

async function asked(run: NodeRun, operation: string, input: Record<string, unknown>): Promise<Json> {
  const outcome = await run.call(operation, JSON.parse(JSON.stringify(input)) as Record<string, Json>);
  if (outcome.status === 'refused') throw refusalOf(outcome.problem);
  return outcome.status === 'done' ? outcome.output : null;
}

async function searchHere(run: NodeRun, { collection, mode, scoreThreshold, filters, includeMetadata }: Config, query: string, topK: number): Promise<Passage[]> {
  const found = await asked(run, SEARCH, { collection, query, mode, topK, scoreThreshold, filters, includeMetadata });
  return isFields(found) ? (found['passages'] as unknown as Passage[]) : [];
} // prettier-ignore

/** What is confidential is sent to no model, and a dry run asks none. */
async function mayBeJudged(run: NodeRun, { store, collection }: Config): Promise<boolean> {
  if (run.dryRun) return false;
  const found = store === 'builtin' ? await asked(run, COLLECTION, { id: collection }) : null;
  const isConfidential = isFields(found) && found['confidential'] === true;
  if (isConfidential) run.log('warn', 'The collection is confidential: its passages are sent to no model, and stay in the order in which they were found.');
  return !isConfidential;
} // prettier-ignore

/** Passages for a question, from the built-in store or from one elsewhere, and a text for a prompt made of them. */
export async function retrieve(run: NodeRun, config: Config): Promise<Result> {
  const [fault] = misfits(config as unknown as RawConfig);
  if (fault) throw new NodeError('node-config-invalid', 'config', `${fault.message}.`);
  const question = saidOr(config.query, run.input);
  const most = candidatesFor(config);
  let [passages, spent, reranked]: [Passage[], Spent, boolean] = [[], NOTHING, false];
  const pay = (more: Spent): void => {
    spent = { tokens: spent.tokens + more.tokens, cost: spent.cost + more.cost };
    run.used(spent);
  };
  passages = await (config.store === 'builtin' ? searchHere(run, config, question, most) : searchOutside(run, config, question, most, pay));
  if (config.rerank && passages.length > 1 && (await mayBeJudged(run, config))) {
    const judged = await rerank(run, config, question, passages);
    pay(judged.spent);
    ({ passages, reranked } = judged);
  }
  const best = passages.slice(0, config.topK);
  const output = { passages: best as unknown as Json, context: contextOf(best, config.maxChars), ...(config.rerank ? { reranked } : {}) };
  return { ...(best.length === 0 ? { to: 'empty' } : {}), output };
}
