import { z } from 'zod';
import { Json } from '../../graph.ts';
import { NodeError, type NodeRun } from '../declare.ts';
import { isFields } from '../values.ts';
import { refusalOf } from './outcome.ts';

/** What one Operation is done to: a list that is there, or one that an Operation gives. */
export const Selector = z.object({
  items: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'List', expression: 'expr', help: 'Ids, or objects', examples: ['input.servers'] }),
  operation: z
    .string()
    .max(100)
    .optional()
    .meta({ title: 'Or what lists them', widget: 'operation', expression: 'none', examples: ['servers.list'] }),
  input: z
    .record(z.string(), Json)
    .optional()
    .meta({ title: 'Its input', expression: 'tpl', examples: [{ labelSelector: 'role==edge' }] }),
  where: z
    .string()
    .max(8_192)
    .optional()
    .meta({ title: 'Only those', expression: 'expr', examples: ['item.status == "running"'] }),
  limit: z.int().min(1).max(1_000).default(100).meta({ title: 'At most' }),
});
export type Selector = z.output<typeof Selector>;

/** What a node calls that names an Operation, and perhaps one that lists the targets; for `operations` of node types. */
export const namesOf = (operation: Json | undefined, targets: Json | undefined): string[] =>
  [operation, isFields(targets) ? targets['operation'] : undefined].filter((name) => typeof name === 'string' && name !== '') as string[];

const PAGE = 200;
/** Names of lists within answers; most have `items`. */
const listIn = (output: Json): { items: Json[]; next: Json } => {
  if (Array.isArray(output)) return { items: output, next: null };
  const found = typeof output === 'object' && output !== null ? output : {};
  if (!Array.isArray(found['items'])) throw new NodeError('type-error', 'expression', 'The Operation does not answer a list.');
  return { items: found['items'], next: found['nextCursor'] ?? null };
};

const isGood = (run: NodeRun, where: string, item: Json, index: number): boolean => {
  const good = run.evaluate(where, { item, index });
  if (typeof good !== 'boolean') throw new NodeError('type-error', 'expression', '`where` answers true or false.');
  return good;
};

/** All pages of a list, as the principal sees it, until there are `most` that are wanted. */
export async function listed(run: NodeRun, operation: string, input: Readonly<Record<string, Json>>, wanted: (item: Json, index: number) => boolean, most: number, tag = 'list'): Promise<{ items: Json[]; more: boolean }> {
  const items: Json[] = [];
  let seen = 0;
  for (let cursor: Json = null, page = 0; ; page++) {
    const outcome = await run.call(operation, { ...input, ...(page === 0 ? {} : { cursor }), ...('limit' in input ? {} : { limit: PAGE }) }, { tag: `${tag}:${page}` });
    if (outcome.status === 'refused') throw refusalOf(outcome.problem);
    if (outcome.status !== 'done') throw new NodeError('type-error', 'expression', `${operation} is not a read.`);
    const { items: found, next } = listIn(outcome.output);
    for (const item of found) {
      if (wanted(item, seen++)) items.push(item);
      if (items.length > most) return { items: items.slice(0, most), more: true };
    }
    if (next === null || found.length === 0) return { items, more: false };
    cursor = next;
  }
} // prettier-ignore

/** The targets, the same ones after a crash. Throws when there are more than were meant. */
export async function selected(run: NodeRun, { items, operation, input = {}, where, limit }: Selector): Promise<Json[]> {
  const wanted = (item: Json, index: number): boolean => where === undefined || isGood(run, where, item, index);
  const found = await run.step('targets', async () => {
    if (operation !== undefined) {
      const { items: all, more } = await listed(run, operation, input, wanted, limit, 'targets');
      return more ? null : all;
    }
    const list = run.evaluate(items ?? 'input');
    if (!Array.isArray(list)) throw new NodeError('type-error', 'expression', 'The targets are not a list.');
    const all = list.filter(wanted);
    return all.length > limit ? null : all;
  });
  // Not the first hundred of them: whoever selects means all.
  if (found === null) throw new NodeError('limit-exceeded', 'limit', `There are more than ${limit} targets. Nothing was done; narrow the selection or raise the limit.`);
  return found;
} // prettier-ignore
