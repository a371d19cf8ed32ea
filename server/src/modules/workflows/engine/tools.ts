import { NO_REFERENCES } from '../expressions/index.ts';
import type { GraphNode, Json } from '../graph.ts';
import { byConfig, NodeError, type NodeRun, type Result, type Woken } from '../nodes/declare.ts';
import type { ToolCall, ToolNode, ToolOutcome, Tools } from '../nodes/tools.ts';
import { isHeld } from './agreement.ts';
import type { AttemptDeps } from './attempts.ts';
import { asJson, faultOf, isUnexpected } from './faults.ts';
import type { ProgramNode, ToolEdge } from './program.ts';
import { cleanPorts, incomingOf, isSensitive, recordOf, say, touch } from './settle.ts';
import { idempotencyKey } from './keys.ts';
import { scopeOf, seedOf } from './scope.ts';
import { isLargerThan } from './sizes.ts';
import { taintAt } from './tainted.ts';
import { callsLeft } from './usage.ts';
import { placeOf, toolPath, type Rec, type Spot, type Walk } from './walk.ts';

const SETTLED: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

/** Tools that hang on a node. */
const edgesOf = ({ program }: Walk, { node }: Spot): readonly ToolEdge[] => program.tools.get(node.id) ?? [];

const shown = (walk: Walk, { frame }: Spot, { node: tool, via }: ToolEdge): ToolNode => {
  const { id, key, name, node, type, effect } = tool;
  const readsOutside = taintAt(walk, { node: tool, frame }).length > 0;
  return {
    id,
    key,
    name,
    description: node.description ?? '',
    type,
    config: node.config,
    effect,
    via,
    readsOutside,
    sensitive: node.settings?.sensitive === true,
    held: isHeld(walk, { node: tool }),
  };
};

/**
 * A node that stands in no graph: an Operation or a workflow that an agent calls. What the model wrote is taken as it stands; nothing in it is
 * an expression.
 */
function standIn(walk: Walk, agent: Spot, tool: Extract<ToolCall['tool'], { type: string }>): ProgramNode {
  const type = walk.program.types.get(tool.type);
  if (!type) throw new NodeError('node-type-unknown', 'config', `There is no node type "${tool.type}" here.`);
  const { id, key, node: of } = agent.node;
  const { sensitive } = of.settings ?? {};
  const node: GraphNode = { id, key, type: tool.type, typeVersion: type.version, name: tool.name, config: tool.config, ...(sensitive ? { settings: { sensitive } } : {}) };
  const effect = byConfig(type.effect, tool.config);
  const constant = type.config.parse(tool.config) as Record<string, unknown>;
  return {
    id, key, name: tool.name, node, type, effect, constant, fault: undefined, idempotent: true, inDoubt: 'retry', onError: 'stop', loop: agent.node.loop, incoming: [], outgoing: [],
    retry: { ...agent.node.retry, maxAttempts: 1 }, timeoutSeconds: undefined, config: { references: NO_REFERENCES, constant: true, resolve: () => ({ config: constant as Record<string, Json>, shown: {} }) },
  };
} // prettier-ignore

function nodeOf(walk: Walk, agent: Spot, { tool }: ToolCall): ProgramNode {
  if ('type' in tool) return standIn(walk, agent, tool);
  const found = edgesOf(walk, agent).find(({ node }) => node.key === tool.node);
  if (!found) throw new NodeError('config-invalid', 'config', `No tool "${tool.node}" hangs on "${agent.node.key}".`);
  if (found.node.fault) throw found.node.fault as Error;
  return found.node;
}

/** The place of a call: beside the graph, so that nothing follows from how it ends but the answer to the agent. */
function spotOf(walk: Walk, agent: Spot, call: ToolCall): Spot {
  const node = nodeOf(walk, agent, call);
  const path = toolPath(agent.frame.path, call.step, call.index);
  const frame = { ...agent.frame, path, spots: new Map(), views: { ...agent.frame.views }, open: Number.MAX_SAFE_INTEGER, closed: true, fault: undefined };
  const rec = walk.called.get(placeOf(node.id, path)) ?? walk.found.get(placeOf(node.id, path));
  const abort = new AbortController();
  const stop = (): void => abort.abort(agent.abort?.signal.reason);
  if (agent.abort?.signal.aborted) stop();
  agent.abort?.signal.addEventListener('abort', stop, { once: true });
  return {
    node, frame, status: 'running', settled: false, ports: new Map(), error: undefined, inherited: undefined, rec, attempt: 1, before: 0, round: rec?.round ?? agent.round, order: 0, abort,
    loop: undefined, waits: [], spent: [], timer: undefined, late: false, account: agent.account, turns: agent.turns ?? [],
  };
} // prettier-ignore

const msOf = ({ startedAt, endedAt }: Rec): number => (endedAt && startedAt ? endedAt.getTime() - startedAt.getTime() : 0);

