import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result } from '../declare.ts';
import { readsOf } from '../entity_query/kinds.ts';
import { isOpen } from '../values.ts';
import { bgpReads } from './bgp.ts';
import { Config, lookedAt, probeOf, type Config as Wish } from './config.ts';
import { emitMetric, RECORD, resumeEmit, simulateEmit } from './emit.ts';
import { FIGURES, metricFindings } from './metric.ts';
import { isGood, probed, type Seen } from './probe.ts';

const Output = z.object({ healthy: z.boolean(), result: Json, checks: z.int(), seconds: z.int() });
/** Of a node that looks again and again. */
const State = z.object({ checks: z.int(), beyondSince: z.iso.datetime().nullable() });
type State = z.output<typeof State>;

const missing = (field: string): NodeError => new NodeError('node-config-invalid', 'config', `Say the ${field}.`);

const outcome = (healthy: boolean, { result }: Seen, checks: number, since: Date): Result => ({
  to: healthy ? 'ok' : 'breached',
  output: { healthy, result, checks, seconds: Math.max(0, Math.round((Date.now() - since.getTime()) / 1_000)) },
});

async function once(run: NodeRun, config: Wish): Promise<Result> {
  const seen = await probed(run, probeOf(config, missing), 'probe');
  return outcome(isGood(run, config.condition, seen), seen, 1, run.now);
}

const OPERATORS: Record<Wish['operator'], (value: number, limit: number) => boolean> = {
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
};

/** Whether the figure lies beyond. Where there is none, since nobody answered, it does. */
function isBeyond(run: NodeRun, { value, operator, limit, condition }: Wish, seen: Seen): boolean {
  if (seen.result['reached'] === false) return true;
  // A metric has a figure of its own.
  const own = seen.result['value'];
  if (limit === undefined || (value === undefined && own === undefined)) return !isGood(run, condition, seen);
  const figure = value === undefined ? own : run.evaluate(value, { result: seen.result });
  if (typeof figure !== 'number') throw new NodeError('type-error', 'expression', '`value` is a number.');
  return OPERATORS[operator](figure, limit);
}

/** Everything it needs to go on is a row; between two looks nothing of it is in memory. */
async function again(run: NodeRun, config: Wish, began: Date, state: State): Promise<Result> {
  const { action, everySeconds, forSeconds } = config;
  const checks = state.checks + 1;
  const seen = await probed(run, probeOf(config, missing), `probe:${checks}`);
  // `run.now` is when the node began, however often it has slept since; what is decided by the clock is in the record before it is used.
  const now = Date.now();
  const end = began.getTime() + forSeconds * 1_000;
  // The last look is at the end, wherever the pace would have it.
  const sleep = (beyondSince: string | null): Result => ({
    waits: [{ kind: 'timer', at: new Date(Math.min(now + everySeconds * 1_000, action === 'wait_until' ? end : Infinity)) }],
    state: { began: began.toISOString(), checks, beyondSince },
  });
  if (action === 'wait_until') {
    if (isGood(run, config.condition, seen)) return outcome(true, seen, checks, began);
    return now >= end ? outcome(false, seen, checks, began) : sleep(null);
  }
  if (!isBeyond(run, config, seen)) return outcome(true, seen, checks, began);
  const since = state.beyondSince ?? new Date(now).toISOString();
  return now - Date.parse(since) >= forSeconds * 1_000 ? outcome(false, seen, checks, began) : sleep(since);
}

/** Told to whoever listens: notifications, webhooks and other workflows. */
function tell(run: NodeRun, { action, key, severity, message = '' }: Wish): Result {
  if (!key) throw missing('key');
  const about = { key, workflowId: run.workflowId, executionId: run.executionId };
  return {
    commit: async ({ emit }) => {
      if (action === 'heartbeat') emit('heartbeat.sent', about);
      else if (action === 'alert.raise') emit('alert.raised', { ...about, severity, message });
      else emit('alert.resolved', { ...about, message });
      return { to: 'ok', output: { key, told: true } };
    },
  };
}

const isLook = (action: unknown): boolean => action === undefined || action === 'check' || action === 'query';
const isPolling = (action: unknown): boolean => action === 'wait_until' || action === 'threshold';

function start(run: NodeRun, config: Wish): Result | Promise<Result> {
  if (isLook(config.action)) return once(run, config);
  if (config.action === 'emit_metric') return emitMetric(run, config);
  return isPolling(config.action) ? again(run, config, run.now, { checks: 0, beyondSince: null }) : tell(run, config);
}

const simulateTold = ({ action, key = '', severity, message = '' }: Wish) => ({
  to: 'ok',
  output: { key, told: false },
  would: { kind: 'event', action, key, severity, message },
});
const simulate = async (run: NodeRun, config: Wish) => (config.action === 'emit_metric' ? simulateEmit(run, config) : simulateTold(config));

const SUBJECTS: Readonly<Record<string, string>> = { resource: 'id', http: 'url', bgp: 'id', metric: 'metric' };

