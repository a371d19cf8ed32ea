import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type Result } from '../declare.ts';
import { expr } from '../fields.ts';
import { canonical, compareValues, KIND } from '../values.ts';

const EACH = ['item', 'index'];
const Config = z.object({
  items: expr({ title: 'Items', help: 'A list', examples: ['input.servers'] }).default('input'),
  where: expr({ title: 'Keep when', examples: ['item.cpu > 0.9'], variables: EACH }),
  map: expr({ title: 'Make of each', help: 'Of those that are kept', examples: ['{"id": item.id}'], variables: EACH }).optional(),
  unique: expr({ title: 'Once each', help: 'The first of those for which it gives the same', examples: ['item.id'], variables: EACH }).optional(),
  sort: expr({ title: 'In the order of', help: 'Smallest first', examples: ['item.name'], variables: EACH }).optional(),
  limit: z.int().min(0).max(100_000).optional().meta({ title: 'At most' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

interface Kept {
  item: Json;
  index: number;
}

function keeps(run: NodeRun, where: string, { item, index }: Kept): boolean {
  const value = run.evaluate(where, { item, index });
  if (typeof value !== 'boolean')
    throw new NodeError('type-error', 'expression', `where must give true or false, gave ${KIND(value)} for item ${index}`);
  return value;
}

/** Splits what is kept again: the first of each key stays. */
function once(kept: readonly Kept[], keyOf: (one: Kept) => Json): { first: Kept[]; again: Kept[] } {
  const seen = new Set<string>();
  const sides = Map.groupBy(kept, (one) => {
    const key = canonical(keyOf(one));
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
  return { first: sides.get(false) ?? [], again: sides.get(true) ?? [] };
}

function filtered(run: NodeRun, { items, where, map, unique, sort, limit }: Config): Result {
  const list = run.evaluate(items);
  if (!Array.isArray(list)) throw new NodeError('type-error', 'expression', `items must be a list, is ${KIND(list)}`);
  const sides = Map.groupBy(list.map((item, index): Kept => ({ item, index })), (one) => keeps(run, where, one)); // prettier-ignore
  const rejected = [...(sides.get(false) ?? [])];
  let kept = sides.get(true) ?? [];
  if (unique !== undefined) {
    const { first, again } = once(kept, (one) => run.evaluate(unique, { ...one }));
    kept = first;
    rejected.push(...again);
  }
  if (sort !== undefined) {
    const keyed = kept.map((one) => ({ one, key: run.evaluate(sort, { ...one }) }));
    kept = keyed.sort((a, b) => compareValues(a.key, b.key)).map(({ one }) => one);
  }
  if (limit !== undefined) rejected.push(...kept.splice(limit));
  const output = kept.map((one) => (map === undefined ? one.item : run.evaluate(map, { ...one })));
  return { outputs: { main: output, rejected: rejected.sort((a, b) => a.index - b.index).map(({ item }) => item) } };
}

/** Some of a list. */
export const filter = defineNode({
  type: 'filter',
  version: 1,
  label: 'Filter',
  icon: 'funnel',
  category: 'flow',
  summary: 'Keep some items of a list',
  docs: `Looks at each item of a list: those for which \`where\` holds leave at \`main\`, all others at \`rejected\` in their old order. Both ports get a list, perhaps an empty one.

In this order: \`where\` keeps, \`unique\` keeps the first of each key, \`sort\` orders by a key (numbers by size, texts by spelling, null last), \`limit\` keeps so many, \`map\` makes something else of each. What \`unique\` and \`limit\` leave out is rejected too. Expressions see \`item\` and \`index\`.

What is not a list is the error \`type-error\`.

\`\`\`json
{ "items": "input.servers", "where": "item.cpu > 0.9", "sort": "item.name", "limit": 10 }
\`\`\``,
  config: Config,
  example: { items: 'input.servers', where: 'item.cpu > 0.9', sort: 'item.name', limit: 10 },
  defaults: { items: 'input', where: 'true' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main', label: 'Kept' }, { name: 'rejected', label: 'Rejected' }, { name: 'error', label: 'Error' }], // prettier-ignore
  effect: 'pure',
  timeoutSeconds: 5,
  output: z.array(z.any()),
  run: filtered,
});
