import type { Json } from '../graph.ts';
import { NodeError, type Woken } from '../nodes/declare.ts';
import { newId } from '#kernel/ids.ts';

import { isUnagreed } from './agreement.ts';
import { attemptFailed, closeSpent, resumeAt } from './attempts.ts';
import { consider, say, settle, touch, unhandled } from './settle.ts';
import type { Ready } from './waits.ts';
import { NOTHING, placeOf, type Frame, type Rec, type Spot, type Walk } from './walk.ts';

const portsOf = ({ many, port, output = null }: Rec): ReadonlyMap<string, Json> => {
  if (many) return new Map(Object.entries(output as Record<string, Json>));
  return port == null ? NOTHING : new Map([[port, output]]);
};

/** It has an outcome: the same as the first time, forever. */
function settleFrom(walk: Walk, spot: Spot, rec: Rec): void {
  spot.error = rec.error;
  const ports = rec.status === 'cancelled' ? NOTHING : portsOf(rec);
  settle(walk, spot, rec.status, ports);
  if (rec.status === 'failed' && ports.size === 0) unhandled(walk, spot.frame, rec.error!);
}

function sleepAgain(walk: Walk, spot: Spot, rec: Rec): boolean {
  const waits = walk.waits.get(placeOf(rec.nodeId, rec.path)) ?? [];
  if (waits.length === 0) return false;
  spot.status = rec.status;
  spot.waits = waits.map(({ id, kind, dueAt, person }) => ({ id, kind, dueAt, person }));
  walk.sleeping.add(spot);
  return true;
}

/** An effect was begun, and nobody wrote down what came of it (workflows.md 10.4). */
function inDoubt(walk: Walk, spot: Spot): void {
  const { inDoubt: policy, key } = spot.node;
  const doubt = new NodeError('in-doubt', 'in_doubt', `"${key}" had begun when its process ended, and it is not known whether it took effect.`);
  if (policy === 'retry') return walk.begin(spot);
  if (policy === 'fail') return attemptFailed(walk, spot, doubt);
  touch(walk, spot, { status: 'in_doubt', error: { type: doubt.type, class: 'in_doubt', message: doubt.message, retryable: false } });
  const wait = { id: newId(), kind: 'in_doubt', person: true } as const;
  spot.status = 'in_doubt';
  spot.waits = [{ ...wait, dueAt: null }];
  walk.out.waits.push({ ...wait, nodeId: spot.node.id, key, path: spot.frame.path, title: `What became of "${spot.node.name}"?` });
  walk.sleeping.add(spot);
  say(walk, 'in_doubt', spot, { recordId: spot.rec!.id, waitId: wait.id });
  walk.out.told.push({ name: 'execution.in_doubt', data: { nodeId: spot.node.id, key } });
}

/** Goes on with what was recorded of a place; false where it has to be run. */
export function restore(walk: Walk, spot: Spot, rec: Rec): boolean {
  spot.attempt = rec.attempt;
  spot.round = rec.round;
  switch (rec.status) {
    case 'completed':
    case 'skipped':
    case 'failed':
    case 'cancelled':
      spot.rec = rec;
      settleFrom(walk, spot, rec);
      return true;
    case 'waiting':
    case 'paused':
    case 'in_doubt':
    case 'retrying':
      spot.rec = rec;
      return sleepAgain(walk, spot, rec);
    default:
      if (spot.node.type.control !== undefined || rec.effect !== 'effect' || spot.node.node.type === 'respond' || isUnagreed(walk, spot, rec))
        return false;
      spot.rec = rec;
      inDoubt(walk, spot);
      return true;
  }
}

/** Everything that sleeps at a place, in whichever loop. */
const sleeperAt = (walk: Walk, nodeId: string, path: string): Spot | undefined =>
  [...walk.sleeping].find((spot) => spot.node.id === nodeId && spot.frame.path === path);

/** A person has said what became of it. */
function decided(walk: Walk, spot: Spot, { decision, output }: { decision: string; output: Json }): void {
  if (decision === 'fail') {
    const fault = { type: 'in-doubt', class: 'in_doubt', message: 'Somebody decided that it did not take effect as it should.' } as const;
    return attemptFailed(walk, spot, new NodeError(fault.type, fault.class, fault.message));
  }
  if (decision === 'happened') return resumeAt(walk, spot, { output });
  touch(walk, spot, { status: 'failed', error: { type: 'in-doubt', class: 'in_doubt', message: 'It was run again.', retryable: true }, endedAt: new Date() });
  spot.attempt += 1;
  spot.round += 1;
  spot.rec = undefined;
  walk.begin(spot);
} // prettier-ignore

/** One of its waits has come about; the others are forgotten. */
function wakeSpot(walk: Walk, spot: Spot, kind: string, woken: Json): void {
  walk.sleeping.delete(spot);
  spot.spent = spot.waits.map(({ id }) => id);
  spot.waits = [];
  // A node that wakes may be torn from its work: until it has come to something its waits stand, and wake it again.
  if (kind === 'in_doubt' || kind === 'retry') closeSpent(walk, spot);
  if (kind === 'in_doubt') return decided(walk, spot, woken as { decision: string; output: Json });
  if (kind !== 'retry') return resumeAt(walk, spot, { woken: woken as unknown as Woken });
  spot.status = 'idle';
  walk.begin(spot);
}

/** The time of a Merge is up. */
function mergeIsLate(walk: Walk, frame: Frame, nodeId: string): void {
  const spot = frame.spots.get(nodeId);
  if (!spot || spot.settled) return;
  spot.late = true;
  walk.queue.push(() => consider(walk, spot));
}

/** Wakes what slept until this came about; a node that several things wake is woken by the first. */
export function wakeUp(walk: Walk, ready: readonly Ready[]): void {
  const woken = new Set<Spot>();
  for (const { wait, woken: by } of ready) {
    const spot = sleeperAt(walk, wait.nodeId, wait.path);
    if (wait.kind === 'merge') mergeIsLate(walk, walk.root, wait.nodeId);
    else if (spot && !woken.has(spot) && spot.waits.some(({ id }) => id === wait.id)) {
      woken.add(spot);
      walk.queue.push(() => wakeSpot(walk, spot, wait.kind, by));
    }
  }
}
