import { newId } from '#kernel/ids.ts';
import { scrubValue } from '#kernel/taint.ts';
import type { NodeView } from '../expressions/index.ts';
import type { Json } from '../graph.ts';
import { NodeError, type NodeFault } from '../nodes/declare.ts';
import { asJson, faultOf } from './faults.ts';
import { chosenBy, mergeReadiness, readiness, type EdgeState } from './flow.ts';
import type { Edge } from './program.ts';
import { anew, keptOf } from './rerun.ts';
import { isLargerThan } from './sizes.ts';
import { NOTHING, placeOf, type Frame, type Rec, type Spot, type Walk } from './walk.ts';

/** Runs of nodes in one execution (workflows.md 15). */
const MOST_RUNS = 10_000;
/** Bytes of one output. */
const MOST_OUTPUT = 25 * 1_048_576;

/** What leads into a node: nothing yet, a value, or that none will come. The way into a loop's body is always open. */
export function edgeState(frame: Frame, { source, sourcePort }: Edge): EdgeState {
  const from = frame.spots.get(source);
  if (!from) return 'live';
  return from.settled ? (from.ports.has(sourcePort) ? 'live' : 'dead') : 'open';
}

export const valueOf = (frame: Frame, { source, sourcePort }: Edge): Json => {
  const from = frame.spots.get(source);
  return from ? (from.ports.get(sourcePort) ?? null) : frame.item;
};

/** What comes in at a node that takes one value, and the error of the branch that it came by. */
export function incomingOf({ node, frame }: Spot): { input: Json; error: NodeFault | undefined } {
  const live = node.incoming.find((edge) => edgeState(frame, edge) === 'live');
  if (!live) return { input: null, error: undefined };
  const from = frame.spots.get(live.source);
  return { input: valueOf(frame, live), error: live.sourcePort === 'error' ? from?.error : from?.inherited };
}

export function say(walk: Walk, type: string, { node, frame, attempt }: Spot, more: Record<string, Json> = {}): void {
  walk.out.events.push({ at: new Date(), type, payload: { nodeId: node.id, key: node.key, iteration: frame.path, attempt, ...more } });
}

export const isSensitive = ({ node }: Spot): boolean => node.node.settings?.sensitive === true;

/** What a sensitive node handed on stands in no record of another, neither item by item in the body of a loop. */
export const hidesInput = ({ node, frame }: Spot): boolean =>
  node.incoming.some(({ source }) => {
    const from = frame.spots.get(source);
    return from ? isSensitive(from) : frame.loop !== undefined && (isSensitive(frame.loop.spot) || hidesInput(frame.loop.spot));
  });

/** What a crash has left of this very attempt: it is gone on with. */
function carriedOver(walk: Walk, { node, frame, attempt }: Spot): Partial<Rec> {
  const before = walk.found.get(placeOf(node.id, frame.path));
  if (before?.attempt !== attempt) return {};
  const { id, steps, state, changeId, startedAt } = before;
  return Object.fromEntries(Object.entries({ id, steps, state, changeId, startedAt }).filter(([, value]) => value !== undefined));
}

/** A record for the attempt that begins; one that was begun before a crash is gone on with. */
export function recordOf(walk: Walk, spot: Spot, more: Partial<Rec>): Rec {
  const { node, frame, attempt, round } = spot;
  const shown = hidesInput(spot) ? { input: null, fed: true as const } : {};
  const rec = spot.rec?.attempt === attempt ? spot.rec : undefined;
  if (rec) {
    Object.assign(rec, { status: 'running', ...more, ...shown }, rec.startedAt ? { startedAt: rec.startedAt } : {});
    walk.out.records.add(rec);
    return rec;
  }
  const made: Rec = {
    id: newId(), nodeId: node.id, key: node.key, type: node.node.type, path: frame.path, attempt, round, effect: node.effect, status: 'running',
    ...more, ...carriedOver(walk, spot), ...shown,
  }; // prettier-ignore
  spot.rec = made;
  walk.out.records.add(made);
  return made;
}

export function touch(walk: Walk, spot: Spot, more: Partial<Rec>): void {
  if (!spot.rec) return void recordOf(walk, spot, more);
  Object.assign(spot.rec, more);
  walk.out.records.add(spot.rec);
}

const outputOf = (ports: ReadonlyMap<string, Json>): { output?: Json } =>
  ports.size === 0 ? {} : { output: ports.size === 1 ? ports.values().next().value! : Object.fromEntries(ports) };

/** What expressions see of it from now on. */
const viewOf = ({ rec, error, ports, status }: Spot): NodeView => ({
  status,
  ...outputOf(ports),
  ...(error ? { error: asJson(error) } : {}),
  ...(rec?.startedAt ? { startedAt: rec.startedAt.toISOString() } : {}),
  ...(rec?.endedAt ? { endedAt: rec.endedAt.toISOString() } : {}),
});

