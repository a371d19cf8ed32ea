import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result, type Woken } from '../declare.ts';
import { KIND_NAMES, readsOf } from '../entity_query/kinds.ts';
import { isGood, probed, type Probe } from '../monitoring/probe.ts';
import { begun, inOrder, masked, proceed, restored, settled, waitsForPeople, waitsOf, type Way } from '../operation/fan-out.ts';
import { namesOf, selected, Selector } from '../operation/selector.ts';
import { isFields, isOpen } from '../values.ts';
import { batchOf, failuresOf, Rollout, undoable, withResults, withUndone } from './rules.ts';

const HealthCheck = z.object({
  probe: z.enum(['http', 'tcp', 'resource']).default('resource').meta({ title: 'Look at' }),
  target: z
    .string()
    .max(8_192)
    .default('item.?id.orValue(item)')
    .meta({ title: 'Which', expression: 'expr', help: 'Address, host or id, made of `item`', examples: ['"https://" + item.name + ".example.net/health"'] }),
  port: z.int().min(1).max(65_535).default(443).meta({ title: 'Port', help: 'tcp' }),
  resource: z.enum(KIND_NAMES).default('server').meta({ title: 'Kind' }),
  condition: z.string().max(8_192).optional().meta({ title: 'Good when', expression: 'expr', variables: ['result'], help: 'Over `result` and `item`', examples: ['result.item.status == "running"'] }),
  attempts: z.int().min(1).max(100).default(3).meta({ title: 'Looks' }),
  everySeconds: z.int().min(1).max(600).default(10).meta({ title: 'Seconds between them' }),
  timeoutSeconds: z.int().min(1).max(50).default(10).meta({ title: 'Time for one, in seconds' }),
}); // prettier-ignore
type HealthCheck = z.output<typeof HealthCheck>;

