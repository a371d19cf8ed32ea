import type { Json } from '../graph.ts';
import { NodeError } from '../nodes/declare.ts';
import { faultOf } from './faults.ts';
import { limitFault, mostAtOnce, outputOf, turnsOf, type LoopConfig } from './loop-rules.ts';
import { evaluate, inLoop, scopeOf, seedOf } from './scope.ts';
import { complete, consider, failed, incomingOf, recordOf, say, settle, touch } from './settle.ts';
import { frameOf, NOTHING, type Frame, type LoopRun, type Spot, type Walk } from './walk.ts';

/** Loops in loops (workflows.md 15). */
const MOST_DEEP = 5;

const depthOf = (frame: Frame): number => (frame.loop ? 1 + depthOf(frame.loop.spot.frame) : 0);

function configOf(walk: Walk, spot: Spot, input: Json, now: Date): LoopConfig {
  const { node, frame } = spot;
  if (depthOf(frame) >= MOST_DEEP) throw new NodeError('loop-limit', 'limit', `Loops are nested ${MOST_DEEP} deep at most.`);
  const { config } = node.config!.resolve(scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now, secrets: {} });
  const parsed = node.type.config.safeParse(config);
  if (!parsed.success) throw new NodeError('config-invalid', 'config', `The settings of "${node.key}" are not valid: ${parsed.error.issues[0]?.message ?? ''}`); // prettier-ignore
  return parsed.data;
}

/** A loop begins: its items are found, and its first iterations. Throws NodeError. */
export function startLoop(walk: Walk, spot: Spot): void {
  const { input } = incomingOf(spot);
  const now = new Date();
  recordOf(walk, spot, { input, startedAt: now });
  spot.status = 'running';
  say(walk, 'node.started', spot, { recordId: spot.rec!.id });
  const config = configOf(walk, spot, input, now);
  const value = (source: string | undefined, fallback: Json): Json =>
    source === undefined ? fallback : evaluate(walk, source, scopeOf(walk, spot, input), { seed: seedOf(walk, spot), now });
  const isCounted = config.type === 'for_each' || config.type === 'count';
  const accumulator = config.accumulator?.initial;
  const loop: LoopRun = {
    spot, config, input, turns: isCounted ? turnsOf(config, config.type === 'count' ? value(config.count, 0) : value(config.items, input)) : undefined,
    next: 0, running: new Map(), results: new Map(), failed: [], last: input, accumulator, broken: false, fault: undefined, pausing: false,
  }; // prettier-ignore
  spot.loop = loop;
  takeTurn(walk, loop);
}

/** Whether there is another iteration; while and do_while ask their condition. */
function hasMore(walk: Walk, loop: LoopRun): boolean {
  const { turns, next, config, last } = loop;
  if (loop.broken || loop.fault) return false;
  if (turns) return next < turns.length;
  if (config.type === 'do_while' && next === 0) return true;
  const goesOn = inLoop(walk, loop, config.condition ?? 'false', { item: last, index: next, result: last });
  if (typeof goesOn !== 'boolean') throw new NodeError('type-error', 'expression', 'The condition of a loop must be true or false.');
  if (goesOn && next >= config.maxIterations) throw limitFault(config.maxIterations);
  return goesOn;
}

/** Starts as many iterations as may run, and ends the loop when none is left. */
export function takeTurn(walk: Walk, loop: LoopRun): void {
  if (loop.spot.settled || walk.stopping || loop.pausing) return;
  try {
    while (loop.running.size < mostAtOnce(loop.config) && hasMore(walk, loop)) {
      const item = loop.turns ? loop.turns[loop.next]! : loop.last;
      if (loop.config.skipWhen !== undefined && inLoop(walk, loop, loop.config.skipWhen, { item, index: loop.next }) === true) {
        loop.next += 1;
        continue;
      }
      begin(walk, loop, item);
    }
  } catch (error) {
    loop.fault ??= faultOf(error);
  }
  if (loop.running.size === 0) finish(walk, loop);
}

function begin(walk: Walk, loop: LoopRun, item: Json): void {
  const index = loop.next;
  loop.next += 1;
  const frame = frameOf(walk.program, loop, index, item);
  loop.running.set(index, frame);
  const { node } = loop.spot;
  for (const { sourcePort, target } of node.outgoing) {
    const first = sourcePort === 'body' ? frame.spots.get(target) : undefined;
    if (first) walk.queue.push(() => consider(walk, first));
    else if (sourcePort === 'body' && target === node.id) frame.returned = item;
  }
  if (frame.open === 0) walk.queue.push(() => endIteration(walk, frame));
}