/** A node has come to its end at this place; what follows from it is looked at. */
export function settle(walk: Walk, spot: Spot, status: Spot['status'], ports: ReadonlyMap<string, Json>): void {
  if (spot.settled) return;
  const { node, frame } = spot;
  Object.assign(spot, { settled: true, status, ports, order: ++walk.settlements });
  frame.open -= 1;
  if (frame.loop === undefined) walk.done += 1;
  frame.views[node.key] = viewOf(spot);
  const loop = frame.loop?.spot.node.id;
  for (const { target, targetPort, sourcePort } of node.outgoing) {
    const next = frame.spots.get(target);
    if (next && !next.settled) walk.queue.push(() => consider(walk, next));
    else if (targetPort === 'next' && target === loop && ports.has(sourcePort)) frame.returned = ports.get(sourcePort)!;
  }
  if (frame.open === 0) endFrame(walk, frame);
}

/** All nodes of an iteration are settled. */
function endFrame(walk: Walk, frame: Frame): void {
  if (frame.loop && !frame.closed) walk.queue.push(() => walk.parts.endIteration(walk, frame));
  frame.closed = true;
}

/** Where nothing leads: the trigger that fired begins, and everything else never does. */
function considerFirst(walk: Walk, spot: Spot): void {
  const { type, id } = spot.node;
  if (type.control === 'trigger' && walk.row.triggerNode === id) enter(walk, spot);
  else settle(walk, spot, 'skipped', NOTHING);
}

/** Runs what is ready, and passes on that a branch is dead. */
export function consider(walk: Walk, spot: Spot): void {
  const { node, frame } = spot;
  if (spot.settled || spot.status !== 'idle' || frame.closed || walk.stopping) return;
  if (node.incoming.length === 0) return considerFirst(walk, spot);
  const states = node.incoming.map((edge) => edgeState(frame, edge));
  const policy = node.type.control === 'merge' ? walk.parts.mergePolicyOf(spot) : undefined;
  const found = policy ? mergeReadiness(policy, states, spot.late) : readiness(states);
  if (found === 'run') enter(walk, spot);
  else if (found === 'dead') skip(walk, spot);
  else if (policy && states.includes('live')) walk.parts.startMergeTimer(walk, spot);
}

function skip(walk: Walk, spot: Spot): void {
  const now = new Date();
  if (!walk.found.has(placeOf(spot.node.id, spot.frame.path))) {
    anew(walk, spot);
    recordOf(walk, spot, { status: 'skipped', startedAt: now, endedAt: now, durationMs: 0 });
    say(walk, 'node.skipped', spot);
  }
  settle(walk, spot, 'skipped', NOTHING);
}

/** Whether it can start now: not while the execution is paused, and beyond so many at once only what is computed here. */
function hasPlace({ pausing, active, program }: Walk, { node }: Spot): boolean {
  return !pausing && (node.effect === 'pure' || active.size < program.settings.parallelNodes);
}

/** A node is due. */
export function enter(walk: Walk, spot: Spot): void {
  const rec = walk.found.get(placeOf(spot.node.id, spot.frame.path));
  spot.inherited = incomingOf(spot).error;
  const before = anew(walk, spot);
  if (rec && walk.parts.restore(walk, spot, rec)) return;
  if (!hasPlace(walk, spot)) return void walk.backlog.push(spot);
  walk.runs += 1;
  if (walk.runs > MOST_RUNS) {
    walk.stopping ??= { status: 'failed', until: 0, fault: { type: 'limit-exceeded', class: 'limit', message: `An execution runs at most ${MOST_RUNS} nodes.`, retryable: false } };
    return;
  }
  if (before && !rec) recordOf(walk, spot, keptOf(spot.node, before));
  run(walk, spot);
} // prettier-ignore

/** What a node gives without being run: it is disabled, or a test says what it answers. */
function given(walk: Walk, { node }: Spot): { output: Json; status: 'skipped' | 'completed' } | undefined {
  const { disabled, pinnedOutput } = node.node.settings ?? {};
  if (disabled) return { output: null, status: 'skipped' };
  const mocked = walk.row.mocks?.[node.key];
  if (mocked !== undefined) return { output: mocked, status: 'completed' };
  return walk.row.isTest && pinnedOutput !== undefined ? { output: pinnedOutput, status: 'completed' } : undefined;
}

/** It fails before it has begun. */
function refuse(walk: Walk, spot: Spot, error: unknown): void {
  recordOf(walk, spot, { startedAt: new Date(), input: incomingOf(spot).input });
  failed(walk, spot, faultOf(error));
}