const Config = z.object({
  action: z.enum(['patch.rollout', 'reboot.rolling']).default('patch.rollout').meta({ title: 'What to do' }),
  operation: z.string().max(100).optional().meta({ title: 'Operation', widget: 'operation', expression: 'none', help: 'patch.rollout: what is done to each', examples: ['servers.resize'] }),
  input: z.record(z.string(), Json).default({}).meta({ title: 'Input', expression: 'tpl', widget: 'operation-input' }),
  each: z.record(z.string(), z.string().max(8_192)).default({ id: 'item.?id.orValue(item)' }).meta({ title: 'Input of each', expression: 'expr', help: 'Made of `item` and `index`' }),
  targets: Selector.meta({ title: 'Targets' }),
  canary: z.int().min(0).max(100).default(1).meta({ title: 'Canaries', help: 'Go first; when they are not well nothing follows' }),
  batch: z
    .object({
      size: z.int().min(1).max(100).default(1).meta({ title: 'At once' }),
      pauseSeconds: z.int().min(0).max(86_400).default(0).meta({ title: 'Seconds between batches' }),
      maxFailures: z.int().min(0).max(1_000).default(0).meta({ title: 'Failures that are borne', help: 'None of a canary' }),
    })
    .prefault({})
    .meta({ title: 'Batches' }),
  healthCheck: HealthCheck.optional().meta({ title: 'Health check', help: 'Of each target, when its batch is through' }),
  abortWhen: z.string().max(8_192).optional().meta({ title: 'Stop when', expression: 'expr', variables: ['done', 'failed', 'total'], help: 'After each batch, over `done`, `failed`, `total`', examples: ['failed * 10 > total'] }),
  rollback: z.enum(['none', 'batch', 'all']).default('batch').meta({ title: 'When it stops, undo' }),
  reason: z.string().max(1_000).optional().meta({ title: 'Reason', expression: 'tpl' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

const Output = z.object({ status: z.string(), total: z.int(), done: z.int(), failed: z.int(), targets: z.array(Json) });

const REBOOT = 'servers.reboot';
const operationOf = ({ action, operation }: Pick<Config, 'action' | 'operation'>): string => {
  const name = action === 'reboot.rolling' ? REBOOT : operation;
  if (!name) throw new NodeError('node-config-invalid', 'config', 'Say which Operation.');
  return name;
};

const wayOf = (config: Config, tag: string): Way => ({
  operation: operationOf(config), parallel: config.batch.size, wait: 'done', plan: false, ifAlready: 'ok', stopOnError: false, comment: config.reason, tag,
}); // prettier-ignore
const undoWay = ({ reason }: Config): Way => ({ operation: 'changes.rollback', parallel: 1, wait: 'done', plan: false, ifAlready: 'ok', stopOnError: false, comment: reason, tag: 'undo:' }); // prettier-ignore

const sizesOf = ({ canary, batch }: Config) => ({ canary, size: batch.size });
const members = (state: Rollout, config: Config): number[] => batchOf(state.targets.length, state.batch, sizesOf(config));

const inputsOf = (run: NodeRun, config: Config, targets: readonly Json[]): Rollout['inputs'] =>
  targets.map((item, index) => ({
    ...config.input,
    ...Object.fromEntries(Object.entries(config.each).map(([field, source]) => [field, run.evaluate(source, { item, index })])),
  }));

async function first(run: NodeRun, config: Config): Promise<Rollout> {
  const targets = await selected(run, config.targets);
  const inputs = inputsOf(run, config, targets);
  const report = targets.map((_, index) => ({ index, status: 'waiting' as const, changeId: null, error: null }));
  return started({ targets, inputs, batch: 0, phase: 'run', standing: begun([]), attempt: 0, report, stopped: null }, config);
}
const inputsNow = (state: Rollout, config: Config): Rollout['inputs'] => members(state, config).map((index) => state.inputs[index]!);
const started = (state: Rollout, config: Config): Rollout => ({ ...state, phase: 'run', attempt: 0, standing: begun(inputsNow(state, config)) });

/** As it may lie while it waits: without what of the inputs is secret. */
function laid(run: NodeRun, config: Config, state: Rollout): Json {
  const inputs = masked(run, operationOf(config), state.inputs);
  const now = state.phase === 'undo' ? state.standing.inputs : inputsNow({ ...state, inputs }, config);
  return { ...state, inputs, standing: { ...state.standing, inputs: now } } as unknown as Json;
}

/** As it goes on. */
function raised(run: NodeRun, config: Config, kept: Json): Rollout {
  const state = Rollout.parse(kept);
  const inputs = restored(run, operationOf(config), state.inputs, () => inputsOf(run, config, state.targets));
  const now = state.phase === 'undo' ? state.standing.inputs : inputsNow({ ...state, inputs }, config);
  return { ...state, inputs, standing: { ...state.standing, inputs: now } };
}

function probeOf(run: NodeRun, { probe, target, port, resource, timeoutSeconds }: HealthCheck, item: Json): Probe {
  const said = run.evaluate(target, { item });
  if (typeof said !== 'string') throw new NodeError('type-error', 'expression', '`target` of the health check is a text.');
  if (probe === 'http') return { kind: 'http', url: said, timeoutSeconds };
  return probe === 'tcp' ? { kind: 'tcp', host: said, port, timeoutSeconds } : { kind: 'resource', resource, id: said };
}

/** Those of the batch that went through and are not well. */
async function unwell(run: NodeRun, check: HealthCheck, state: Rollout, config: Config): Promise<number[]> {
  const bad: number[] = [];
  for (const index of members(state, config)) {
    if (state.report[index]!.status !== 'done') continue;
    const item = state.targets[index]!;
    const seen = await probed(run, probeOf(run, check, item), `health:${state.batch}:${state.attempt}:${index}`);
    if (!isGood(run, check.condition, seen, { item })) bad.push(index);
  }
  return bad;
}

const sleep = (run: NodeRun, config: Config, seconds: number, state: Rollout): Result => ({
  waits: [{ kind: 'timer', at: new Date(Date.now() + seconds * 1_000) }],
  state: laid(run, config, state),
});

/** Goes on after a batch, or stops where there were too many failures. */
function judged(run: NodeRun, config: Config, state: Rollout, next: Rollout['phase']): Rollout {
  const failed = failuresOf(state);
  const isCanary = config.canary > 0 && state.batch === 0;
  const done = state.report.filter(({ status }) => status === 'done').length;
  const abort = config.abortWhen !== undefined && run.evaluate(config.abortWhen, { done, failed, total: state.targets.length }) === true;
  const why =
    isCanary && failed > 0 ? 'a canary failed' : failed > config.batch.maxFailures ? `${failed} targets failed` : abort ? '`abortWhen` holds' : null;
  if (why === null) return { ...state, phase: next };
  const undone =
    config.rollback === 'none'
      ? []
      : undoable(state.report, config.rollback === 'batch' ? members(state, config) : state.report.map(({ index }) => index));
  return { ...state, stopped: why, phase: undone.length > 0 ? 'undo' : 'end', standing: begun(undone.map(({ changeId }) => ({ id: changeId }))) };
}

/** One step of the rollout; a result when it waits or has ended. */
async function step(run: NodeRun, config: Config, state: Rollout): Promise<Rollout | Result> {
  const mine = members(state, config);
  switch (state.phase) {
    case 'run':
    case 'undo': {
      const standing = await proceed(run, state.phase === 'run' ? wayOf(config, `${state.batch}:`) : undoWay(config), state.standing);
      const waits = waitsOf(standing);
      if (waits.length > 0) return { waits, state: laid(run, config, { ...state, standing }), ...(waitsForPeople(standing) ? { paused: true } : {}) };
      if (state.phase === 'run') return judged(run, config, { ...state, report: withResults(state.report, mine, inOrder(standing)) }, 'check');
      const chosen = config.rollback === 'batch' ? mine : state.report.map(({ index }) => index);
      return { ...state, phase: 'end', report: withUndone(state.report, undoable(state.report, chosen), inOrder(standing)) };
    }
    case 'check': {
      const bad = config.healthCheck ? await unwell(run, config.healthCheck, state, config) : [];
      const tried = { ...state, attempt: state.attempt + 1 };
      if (bad.length > 0 && tried.attempt < config.healthCheck!.attempts) return sleep(run, config, config.healthCheck!.everySeconds, tried);
      const report = state.report.map((entry) =>
        bad.includes(entry.index) ? { ...entry, status: 'unhealthy' as const, error: 'The health check failed.' } : entry,
      );
      return judged(run, config, { ...tried, report }, 'pause');
    }
    case 'pause': {
      const next = started({ ...state, batch: state.batch + 1 }, config);
      if (next.standing.inputs.length === 0) return { ...state, phase: 'end' };
      return config.batch.pauseSeconds > 0 ? sleep(run, config, config.batch.pauseSeconds, next) : next;
    }
    case 'end':
      return ended(state);
  }
}

function ended({ targets, report, stopped }: Rollout): Result {
  const of = (...wanted: string[]): number => report.filter(({ status }) => wanted.includes(status)).length;
  const output = {
    status: stopped === null ? 'completed' : 'stopped',
    total: targets.length,
    done: of('done'),
    failed: targets.length - of('done', 'waiting'),
    targets: report.map(({ index, ...entry }) => ({ target: targets[index]!, ...entry })),
  };
  if (stopped === null) return { output };
  throw new NodeError('rollout-stopped', 'provider', `The rollout was stopped: ${stopped}.`, { details: output });
}

async function goOn(run: NodeRun, config: Config, from: Rollout): Promise<Result> {
  let state = from;
  for (;;) {
    const made = await step(run, config, state);
    if (!('phase' in made)) return made;
    const finished = made.report.filter(({ status }) => status !== 'waiting').length;
    run.progress(`${finished} of ${made.targets.length}`, made.targets.length === 0 ? 100 : Math.round((100 * finished) / made.targets.length));
    state = made;
  }
}

function resume(run: NodeRun, config: Config, woken: Woken, kept: Json): Promise<Result> {
  const state = raised(run, config, kept);
  return goOn(run, config, { ...state, standing: settled(state.standing, woken) });
}

async function simulate(run: NodeRun, config: Config) {
  const state = await first(run, config);
  const way = { ...wayOf(config, 'plan:'), plan: true, parallel: Number.MAX_SAFE_INTEGER };
  const planned = inOrder(await proceed(run, way, begun(state.inputs)));
  const would = planned.map(({ index, status, plan = null, error = null }) => ({
    kind: 'operation',
    operation: way.operation,
    input: state.inputs[index]!,
    status,
    plan,
    error,
  }));
  const output = {
    status: 'completed',
    total: state.targets.length,
    done: state.targets.length,
    failed: 0,
    targets: state.targets.map((target) => ({ target, status: 'done', changeId: null, error: null })),
  };
  return { output, would: would as Json };
}

const check = ({ action, operation }: RawConfig): OwnFinding[] =>
  action !== 'reboot.rolling' && !operation ? [{ rule: 'V03', severity: 'error', pointer: '/operation', message: 'Say what is done to each' }] : [];

/** What is done to each, what lists them, how it is undone, and what is looked at in between. */
function operations({ action, operation, targets, rollback, healthCheck }: RawConfig): string[] {
  const { probe, resource = 'server' } = isFields(healthCheck) ? healthCheck : {};
  const looks = isFields(healthCheck) && (probe === undefined || probe === 'resource' || isOpen(probe));
  return [
    ...namesOf(action === 'reboot.rolling' ? undefined : operation, targets),
    ...(action === 'reboot.rolling' || isOpen(action) ? [REBOOT] : []),
    ...(rollback === 'none' ? [] : ['changes.rollback']),
    ...(looks ? readsOf(resource, ['get']) : []),
  ];
}

export const maintenance = defineNode({
  type: 'maintenance',
  version: 1,
  label: 'Maintenance',
  icon: 'wrench',
  category: 'operations',
  summary: 'Change many things in batches, with canaries, health checks and a way back',
  docs: `**patch.rollout** does an Operation to each target, **reboot.rolling** reboots servers. Canaries go first, then batches with pauses between them. When a batch is through, each of its targets is looked at; a canary that is not well, more failures than are borne, or \`abortWhen\` stop the rollout.

**When it stops** the Changes of the batch, or all of them, are rolled back, the newest first. Undo is a Change itself, with its own permission (\`changes:rollback\`) and rules.

Each target is a Change with plan, rules and approval: where people have to agree the execution is paused. Waits and pauses hold no worker.

Output \`{status, total, done, failed, targets: [{target, status, changeId, error}]}\`; stopped, it is in the \`details\` of the error \`rollout-stopped\`. A target is \`done\`, \`failed\`, \`unhealthy\`, \`rolled_back\`, \`rollback_failed\` or, never begun, \`waiting\`.`,
  config: Config,
  example: {
    operation: 'servers.resize',
    input: { size: 'std-2' },
    targets: { operation: 'servers.list', input: { labelSelector: 'role==edge' } },
    batch: { size: 5, pauseSeconds: 60 },
    healthCheck: { probe: 'resource', condition: 'result.item.status == "running"' },
  },
  defaults: { action: 'patch.rollout', canary: 1 },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'effect',
  idempotent: true,
  inDoubt: 'retry',
  timeoutSeconds: 900,
  operations,
  output: Output,
  check,
  run: async (run, config) => goOn(run, config, await first(run, config)),
  resume,
  simulate,
});
