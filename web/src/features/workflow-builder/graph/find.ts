import type { Config, GraphNode, Json } from '../types.ts';
import type { Doc } from './doc.ts';
import { flowOrder } from './lines.ts';

export interface Hit {
  node: GraphNode;
  /** Below the node: `/config/url`. */
  pointer: string;
  text: string;
}
function textsOf(value: Json | Config | undefined, pointer: string): [pointer: string, text: string][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsOf(each, `${pointer}/${name}`));
}
/** Where a text occurs: in names, keys, expressions and everything else that was written, in the order of the flow. */
export function find(doc: Doc, typed: string, labelOf: (type: string) => string): Hit[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  return flowOrder(doc).flatMap((id) => {
    const node = doc.nodes[id]!;
    const { name, key, type, description, notes, config } = node;
    const texts: [string, string][] = [['/name', name], ['/key', key], ['/type', labelOf(type)], ['/description', description ?? ''], ['/notes', notes ?? ''], ...textsOf(config, '/config')]; // prettier-ignore
    const hit = texts.find(([, text]) => text.toLowerCase().includes(wanted));
    return hit ? [{ node, pointer: hit[0], text: hit[1] }] : [];
  });
}
