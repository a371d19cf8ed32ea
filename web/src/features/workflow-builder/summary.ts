import { words } from '#lib/formats.ts';
import type { GraphNode, Json } from './types.ts';
import type { NodeTypeInfo } from './state/types-of.ts';

/** Fields that say best what a step does, the best first. */
const TELLING = [
  'operation', 'url', 'expression', 'items', 'condition', 'value', 'cron', 'types', 'path', 'workflow', 'table', 'subject', 'title', 'message', 'where',
  'action', 'type', 'mode', 'kind', 'entity',
]; // prettier-ignore

/** Types that are given words. */
const WORDS: Readonly<Record<string, readonly string[]>> = { ai_agent: ['goal', 'system'], planner: ['goal'], llm: ['prompt', 'system'] };

const textOf = (value: Json | undefined): string =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : typeof value === 'string' ? value : '';
const firstOf = (names: readonly string[], config: GraphNode['config']): string | undefined =>
  names.map((name) => textOf(config[name])).find((text) => text !== '')?.slice(0, 90); // prettier-ignore

/** One line of what a node is set to do. */
export function summaryOf({ type, config }: GraphNode, info: NodeTypeInfo | undefined): string {
  const said = firstOf(WORDS[type] ?? TELLING, config);
  if (type === 'trigger') return words(String(config['mode'] ?? 'manual'));
  if (type === 'http_api' && said) return `${String(config['method'] ?? 'GET')} ${said}`;
  return said ?? info?.label ?? words(type);
}