/** An iteration has come to its end: by itself, or because something in it failed and nobody took that on. */
export function endIteration(walk: Walk, frame: Frame): void {
  const { loop, index, item, fault } = frame;
  if (!loop?.running.has(index)) return;
  if (fault) closeFrame(walk, frame, 'Another part of the same iteration failed.');
  frame.closed = true;
  loop.running.delete(index);
  if (loop.spot.settled) return;
  try {
    if (fault) itemFailed(loop, frame);
    else itemDone(walk, loop, { item, index, result: frame.returned });
  } catch (error) {
    loop.fault ??= faultOf(error);
  }
  goOn(walk, loop);
}

function goOn(walk: Walk, loop: LoopRun): void {
  if (loop.fault) {
    for (const other of loop.running.values()) closeFrame(walk, other, 'The loop failed.');
    loop.running.clear();
  }
  const { delayMs } = loop.config;
  const isLast = loop.broken || loop.fault !== undefined || loop.turns?.length === loop.next;
  if (delayMs > 0 && !isLast) pause(walk, loop, delayMs);
  else takeTurn(walk, loop);
}

function itemFailed(loop: LoopRun, { index, item, fault }: Frame): void {
  const { onItemError } = loop.config;
  if (onItemError === 'stop') loop.fault ??= fault;
  else if (onItemError === 'collect') loop.failed.push({ index, item, error: fault! });
}

function itemDone(walk: Walk, loop: LoopRun, about: { item: Json; index: number; result: Json }): void {
  const { config } = loop;
  loop.last = about.result;
  if (config.accumulator) loop.accumulator = inLoop(walk, loop, config.accumulator.next, about);
  const kept = ['all', 'last', 'none'].includes(config.collect) ? about.result : inLoop(walk, loop, config.collect, about);
  if (config.collect === 'last') loop.results.clear();
  if (config.collect !== 'none') loop.results.set(about.index, kept);
  if (config.breakWhen === undefined || inLoop(walk, loop, config.breakWhen, about) !== true) return;
  loop.broken = true;
  // Which iteration broke it hangs on the time when several run at once; it is written before the graph goes on.
  touch(walk, loop.spot, { state: { brokenBy: about.index } });
}

/** Between iterations; shorter than what a worker would be given back for, or made up of such. */
function pause(walk: Walk, loop: LoopRun, ms: number): void {
  loop.pausing = true;
  walk.active.add(loop.spot);
  loop.spot.timer = setTimeout(() => {
    loop.pausing = false;
    walk.active.delete(loop.spot);
    walk.queue.push(() => takeTurn(walk, loop));
    walk.wake();
  }, ms);
}

function finish(walk: Walk, loop: LoopRun): void {
  const { spot, config } = loop;
  if (loop.fault) return failed(walk, spot, loop.fault);
  const { results, failed: lost, broken, accumulator } = loop;
  const count = results.size + lost.length;
  const output = outputOf(config, { results, failed: lost, count: config.collect === 'all' ? count : loop.next, broken, accumulator });
  complete(walk, spot, new Map([['done', output]]));
}

/** Everything in an iteration that is under way is broken off, and what has not begun never does. */
function closeFrame(walk: Walk, frame: Frame, why: string): void {
  frame.closed = true;
  for (const spot of frame.spots.values()) if (!spot.settled) cancelSpot(walk, spot, why);
}

/** Breaks one node off, whatever it is doing. */
export function cancelSpot(walk: Walk, spot: Spot, why: string): void {
  clearTimeout(spot.timer);
  walk.active.delete(spot);
  walk.sleeping.delete(spot);
  for (const inner of spot.loop?.running.values() ?? []) closeFrame(walk, inner, why);
  spot.abort?.abort(new NodeError('cancelled', 'cancelled', why));
  walk.out.closed.push(...spot.waits.map(({ id }) => id));
  if (spot.rec) {
    touch(walk, spot, { status: 'cancelled', endedAt: new Date() });
    say(walk, 'node.failed', spot, { recordId: spot.rec.id, cancelled: true });
  }
  settle(walk, spot, 'cancelled', NOTHING);
}
