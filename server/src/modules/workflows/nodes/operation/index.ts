import { z } from 'zod';
import { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, NodeError, type NodeRun, type OwnFinding, type RawConfig, type Result, type Woken } from '../declare.ts';
import { begun, inOrder, kept, proceed, restored, settled, Standing, waitsForPeople, waitsOf, type Done, type Way } from './fan-out.ts';
import { isReadByName } from './reads.ts';
import { namesOf, selected, Selector } from './selector.ts';

const Config = z.object({
  operation: z
    .string()
    .min(3)
    .max(100)
    .meta({ title: 'Operation', widget: 'operation', expression: 'none', examples: ['servers.reboot'] }),
  input: z.record(z.string(), Json).default({}).meta({ title: 'Input', expression: 'tpl', widget: 'operation-input' }),
  targets: Selector.optional().meta({ title: 'For each of', help: 'One call for each; left out, one call' }),
  each: z
    .record(z.string(), z.string().max(8_192))
    .default({ id: 'item.?id.orValue(item)' })
    .meta({ title: 'Input of each', expression: 'expr', help: 'Fields of the input, made of `item` and `index`; with targets only' }),
  parallel: z.int().min(1).max(50).default(5).meta({ title: 'At once' }),
  onTargetError: z.enum(['stop', 'continue']).default('stop').meta({ title: 'When one fails', help: 'stop: no further one is begun' }),
  mode: z.enum(['run', 'plan']).default('run').meta({ title: 'Do', help: 'plan: tells what it would do, and does nothing' }),
  wait: z.enum(['done', 'started']).default('done').meta({ title: 'Wait until', help: 'started: goes on once the Change exists' }),
  reason: z.string().max(1_000).optional().meta({ title: 'Reason', expression: 'tpl', help: 'For approvers, and for the trail' }),
  ifAlready: z.enum(['ok', 'error']).default('ok').meta({ title: 'When it is so already' }),
});
type Config = z.output<typeof Config>;

const One = z.object({ changeId: z.string().nullable(), status: z.string(), result: Json, plan: Json });
const Several = z.object({ count: z.int(), failed: z.int(), targets: z.array(One.extend({ target: Json, error: Json })) });

const State = z.object({ standing: Standing, targets: z.array(Json).nullable() });
type State = z.output<typeof State>;

const wayOf = ({ operation, parallel, wait, mode, ifAlready, onTargetError, reason }: Config): Way => ({
  operation, parallel, wait, plan: mode === 'plan', ifAlready, stopOnError: onTargetError === 'stop', comment: reason,
}); // prettier-ignore

const inputsOf = (run: NodeRun, { input, each }: Config, targets: readonly Json[]): Record<string, Json>[] =>
  targets.map((item, index) => ({
    ...input,
    ...Object.fromEntries(Object.entries(each).map(([field, source]) => [field, run.evaluate(source, { item, index })])),
  }));

const shown = ({ changeId, status, result, plan = null }: Done): z.output<typeof One> => ({ changeId, status, result, plan });
const errorOf = ({ error }: Done, more: Json): NodeError =>
  new NodeError(error!.type, error!.class as NodeError['class'], error!.message, { details: more ?? error!.details ?? null });

/** What the Gate refused goes to its own port where somebody listens there, else it is an error like others. */
function refusedOr(run: NodeRun, done: Done, output: Json, report: Json = null): Result {
  if (done.status === 'denied' && (run.isConnected?.('denied') ?? true)) return { to: 'denied', output };
  throw errorOf(done, report);
}

function ended(run: NodeRun, { onTargetError }: Config, { standing, targets }: State): Result {
  const done = inOrder(standing);
  const bad = done.filter(({ status }) => status === 'failed' || status === 'denied');
  if (targets === null) {
    const [one] = done;
    return bad.length === 0 ? { output: shown(one!) } : refusedOr(run, one!, { ...shown(one!), error: one!.error as Json });
  }
  const each = done.map((one) => ({ ...shown(one), target: targets[one.index]!, error: (one.error as Json | undefined) ?? null }));
  const output = { count: each.length, failed: bad.length, targets: each };
  const isGood = bad.length === 0 || (onTargetError === 'continue' && bad.length < done.length);
  return isGood ? { output } : refusedOr(run, bad[0]!, output, output);
}

