import { words } from '#lib/formats.ts';
import type { GraphNode, Json } from './types.ts';
import type { NodeTypeInfo } from './state/types-of.ts';

/** Fields that say best what a step does, the best first. */
const TELLING = [
  'operation', 'url', 'expression', 'items', 'condition', 'value', 'cron', 'types', 'path', 'workflow', 'table', 'subject', 'title', 'message', 'where',
  'action', 'type', 'mode', 'kind', 'entity',
]; // prettier-ignore

const textOf = (value: Json | undefined): string =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : typeof value === 'string' ? value : '';

/** One line of what a node is set to do. */
export function summaryOf({ type, config }: GraphNode, info: NodeTypeInfo | undefined): string {
  const said = TELLING.map((name) => textOf(config[name])).find((text) => text !== '');
  if (type === 'trigger') return words(String(config['mode'] ?? 'manual'));
  if (type === 'http_api' && said) return `${String(config['method'] ?? 'GET')} ${said}`;
  return said?.slice(0, 90) ?? info?.label ?? words(type);
}
