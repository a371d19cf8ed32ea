import { z } from 'zod';
import type { Json } from '../../graph.ts';
import { defineNode, MAIN_IN, MAIN_OUT, NodeError, type NodeRun, type Result, type Woken } from '../declare.ts';

/** Children of one execution (workflows.md 15). */
const MOST_CHILDREN = 1_000;

const Config = z.object({
  workflow: z.string().min(1).max(100).meta({ title: 'Workflow', help: 'Its name in addresses, or its id', widget: 'workflow', expression: 'none' }),
  version: z.int().min(1).optional().meta({ title: 'Version', help: 'The active one when left out' }),
  inputs: z.string().max(8_192).optional().meta({ title: 'Inputs', help: 'What came in, or the item, when left out', expression: 'expr', examples: ['input'] }),
  wait: z.boolean().default(true).meta({ title: 'Wait for its end' }),
  mode: z.enum(['single', 'each']).default('single').meta({ title: 'Run', help: 'Once, or once for each item of a list' }),
  items: z.string().max(8_192).optional().meta({ title: 'Items', expression: 'expr', examples: ['input.servers'] }),
  parallel: z.int().min(1).max(50).default(10).meta({ title: 'At the same time' }),
  onChildCancel: z.enum(['cancel', 'error']).default('error').meta({ title: 'When it is cancelled', help: 'The node fails as cancelled, or with an error' }),
}); // prettier-ignore
type Config = z.output<typeof Config>;

interface State {
  items: Json[];
  /** Executions under way, by their place in the list. */
  open: string[];
  results: Json[];
}

/** Starts the next of the list, at most so many at once. */
async function launch(run: NodeRun, config: Config, { items, results }: Omit<State, 'open'>): Promise<string[]> {
  const from = results.length;
  const open: string[] = [];
  for (const [at, item] of items.slice(from, from + config.parallel).entries()) {
    const index = from + at;
    const single = config.mode === 'single';
    const inputs = config.inputs === undefined ? item : run.evaluate(config.inputs, single ? {} : { item, index });
    const version = config.version === undefined ? {} : { version: config.version };
    const { executionId } = await run.startChild({ workflow: config.workflow, ...version, inputs, tag: String(index) });
    open.push(executionId);
  }
  return open;
}

function itemsOf(run: NodeRun, { mode, items }: Config): Json[] {
  if (mode === 'single') return [run.input];
  const list = items === undefined ? run.input : run.evaluate(items);
  if (!Array.isArray(list)) throw new NodeError('type-error', 'expression', 'The items are not a list.');
  if (list.length > MOST_CHILDREN) throw new NodeError('limit-exceeded', 'limit', `One execution starts at most ${MOST_CHILDREN} others.`);
  return list;
}

async function begin(run: NodeRun, config: Config): Promise<Result> {
  const items = itemsOf(run, config);
  if (items.length === 0) return { output: [] };
  if (!config.wait) {
    const started = await launch(run, { ...config, parallel: MOST_CHILDREN }, { items, results: [] });
    return { output: config.mode === 'single' ? { executionId: started[0]! } : { executionIds: started } };
  }
  const open = await launch(run, config, { items, results: [] });
  return { waits: [{ kind: 'child', executionIds: open }], state: { items, open, results: [] } };
}

type Ended = Extract<Woken, { kind: 'child' }>['executions'][number];
const FINE: ReadonlySet<string> = new Set(['completed', 'partial_success']);

function failure({ id, status, error }: Ended, { onChildCancel, workflow }: Config): NodeError {
  const details = { executionId: id, status, error };
  if (status === 'cancelled' && onChildCancel === 'cancel') return new NodeError('cancelled', 'cancelled', `${workflow} was cancelled.`, { details });
  return new NodeError('child-failed', 'provider', `${workflow} ended as ${status}.`, { details });
}

async function wake(run: NodeRun, config: Config, woken: Woken, kept: Json): Promise<Result> {
  if (woken.kind !== 'child') throw new NodeError('internal', 'system', `It was woken by ${woken.kind}, which it does not wait for.`);
  const state = kept as unknown as State;
  const ended = state.open.map((id) => woken.executions.find((one) => one.id === id));
  const failed = ended.find((one) => one !== undefined && !FINE.has(one.status));
  if (failed) throw failure(failed, config);
  const results = [...state.results, ...ended.map((one) => one?.outputs ?? null)];
  if (results.length >= state.items.length) return { output: config.mode === 'single' ? results[0]! : results };
  const open = await launch(run, config, { items: state.items, results });
  return { waits: [{ kind: 'child', executionIds: open }], state: { items: state.items, open, results } };
}

export const subWorkflow = defineNode({
  type: 'sub_workflow',
  version: 1,
  label: 'Sub-workflow',
  icon: 'workflow',
  category: 'flow',
  summary: 'Run another workflow as a part of this one',
  docs: `Runs another workflow once, or once for each item of a list, and hands its output on. The other one acts with what both may do, never with more; it is cancelled with this one. Eight deep at most.

With **wait** off it answers \`{ executionId }\` at once.`,
  config: Config,
  example: { workflow: 'provision-server', inputs: 'input' },
  defaults: { mode: 'single', wait: true },
  inputs: MAIN_IN,
  outputs: MAIN_OUT,
  effect: 'wait',
  idempotent: true,
  run: begin,
  resume: wake,
});