async function goOn(run: NodeRun, config: Config, state: State): Promise<Result> {
  const standing = await proceed(run, wayOf(config), state.standing);
  const waits = waitsOf(standing);
  if (waits.length === 0) return ended(run, config, { ...state, standing });
  run.progress(`${standing.done.length} of ${standing.inputs.length}`, Math.round((100 * standing.done.length) / standing.inputs.length));
  return { waits, state: { targets: state.targets, standing: kept(run, config, standing) }, ...(waitsForPeople(standing) ? { paused: true } : {}) };
}

const inputsFor = (run: NodeRun, config: Config, targets: readonly Json[] | null): Record<string, Json>[] =>
  targets === null ? [config.input] : inputsOf(run, config, targets);

async function first(run: NodeRun, config: Config): Promise<State> {
  const targets = config.targets ? await selected(run, config.targets) : null;
  return { standing: begun(inputsFor(run, config, targets)), targets };
}

async function simulate(run: NodeRun, config: Config) {
  const state = await first(run, config);
  const { operation } = config;
  const standing = await proceed(run, { ...wayOf(config), plan: true, parallel: Number.MAX_SAFE_INTEGER, stopOnError: false }, state.standing);
  const done = inOrder(standing);
  const would = done.map(({ index, status, plan = null, error = null }) => ({ kind: 'operation', operation, input: standing.inputs[index]!, status, plan, error }));
  const result = ended(run, { ...config, onTargetError: 'continue' }, { ...state, standing }) as { to?: string; output: Json };
  return { ...result, would: would as Json };
} // prettier-ignore

function check({ targets, each }: RawConfig): OwnFinding[] {
  const { items, operation } = (typeof targets === 'object' && targets !== null ? targets : {}) as Record<string, Json>;
  const findings: OwnFinding[] = [];
  const finding = (pointer: string, message: string): void => void findings.push({ rule: 'V03', severity: 'error', pointer, message });
  if (items !== undefined && operation !== undefined) finding('/targets', 'Either a list or what lists them');
  if (targets === undefined && each !== undefined) finding('/each', 'Only with targets');
  return findings;
}

export const operation = defineNode({
  type: 'operation',
  version: 1,
  label: 'Operation',
  icon: 'play',
  category: 'operations',
  summary: 'Anything the platform can do, through the same Gate as everywhere',
  docs: `Calls an Operation as the principal of the execution: the same permission, scope, policies, plan and approvals as over REST, by an agent or at the command line.

**Output** \`{changeId, status, result, plan}\`; with targets \`{count, failed, targets: [{target, changeId, status, result, plan, error}]}\`.

**The Gate may** let it run; ask for agreement: the execution is paused and goes on by itself after the decision; refuse it: the port \`denied\` when something hangs on it, else an error of class \`permission\` or \`policy\` with the rules that forbid it; say that it is too much now: it is asked again at the time that was said.

**For each of** makes one Change for each target, at most \`parallel\` at once. More targets than \`At most\` is an error before anything is done.

**Twice.** The Change is made under a key of execution, node, iteration and target: after a crash it is followed, not made again.

**Errors** by the name of their problem; \`operation-failed\` when the Change ended otherwise than it should, \`approval-rejected\`, \`approval-expired\`.`,
  config: Config,
  example: { operation: 'servers.reboot', input: { id: '{{ input.serverId }}' }, reason: 'Kernel {{ input.kernel }}' },
  defaults: {},
  inputs: MAIN_IN,
  outputs: [{ name: 'main' }, { name: 'denied', label: 'Denied' }, { name: 'error', label: 'Error' }],
  effect: ({ operation: name, mode }) => (mode === 'plan' || isReadByName(name) ? 'read' : 'effect'),
  idempotent: true,
  inDoubt: 'retry',
  operations: ({ operation: name, targets }) => namesOf(name, targets),
  output: ({ targets }) => (targets === undefined ? One : Several),
  check,
  run: async (run, config) => goOn(run, config, await first(run, config)),
  resume(run, config, woken: Woken, state) {
    const { standing, targets } = State.parse(state);
    const inputs = restored(run, config.operation, standing.inputs, () => inputsFor(run, config, targets));
    return goOn(run, config, { standing: settled({ ...standing, inputs }, woken), targets });
  },
  simulate,
});
