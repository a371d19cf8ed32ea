import type { Graph, GraphNode, Json } from '../graph.ts';
import { byConfig, ofVersion, type AnyNodeType } from '../nodes/declare.ts';
import { NODE_TYPES } from '../nodes/index.ts';
import type { Step } from './catalogue.ts';

/** Nodes in words, by rules: for whoever reads a graph and for a model that is to speak of it. Configuration is quoted as it stands. */

type Config = Readonly<Record<string, Json>>;
type Operations = ReadonlyMap<string, Pick<Step, 'summary'> & { fact: { risk: string } }>;

const quote = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null)).slice(0, 200);
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
const span = (value: Json | undefined): string => {
  const { value: count, unit } = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Record<string, Json>;
  return count === undefined ? 'a while' : `${quote(count)} ${quote(unit)}`;
};

const STARTS: Readonly<Record<string, (config: Config) => string>> = {
  manual: () => 'Begins when somebody starts it',
  webhook: ({ auth }) =>
    `Begins when another system calls its address, ${(auth ?? 'none') === 'none' ? 'without authentication' : `with ${quote(auth)}`}`,
  schedule: ({ cron, every, at }) =>
    cron ? `Begins by the clock: ${quote(cron)}` : every ? `Begins every ${span(every)}` : `Begins once, at ${quote(at)}`,
  event: ({ types }) => `Begins when this happens: ${Array.isArray(types) ? types.map(quote).join(', ') : 'an event'}`,
  chat: () => 'Begins with a conversation',
  workflow: () => 'Begins when another workflow calls it',
  operation: () => 'Begins as an Operation that whoever holds the right may call',
  error: () => 'Begins when another workflow fails',
};

function called({ operation, targets, mode }: Config, operations: Operations): string {
  const known = operations.get(quote(operation));
  const what = known ? `${known.summary} (${quote(operation)}, risk ${known.fact.risk})` : `Calls ${quote(operation)}`;
  const { operation: list, items } = (typeof targets === 'object' && targets !== null && !Array.isArray(targets) ? targets : {}) as Config;
  const each = list ? `, for each of ${quote(list)}` : items ? `, for each of ${quote(items)}` : '';
  return `${mode === 'plan' ? 'Foresees, without doing it: ' : ''}${what}${each}`;
}

const SAYINGS: Readonly<Record<string, (config: Config, operations: Operations) => string>> = {
  trigger: (config) => (STARTS[String(config['mode'] ?? 'manual')] ?? STARTS['manual']!)(config),
  operation: called,
  approval: ({ title }) => `Waits until somebody agrees: “${quote(title)}”`,
  conditional: ({ expression, rules }) => `Goes one way or the other: ${textOf(expression) ?? quote(rules)}`,
  switch: ({ value, cases }) => `Goes one of several ways${textOf(value) ? ` by ${quote(value)}` : ''}: ${Array.isArray(cases) ? cases.map((one) => quote((one as Config)?.['name'])).join(', ') : ''}`,
  loop: ({ items, count, condition, parallel }) => `Repeats its body ${textOf(items) ? `for each of ${quote(items)}` : textOf(count) ? `${quote(count)} times` : `as long as ${quote(condition)}`}${Number(parallel ?? 1) > 1 ? `, ${quote(parallel)} at a time` : ''}`,
  delay: (config) => (config['mode'] === 'until' ? `Waits until ${quote(config['until'])}` : config['mode'] === 'window' ? 'Waits for its window' : `Waits for ${span(config['for'])}`),
  http_api: ({ method, url }) => `Sends ${quote(method ?? 'GET')} to ${quote(url)}`,
  notify: ({ channel, to, title }) => `Tells ${Array.isArray(to) && to.length > 0 ? to.map(quote).join(', ') : 'people'} by ${quote(channel ?? 'inapp')}: “${quote(title)}”`,
  email: ({ to, subject }) => `Mails ${Array.isArray(to) ? to.map(quote).join(', ') : quote(to)}: “${quote(subject)}”`,
  sub_workflow: ({ workflow }) => `Runs the workflow ${quote(workflow)}`,
  filter: ({ items, where }) => `Keeps of ${quote(items ?? 'input')} those for which ${quote(where)}`,
  fail: ({ message }) => `Ends as failed: “${quote(message)}”`,
  emit_event: ({ type }) => `Announces ${quote(type)}`,
  wait_event: ({ types, kind }) => `Waits for ${Array.isArray(types) ? types.map(quote).join(', ') : quote(kind ?? 'event')}`,
  data: ({ action, source }) => `Data: ${quote(action ?? 'select')} in ${quote(source ?? 'table')}`,
  ai_agent: ({ goal, writeMode }) => `An agent works towards: “${quote(goal)}”; what changes something: ${quote(writeMode ?? 'approve')}`,
}; // prettier-ignore

const asides = ({ disabled, onError, retry }: NonNullable<GraphNode['settings']>): string[] => [
  ...(disabled ? ['switched off'] : []),
  ...(onError === 'continue' ? ['goes on when it fails'] : []),
  ...((retry?.maxAttempts ?? 1) > 1 ? [`tried up to ${retry!.maxAttempts} times`] : []),
];

/** One sentence on a node. */
export function sayNode({ type, config, settings = {} }: GraphNode, operations: Operations): string {
  const own = SAYINGS[type]?.(config, operations) ?? NODE_TYPES.get(type)?.summary ?? `A node of the unknown type ${type}`;
  const more = asides(settings);
  return `${own}${more.length > 0 ? ` (${more.join('; ')})` : ''}.`;
}

/** What a node of this version and configuration does to the world; unknown types count as effects. */
export function effectIn({ type, typeVersion, config }: GraphNode): string {
  const known: AnyNodeType | undefined = NODE_TYPES.get(type);
  try {
    return known ? byConfig(ofVersion(known, typeVersion).effect, config) : 'effect';
  } catch {
    return 'effect';
  }
}

/** Nodes in an order in which each comes behind what leads to it, Notes left out; what lies in a circle comes last. */
export function inOrder({ nodes, connections }: Graph): GraphNode[] {
  const flow = connections.filter(({ targetPort }) => targetPort !== 'next');
  const sorted: GraphNode[] = [];
  let open = nodes.filter(({ type }) => type !== 'note');
  while (open.length > 0) {
    const ids = new Set(open.map(({ id }) => id));
    const ready = open.filter(({ id }) => !flow.some(({ source, target }) => target === id && ids.has(source)));
    const next = ready.length > 0 ? ready : open;
    sorted.push(...next);
    open = open.filter((node) => !next.includes(node));
  }
  return sorted;
}
