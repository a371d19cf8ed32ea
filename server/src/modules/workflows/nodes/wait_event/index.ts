import { z } from 'zod';
import { Json } from '../../graph.ts';
import { Callbacks } from '../../people.ts';
import { Surroundings } from '../../surroundings.ts';
import { secondsOf, Span } from '../../triggers/config.ts';
import { matchesType } from '../../triggers/events/patterns.ts';
import { mayHear } from '../../triggers/events/sight.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type Result, type Wait, type Woken } from '../declare.ts';

const Config = z.object({
  kind: z.enum(['event', 'webhook', 'signal', 'form']).default('event').meta({ title: 'For', help: 'An event, a call from outside, a signal, or what a person fills in' }),
  types: z
    .array(z.string().regex(/^[a-zA-Z*][\w.*-]{0,99}$/))
    .max(50)
    .default([])
    .meta({ title: 'Events', help: 'Names; * stands for any part', examples: [['custom.order.paid']] }),
  match: z.string().max(8_192).optional().meta({ title: 'Only when', expression: 'expr', variables: ['event'], examples: ['event.data.data.orderId == input.orderId'] }),
  correlation: z.string().max(500).optional().meta({ title: 'Subject', help: 'Only events with exactly this subject', expression: 'tpl' }),
  timeout: Span.optional().meta({ title: 'At most', help: 'Then it goes on at the port timeout' }),
  form: z.record(z.string(), Json).optional().meta({ title: 'Form', help: 'JSON Schema of what is asked for', widget: 'jsonSchema' }),
  title: z.string().max(200).optional().meta({ title: 'Question', expression: 'tpl' }),
  assignees: z.array(z.string().max(200)).max(50).default([]).meta({ title: 'Who may answer', help: 'Everybody who may operate executions when left empty', expression: 'tpl' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

/** When its time is over. */
type State = { until: string | null };
const stateOf = (state: Json): State => state as State;

/** What the engine listens to: names, and all of a resource; what a pattern says beyond that is asked when an event has come. */
function listenedTo(pattern: string): string[] {
  const singular = pattern.replace(/^([a-zA-Z]+)s\./, '$1.');
  return [...new Set([pattern, singular])].map((one) => (one.includes('*') ? (/^[a-zA-Z]+\./.test(one) ? one.replace(/\..*$/, '.*') : '*') : one));
}

/** What it waits for besides its time. */
function askedFor(run: NodeRun, config: Config, since: Date): Wait {
  const { kind, types, form, title, assignees } = config;
  if (kind === 'event') {
    if (types.length === 0) throw new NodeError('node-config-invalid', 'config', 'Say which events it waits for.');
    return { kind: 'event', types: [...new Set(types.flatMap(listenedTo))], since };
  }
  const said = title === undefined ? {} : { title };
  if (kind === 'webhook') return { kind: 'input', ...said, token: run.provider(Callbacks).token({ ...run, path: run.path }) };
  if (kind === 'signal') return { kind: 'input', ...said, ...(assignees.length > 0 ? { assignees } : {}) };
  return { kind: 'input', ...said, paused: true, form: form ?? {}, ...(assignees.length > 0 ? { assignees } : {}) };
}

function sleep(run: NodeRun, config: Config, since: Date, state: State): Result {
  const waits: Wait[] = [askedFor(run, config, since)];
  if (state.until !== null) waits.push({ kind: 'timer', at: new Date(state.until) });
  return { waits, state, ...(config.kind === 'form' ? { paused: true } : {}) };
}

function begin(run: NodeRun, config: Config): Result {
  if (run.dryRun) return { output: { assumed: true } };
  const until = config.timeout ? new Date(run.now.getTime() + secondsOf(config.timeout) * 1_000).toISOString() : null;
  if (config.kind === 'webhook') {
    const callbacks = run.provider(Callbacks);
    run.tell('input.requested', { nodeId: run.nodeId, key: run.key, iteration: run.path, callbackUrl: callbacks.url(callbacks.token({ ...run, path: run.path })) });
  }
  // What came since the execution started counts: nobody has to wait for us to be ready.
  return sleep(run, config, run.startedAt, { until });
} // prettier-ignore

const subjectOf = (data: Json): Json => (data !== null && typeof data === 'object' && !Array.isArray(data) ? (data['subject'] ?? null) : null);

async function isWanted(run: NodeRun, { types, match, correlation }: Config, event: Extract<Woken, { kind: 'event' }>['event']): Promise<boolean> {
  if (!matchesType(types, event.type)) return false;
  if (correlation !== undefined && subjectOf(event.data) !== correlation) return false;
  // Before anything is made of it: what the principal may not read is not looked at either.
  if (!(await run.tx((ctx) => mayHear(run.provider(Surroundings), ctx, run.principal, event)))) return false;
  return match === undefined || run.evaluate(match, { event: { ...event } }) === true;
}

async function wake(run: NodeRun, config: Config, woken: Woken, kept: Json): Promise<Result> {
  const state = stateOf(kept);
  if (woken.kind === 'timer') return { to: 'timeout', output: { timedOut: true, input: run.input } };
  if (woken.kind === 'input') return { output: { value: woken.value, by: woken.by } };
  if (woken.kind !== 'event') throw new NodeError('internal', 'system', `It was woken by ${woken.kind}, which it does not wait for.`);
  const { event } = woken;
  if (await isWanted(run, config, event)) return { output: { event } };
  // Another one of the same kind: it goes on waiting, and what has woken it once does not do so again.
  return sleep(run, config, run.startedAt, state);
}

export const waitEvent = defineNode({
  type: 'wait_event',
  version: 1,
  label: 'Wait for event',
  icon: 'bell-ring',
  category: 'flow',
  summary: 'Wait for an event, a call, a signal or a form',
  docs: `Waits without holding anything, until what it waits for comes or its time is over (port \`timeout\`).

- **event**: an event of the platform, or one of your own, about something that whoever it runs as may read. Events since the start of the execution count, so none is missed between start and wait.
- **webhook**: one call of a single-use address; it is told in the live stream of the execution as \`callbackUrl\`.
- **signal**: whoever may operate executions sends a value.
- **form**: a person fills a form in; the execution is paused until then.`,
  config: Config,
  example: { kind: 'event', types: ['custom.order.paid'], timeout: { value: 1, unit: 'days' } },
  defaults: { kind: 'event' },
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'timeout', label: 'Timeout' }],
  effect: 'wait',
  idempotent: true,
  taints: true,
  run: begin,
  resume: wake,
  simulate: async (_run, { kind }) => ({ output: { assumed: true }, would: { waitFor: kind } }),
});
