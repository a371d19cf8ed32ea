import type { Json } from '../types.ts';
import type { Doc } from '../graph/doc.ts';
import { before, linesOf } from '../graph/lines.ts';

/** How far a test run goes: everywhere, to one node, or that node alone with what the steps before gave last. */
export type Reach = { kind: 'all' } | { kind: 'to' | 'only'; node: string };

/**
 * Outputs in place of nodes, so that a run does nothing beyond its reach: what follows gets null and has no effect. For one node alone
 * the steps before give what is known of them; those that never ran are run.
 */
export function mocksFor(doc: Doc, reach: Reach, outputOf: (id: string) => Json | undefined): Record<string, Json> {
  if (reach.kind === 'all') return {};
  const ahead = before(linesOf(doc), reach.node);
  const mocks: Record<string, Json> = {};
  for (const { id, key, type } of Object.values(doc.nodes)) {
    if (id === reach.node || type === 'trigger' || type === 'note') continue;
    const known = reach.kind === 'only' && ahead.has(id) ? outputOf(id) : undefined;
    if (!ahead.has(id)) mocks[key] = null;
    else if (known !== undefined) mocks[key] = known;
  }
  return mocks;
}
/** Nodes whose runs are worth showing. */
export function shownIn(doc: Doc, reach: Reach): (id: string) => boolean {
  if (reach.kind === 'all') return () => true;
  const ahead = before(linesOf(doc), reach.node);
  return (id) => id === reach.node || ahead.has(id);
}