function run(walk: Walk, spot: Spot): void {
  const { node } = spot;
  const known = given(walk, spot);
  if (known) {
    const { input } = incomingOf(spot);
    recordOf(walk, spot, { input, startedAt: new Date() });
    return complete(walk, spot, new Map([['main', known.status === 'skipped' ? input : known.output]]), known.status);
  }
  try {
    if (node.fault) return refuse(walk, spot, node.fault);
    if (node.type.control === 'loop') return walk.parts.startLoop(walk, spot);
    if (node.type.control === 'merge') return walk.parts.merge(walk, spot, chosenBy(walk.parts.mergePolicyOf(spot), node.incoming.map((edge) => (edgeState(spot.frame, edge) === 'live' ? (spot.frame.spots.get(edge.source)?.order ?? 0) : undefined)))); // prettier-ignore
  } catch (error) {
    return refuse(walk, spot, error);
  }
  walk.begin(spot);
}

/** How the ports lie in a record: one with its name, several as an object. */
function leaving(ports: ReadonlyMap<string, Json>): Pick<Rec, 'many' | 'port' | 'output'> {
  const [first] = ports;
  if (ports.size > 1) return { many: true, port: null, output: Object.fromEntries(ports) };
  return { many: false, port: first?.[0] ?? null, output: first?.[1] ?? null };
}

/** Values as they leave a node, with secrets masked. Throws NodeError when they are too large. */
export function cleanPorts(ports: ReadonlyMap<string, Json>, tenantId: string): Map<string, Json> {
  const clean = new Map([...ports].map(([port, value]) => [port, scrubValue(value, tenantId)] as const));
  if ([...clean.values()].some((value) => isLargerThan(value, MOST_OUTPUT)))
    throw new NodeError('output-too-large', 'limit', 'A node hands on 25 MiB at most.');
  return clean;
}

/** It has ended well; its output leaves by these ports. Secrets are masked from here on, for everybody alike. */
export function complete(walk: Walk, spot: Spot, ports: ReadonlyMap<string, Json>, status: 'completed' | 'skipped' = 'completed'): void {
  if (spot.called) return spot.called.done(ports);
  let clean: Map<string, Json>;
  try {
    clean = cleanPorts(ports, walk.row.tenantId);
  } catch (error) {
    return failed(walk, spot, faultOf(error));
  }
  const endedAt = new Date();
  const durationMs = endedAt.getTime() - (spot.rec?.startedAt ?? endedAt).getTime();
  touch(walk, spot, { status, endedAt, durationMs, ...leaving(clean) });
  say(walk, status === 'skipped' ? 'node.skipped' : 'node.completed', spot, { recordId: spot.rec!.id, durationMs });
  settle(walk, spot, status, clean);
}

/** It has failed for good: its own setting decides, then the loop around it, then the failure mode of the workflow. */
export function failed(walk: Walk, spot: Spot, fault: NodeFault): void {
  if (spot.settled) return;
  const { node, frame } = spot;
  const error: NodeFault = {
    ...scrubValue(fault, walk.row.tenantId),
    nodeId: node.id,
    nodeKey: node.key,
    iteration: frame.path,
    attempt: spot.attempt,
  };
  spot.error = error;
  const ports = portsAfter(spot, error);
  const endedAt = new Date();
  const startedAt = spot.rec?.startedAt ?? endedAt;
  const [left] = ports;
  touch(walk, spot, { status: 'failed', error, endedAt, startedAt, durationMs: endedAt.getTime() - startedAt.getTime(), ...(left ? { port: left[0], output: left[1] } : {}) }); // prettier-ignore
  say(walk, 'node.failed', spot, { recordId: spot.rec!.id, error: asJson(error), durationMs: spot.rec!.durationMs! });
  settle(walk, spot, 'failed', ports);
  if (ports.size > 0) return;
  walk.out.told.push({ name: 'execution.node_failed', data: { nodeId: node.id, key: node.key, iteration: frame.path, error: asJson(error) } });
  unhandled(walk, frame, error);
}

function portsAfter(spot: Spot, error: NodeFault): ReadonlyMap<string, Json> {
  const { node } = spot;
  const { input } = incomingOf(spot);
  if (node.onError === 'continue') return new Map([['main', { error: asJson(error) }]]);
  return node.onError === 'branch' ? new Map([['error', { error: asJson(error), input }]]) : NOTHING;
}

/** Nobody took the error on. Within a loop it is its iteration's end; else the workflow decides (workflows.md 9.4). */
export function unhandled(walk: Walk, frame: Frame, fault: NodeFault): void {
  if (frame.loop) {
    frame.fault ??= fault;
    walk.queue.push(() => walk.parts.endIteration(walk, frame));
    return;
  }
  walk.failures.push(fault);
  if (walk.program.settings.failureMode === 'fail_fast') walk.stopping ??= { status: 'failed', fault, until: Date.now() + 1_000 };
}