/** What a record says of the call. */
function outcomeOf(rec: Rec): ToolOutcome {
  const about = { recordId: rec.id, durationMs: msOf(rec) };
  if (rec.status === 'completed') return { status: 'done', output: rec.output ?? null, port: rec.port ?? 'main', ...about };
  return { status: 'failed', fault: rec.error ?? faultOf(new NodeError('cancelled', 'cancelled', 'It was broken off.')), ...about };
}

/** The same of a record whose output is not in mind. */
const wholeOutcome = async ({ outputOf }: Pick<Deps, 'outputOf'>, rec: Rec): Promise<ToolOutcome> =>
  outcomeOf(rec.left ? { ...rec, output: await outputOf(rec) } : rec);

/** Bytes of an answer that is kept in mind until the agent ends; of a larger one that is written down only where it lies. */
const MOST_IN_MIND = 65_536;

/** So that an agent that reads much holds no more than so many bytes of each call. */
function leave(walk: Walk, { node, frame, rec }: Spot): void {
  const { output, ...rest } = rec!;
  if (output !== undefined && isLargerThan(output, MOST_IN_MIND)) walk.called.set(placeOf(node.id, frame.path), { ...rest, left: true });
}

function ended(walk: Walk, spot: Spot, more: Partial<Rec>): void {
  const endedAt = new Date();
  touch(walk, spot, { ...more, endedAt, durationMs: endedAt.getTime() - (spot.rec?.startedAt ?? endedAt).getTime() });
}

/** What went well leaves by these ports; a tool answers with what left, whichever port it took. */
function done(walk: Walk, spot: Spot, ports: ReadonlyMap<string, Json>): void {
  const clean = cleanPorts(ports, walk.row.tenantId);
  const [first] = clean;
  const output = clean.size > 1 ? Object.fromEntries(clean) : (first?.[1] ?? null);
  ended(walk, spot, { status: 'completed', port: clean.size > 1 ? null : (first?.[0] ?? 'main'), output, many: clean.size > 1 });
  say(walk, 'node.completed', spot, { recordId: spot.rec!.id, durationMs: spot.rec!.durationMs! });
}

function broke(walk: Walk, spot: Spot, error: unknown, onError: (error: Error) => void): void {
  if (isUnexpected(error)) onError(error as Error);
  const fault = { ...faultOf(error), nodeId: spot.node.id, nodeKey: spot.node.key, iteration: spot.frame.path };
  ended(walk, spot, { status: 'failed', error: fault });
  say(walk, 'node.failed', spot, { recordId: spot.rec!.id, error: asJson(fault), durationMs: spot.rec!.durationMs! });
}

/** For as long as it may take. */
async function bounded<T>(spot: Spot, seconds: number | undefined, going: Promise<T>): Promise<T> {
  let late: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(spot.abort!.signal.reason as Error);
    if (spot.abort!.signal.aborted) stop();
    spot.abort!.signal.addEventListener('abort', stop, { once: true });
    if (seconds === undefined) return;
    late = setTimeout(() => spot.abort!.abort(new NodeError('node-timeout', 'timeout', `"${spot.node.name}" took longer than the ${seconds} seconds it may take.`)), seconds * 1_000);
  }); // prettier-ignore
  try {
    return await Promise.race([going, stopped]);
  } finally {
    clearTimeout(late);
  }
}

/** Writes down what a run of a tool came to. */
async function settled(walk: Walk, spot: Spot, result: Result): Promise<ToolOutcome> {
  if ('waits' in result) {
    const { waits, state = null, paused = false } = result;
    touch(walk, spot, { status: paused ? 'paused' : 'waiting', state });
    return { status: 'waits', waits, paused, recordId: spot.rec!.id };
  }
  if ('commit' in result) walk.out.commits.push({ spot, act: result.commit });
  else done(walk, spot, 'outputs' in result ? new Map(Object.entries(result.outputs)) : new Map([[result.to ?? 'main', result.output]]));
  await walk.save();
  const outcome = outcomeOf(spot.rec!);
  leave(walk, spot);
  return outcome;
}

/** All that calling tools needs of the process. */
type Deps = Pick<AttemptDeps, 'runOf' | 'secrets' | 'turns' | 'crashPoint' | 'onError' | 'outputOf'>;

async function act(walk: Walk, deps: Deps, spot: Spot, input: Json, go: (run: NodeRun, config: never) => Result | Promise<Result>): Promise<Result> {
  const { secrets: names } = spot.node.config!.references;
  const turn = names.length > 0 ? await deps.turns.soon(walk, spot, names) : undefined;
  try {
    return await made(walk, deps, spot, input, names.length > 0 ? await deps.secrets(walk, spot, names) : {}, go);
  } finally {
    await turn?.giveBack();
  }
}

