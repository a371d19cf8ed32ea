import { z } from 'zod';
import { compileExpression } from '../../expressions/index.ts';
import { Json, NodeKey, RESERVED_KEYS } from '../../graph.ts';
import { defineNode, type OwnFinding, type RawConfig } from '../declare.ts';
import { expr } from '../fields.ts';

const ROUND = ['item', 'index', 'result', 'last', 'acc', 'accumulator'];
const when = (...values: string[]) => ({ showWhen: { field: 'type', values } });
const NAMED = new Set(['last', 'all', 'none']);

const Config = z.object({
  type: z.enum(['for_each', 'while', 'do_while', 'count']).default('for_each').meta({ title: 'Goes on', help: 'For each item, as long as something holds, or so many times' }),
  items: expr({ title: 'Items', help: 'A list', examples: ['input.servers'] }).optional().meta(when('for_each')),
  count: expr({ title: 'How many times', examples: ['3'] }).optional().meta(when('count')),
  condition: expr({ title: 'As long as', help: 'Sees index and last, the result of the round before', examples: ['index == 0 || last.more'], variables: ROUND }).optional().meta(when('while', 'do_while')),
  maxIterations: z.int().min(1).max(10_000).default(1_000).meta({ title: 'At most', help: 'More is the error loop-limit' }),
  batchSize: z.int().min(1).max(10_000).default(1).meta({ title: 'Items at once', help: 'From 2 on each round gets a list', ...when('for_each') }),
  itemName: NodeKey.default('item').meta({ title: 'Name of the item', help: 'In expressions within the body', expression: 'none' }),
  parallel: z.int().min(1).max(50).default(1).meta({ title: 'Rounds at the same time', ...when('for_each', 'count') }),
  breakWhen: expr({ title: 'Stop when', help: 'Looked at after each round; sees item, index and result', examples: ['result.found'], variables: ROUND }).optional(),
  skipWhen: expr({ title: 'Leave out when', help: 'Looked at before each round', examples: ['item.retired'], variables: ROUND }).optional(),
  onItemError: z.enum(['stop', 'continue', 'collect']).default('stop').meta({ title: 'When a round fails', help: 'Fail, pass over it, or list it under failed' }),
  collect: z.string().min(1).max(8_192).default('all').meta({ title: 'Results', help: 'last, all, none, or an expression over each result', examples: ['all', 'result.id'], expression: 'none' }),
  delayMs: z.int().min(0).max(3_600_000).default(0).meta({ title: 'Pause between rounds, in milliseconds' }),
  accumulator: z
    .object({ initial: Json.meta({ title: 'Begins as', expression: 'tpl' }), next: expr({ title: 'Becomes', help: 'Sees acc, item, index and result', examples: ['acc + result.price'], variables: ROUND }) })
    .optional()
    .meta({ title: 'Fold', help: 'One value that every round changes; rounds go one at a time' }),
}); // prettier-ignore

const NEEDS: Readonly<Record<string, string>> = { for_each: 'items', count: 'count', while: 'condition', do_while: 'condition' };

const faultOf = (source: string): string | undefined => {
  try {
    compileExpression(source);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

type Say = (rule: string, severity: OwnFinding['severity'], pointer: string, message: string) => void;

function checkNames({ itemName, collect }: RawConfig, say: Say): void {
  if (typeof itemName === 'string' && itemName !== 'item' && RESERVED_KEYS.has(itemName)) say('V04', 'error', '/itemName', `"${itemName}" is the name of something else`);
  const fault = typeof collect === 'string' && !NAMED.has(collect) ? faultOf(collect) : undefined;
  if (fault !== undefined) say('V14', 'error', '/collect', fault);
} // prettier-ignore

function check(config: RawConfig): OwnFinding[] {
  const { parallel = 1, accumulator, condition, breakWhen } = config;
  const type = String(config['type'] ?? 'for_each');
  const found: OwnFinding[] = [];
  const say: Say = (rule, severity, pointer, message) => void found.push({ rule, severity, pointer, message });
  const needed = NEEDS[type];
  if (needed !== undefined && config[needed] === undefined) say('V03', 'error', `/${needed}`, `A loop of type ${type} needs ${needed}`);
  checkNames(config, say);
  if (accumulator !== undefined && Number(parallel) > 1) say('V03', 'error', '/parallel', 'With an accumulator rounds go one at a time');
  const always = typeof condition === 'string' && condition.trim() === 'true';
  if (always && breakWhen === undefined && type.endsWith('while'))
    say('V09', 'warning', '/condition', 'The condition always holds and nothing stops the loop but its most iterations');
  return found;
}

/** Its body runs once per round; the interpreter walks it. */
export const loop = defineNode({
  type: 'loop',
  version: 1,
  label: 'Loop',
  icon: 'repeat',
  category: 'flow',
  summary: 'Run the same steps for each item',
  docs: `Runs its body again and again: the nodes behind the port \`body\`, up to the connection that comes back to the input \`next\`. What comes back is the result of the round; a body that ends elsewhere counts as having returned null.

- \`for_each\`: a round for each of \`items\`; with \`batchSize\` each round gets a list of so many. \`count\`: so many rounds. \`while\`: as long as \`condition\` holds, looked at before each round; \`do_while\` behind it.
- In the body \`item\` (or the name in \`itemName\`), \`index\` and \`loop.count\`, \`loop.first\`, \`loop.last\`, \`loop.results\` are known.
- \`parallel\` rounds go at the same time; results stay in the order of the items.
- \`skipWhen\` leaves an item out; \`breakWhen\` stops behind a round.
- \`onItemError\`: \`stop\` fails the loop, \`continue\` passes over, \`collect\` lists item and error under \`failed\`.
- \`accumulator\` folds: it begins as \`initial\` and becomes \`next\` with each round (\`acc\` is its value so far).

Output at \`done\`: \`{ results, count, failed, broken }\`, with an accumulator also \`accumulator\`. More rounds than \`maxIterations\` are the error \`loop-limit\`. Loops lie in each other up to 5 deep, and bodies may wait and ask for approval.

\`\`\`json
{ "type": "for_each", "items": "input.servers", "parallel": 5, "onItemError": "collect" }
\`\`\``,
  config: Config,
  example: { type: 'for_each', items: 'input.servers', parallel: 5, onItemError: 'collect' },
  defaults: { type: 'for_each', items: 'input' },
  inputs: [{ name: 'main' }, { name: 'next', label: 'Next' }],
  outputs: [{ name: 'body', label: 'Each' }, { name: 'done', label: 'Done' }, { name: 'error', label: 'Error' }], // prettier-ignore
  effect: 'pure',
  control: 'loop',
  output: z.object({ results: z.array(z.any()), count: z.int(), failed: z.array(z.any()), broken: z.boolean(), accumulator: z.any().optional() }),
  check,
});