/** The field that says what is looked at; a route server says it as well as a port. */
function subjectOf({ action, probe, routeServer }: RawConfig): string {
  const what = lookedAt({ action, probe: probe as Wish['probe'] });
  return what === 'bgp' && routeServer ? 'routeServer' : (SUBJECTS[what] ?? 'host');
}

function neededBy(config: RawConfig): string[] {
  const { action, probe } = config;
  if (action === 'emit_metric') return ['metric', 'value'];
  if (action === 'threshold') return [subjectOf(config), ...(probe === 'metric' ? [] : ['value']), 'limit'];
  return isLook(action) || isPolling(action) ? [subjectOf(config)] : ['key'];
}

function check(config: RawConfig): OwnFinding[] {
  const needed = neededBy(config);
  const absent = needed
    .filter((field) => config[field] === undefined || config[field] === '')
    .map((field): OwnFinding => ({ rule: 'V03', severity: 'error', pointer: `/${field}`, message: 'Needed here' }));
  return needed.includes('metric') ? [...absent, ...metricFindings(config)] : absent;
}

/** What it looks at is the platform's own where the probe, or the action, says so. */
function operations({ action, probe, resource = 'server', id }: RawConfig): string[] {
  const emits = isOpen(action) || action === 'emit_metric' ? [RECORD] : [];
  if (!isOpen(action) && !isLook(action) && !isPolling(action)) return emits;
  const mayBe = (what: Wish['probe']): boolean =>
    isOpen(probe) || [action, ...(isOpen(action) ? ['query'] : [])].some((one) => lookedAt({ action: one, probe: probe as Wish['probe'] }) === what);
  return [
    ...emits,
    ...(mayBe('resource') ? readsOf(resource, ['get']) : []),
    ...(mayBe('bgp') ? bgpReads(id) : []),
    ...(mayBe('metric') ? [FIGURES] : []),
  ];
}

export const monitoring = defineNode({
  type: 'monitoring',
  version: 1,
  label: 'Monitoring',
  icon: 'activity',
  category: 'operations',
  summary: 'Look whether something is well, wait until it is, and raise the alarm',
  docs: `**check** looks once: \`http\` (an answer below 400), \`tcp\` (a connection), \`icmp\` (of \`count\` pings at most \`maxLossPercent\` lost), \`tls\` (a good certificate with \`minDays\` left), \`dns\` (records of a type), \`resource\`, \`bgp\`, \`metric\`. **query** looks at the state of a resource, or at another thing that the platform knows. \`condition\` over \`result\` says what is good.

**wait_until** looks again and again until it is good (\`ok\`) or the time is over (\`breached\`); between two looks it is a row in the database and holds nothing. **threshold** is \`breached\` once a figure has lain beyond its limit for \`forSeconds\`.

**alert.raise**, **alert.resolve** and **heartbeat** announce \`alert.raised\`, \`alert.resolved\` and \`heartbeat.sent\` with the checkpoint, once; a key tells which one, so that whoever listens can join what belongs together.

**emit_metric** keeps a figure (\`value\`) of \`metric\` with its \`labels\`, together with the result of the node, so exactly once; the page Metrics of workflows shows it. \`metric\` looks at what series of a name, with these labels and perhaps others, came to in the past \`windowSeconds\`: \`aggregate\` of their samples is \`result.value\`, which is also what **threshold** holds against its limit. Without a sample in the window it is not well.

\`bgp\` looks at the sessions of a port of yours (\`id\`), on one route server or on all of its fabric, or of everybody on a route server; \`family\` and \`asn\` narrow it. It is good when there are some, all are Established, and the route servers said so just now.

That nobody answers is \`breached\`, not an error. An address that must not be asked is \`egress-denied\`. Ports: those of the web, and what \`egress.create\` has opened; a ping has none, and goes where addresses may be called. Where the machine cannot send pings the error is \`ping-unavailable\` and says what whoever runs it has to do.

Output \`{healthy, result, checks, seconds}\`; \`result\` has \`reached\` and, by what was looked at, \`status, headers, body, ms\`, \`sent, received, lossPercent, ms, minMs, maxMs\` (milliseconds, the average as \`ms\`), \`daysLeft, fault, validTo\`, \`records\`, \`sessions, established, total, oldestSeconds, faults\`, \`value, series, count, last, lastAt, avg, min, max, sum\` or \`item\`.`,
  config: Config,
  example: { action: 'wait_until', probe: 'resource', resource: 'server', id: '{{ input.id }}', condition: 'result.item.status == "running"', everySeconds: 10, forSeconds: 600 },
  defaults: { action: 'check', probe: 'http' },
  inputs: MAIN_IN,
  outputs: [{ name: 'ok', label: 'Well' }, { name: 'breached', label: 'Not well' }, { name: 'error', label: 'Error' }],
  effect: ({ action }) => (isLook(action) ? 'read' : isPolling(action) ? 'wait' : 'effect'),
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 60,
  taints: true,
  operations,
  output: Output,
  check,
  run: start,
  resume(run, config, woken, state) {
    if (config.action === 'emit_metric') return resumeEmit(run, woken, state);
    const { began, ...kept } = state as { began: string } & State;
    return again(run, config, new Date(began), State.parse(kept));
  },
  simulate,
}); // prettier-ignore