async function made(walk: Walk, deps: Deps, spot: Spot, input: Json, secrets: Record<string, string>, go: (run: NodeRun, config: never) => Result | Promise<Result>): Promise<Result> {
  const { node } = spot;
  const now = spot.rec!.startedAt!;
  const config = node.constant ?? node.type.config.parse(node.config!.resolve(scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now, secrets }).config);
  if (node.effect === 'effect') {
    deps.crashPoint(`${node.key}:before-intent`);
    await walk.save();
    deps.crashPoint(`${node.key}:after-intent`);
  }
  const result = await go(deps.runOf(walk, spot, now, input), config as never);
  if (node.effect === 'effect') deps.crashPoint(`${node.key}:after-effect`);
  return result;
} // prettier-ignore

/** An effect was begun before a crash, and nobody knows what came of it: the model is told, and it is not begun again. */
const isDoubtful = ({ node }: Spot, rec: Rec | undefined): boolean =>
  rec?.status === 'running' && node.effect === 'effect' && node.inDoubt !== 'retry';

type Go = (spot: Spot) => (run: NodeRun, config: never) => Result | Promise<Result>;
const nameOf = ({ tool }: ToolCall): string => ('node' in tool ? tool.node : tool.name);

/** The record of a call, with who made it; one that a crash has left is gone on with. */
function opened(walk: Walk, agent: Spot, spot: Spot, call: ToolCall): void {
  const { node, frame, round, rec } = spot;
  const key = node.effect === 'effect' ? { idempotencyKey: idempotencyKey(walk.row.id, node.id, frame.path, round) } : {};
  const calledBy = { nodeId: agent.node.id, key: agent.node.key, step: call.step, index: call.index, tool: nameOf(call) };
  if (!rec) walk.runs += 1;
  recordOf(walk, spot, { input: isSensitive(spot) ? call.input : call.shown, startedAt: new Date(), ...key, calledBy });
  walk.called.set(placeOf(node.id, frame.path), spot.rec!);
  if (node.node.type === 'sub_workflow') walk.hasChildren = true;
}

async function gone(walk: Walk, deps: Deps, spot: Spot, call: ToolCall, go: Go): Promise<ToolOutcome> {
  say(walk, 'node.started', spot, { recordId: spot.rec!.id });
  const seconds = Math.min(call.timeoutSeconds ?? Infinity, spot.node.timeoutSeconds ?? Infinity);
  const result = await bounded(spot, Number.isFinite(seconds) ? seconds : undefined, act(walk, deps, spot, call.input, go(spot)));
  return settled(walk, spot, result);
}

/** One call from its beginning to what it came to; `go` runs it or goes on with it. */
async function carried(walk: Walk, deps: Deps, agent: Spot, call: ToolCall, go: Go): Promise<ToolOutcome> {
  const spot = spotOf(walk, agent, call);
  const before = spot.rec;
  if (before && SETTLED.has(before.status)) return wholeOutcome(deps, before);
  const doubtful = isDoubtful(spot, before);
  spot.called = { done: (ports) => done(walk, spot, ports), failed: (error) => broke(walk, spot, error, deps.onError) };
  opened(walk, agent, spot, call);
  try {
    if (callsLeft(walk) < 0) throw new NodeError('ai-budget-exceeded', 'budget', `The execution may call ${walk.program.settings.budgets!.toolCalls} tools, and has done so.`);
    if (doubtful) throw new NodeError('in-doubt', 'in_doubt', `"${nameOf(call)}" had begun when its process ended, and it is not known whether it took effect. Look before it is called again.`);
    return await gone(walk, deps, spot, call, go);
  } catch (error) {
    // The agent itself is stopped: the call goes on where somebody goes on with the agent.
    if (walk.over || agent.abort?.signal.aborted) throw error;
    broke(walk, spot, error, deps.onError);
    await walk.save();
    return outcomeOf(spot.rec!);
  }
} // prettier-ignore

/** Tools in the hand of a node: each call is a record of its own and a checkpoint of its own. */
export const toolsOf = (walk: Walk, deps: Deps, agent: Spot): Tools => ({
  get nodes() {
    return edgesOf(walk, agent).map((edge) => shown(walk, agent, edge));
  },
  left: () => callsLeft(walk),
  call: (call) =>
    carried(
      walk,
      deps,
      agent,
      call,
      ({ node }) =>
        (run, config) =>
          node.type.run ? node.type.run(run, config) : { output: run.input },
    ),
  async read(recordId) {
    const found = [...walk.called.values(), ...walk.found.values()].find(({ id, calledBy }) => id === recordId && calledBy?.nodeId === agent.node.id);
    return found && wholeOutcome(deps, found);
  },
  wake: (call, woken: Woken) =>
    carried(walk, deps, agent, call, ({ node, rec }) => {
      const state = rec?.state ?? null;
      return (run, config) => (node.type.resume ? node.type.resume(run, config, woken, state) : { output: run.input });
    }),
});

/** What came in at one of the ports. */
export function inputAt(spot: Spot, port: string): Json | undefined {
  const { node, frame } = spot;
  const edge = node.incoming.find(({ targetPort, source, sourcePort }) => targetPort === port && frame.spots.get(source)?.ports.has(sourcePort));
  return edge && incomingOf({ ...spot, node: { ...node, incoming: [edge] } }).input;
}
