import type { Risk } from '#kernel/operation.ts';
import type { GraphNode } from '../../graph.ts';
import { byConfig } from '../../nodes/declare.ts';
import { NODE_TYPES } from '../../nodes/index.ts';

const RANK: Record<Risk, number> = { read: 0, write: 1, high: 2 };
export const higherRisk = (a: Risk, b: Risk): Risk => (RANK[b] > RANK[a] ? b : a);

/** What a node asks of people is a Change, and an agent calls what it likes of its tools. */
const WRITING: ReadonlySet<string> = new Set(['approval', 'ai_agent']);

function riskOf({ type, config }: Pick<GraphNode, 'type' | 'config'>, known: (operation: string) => Risk | undefined): Risk {
  const declared = NODE_TYPES.get(type);
  if (!declared) return 'write';
  const named = (declared.operations?.(config) ?? []).flatMap((name) => known(name) ?? []);
  // An answer to whoever called is an effect of the call alone.
  const acts = (byConfig(declared.effect, config) === 'effect' && type !== 'respond') || WRITING.has(type);
  return named.reduce(higherRisk, acts && named.length === 0 ? 'write' : 'read');
}

/** The highest risk of what nodes may do; what is switched off does nothing. */
export const riskInside = (nodes: readonly GraphNode[], known: (operation: string) => Risk | undefined): Risk =>
  nodes.filter(({ settings }) => settings?.disabled !== true).map((node) => riskOf(node, known)).reduce(higherRisk, 'read'); // prettier-ignore
