import { newId, sha256 } from '#kernel/ids.ts';
import type { Wait } from '../nodes/declare.ts';
import { cancelSpot } from './loops.ts';
import { incomingOf, recordOf, say } from './settle.ts';
import type { Turn, Turns } from './turns.ts';
import { MOST_TIMER, type NewWait, type Spot, type Walk } from './walk.ts';

/** A pause that is not worth giving the execution back for. */
export function inMemory(walk: Walk, spot: Spot, ms: number, then: () => void): void {
  walk.active.add(spot);
  spot.timer = setTimeout(
    () => {
      walk.active.delete(spot);
      if (walk.over || spot.settled || walk.stopping) return walk.wake();
      walk.queue.push(then);
      walk.wake();
    },
    Math.max(0, Math.min(ms, MOST_TIMER)),
  );
}

type Laid = Omit<NewWait, 'id' | 'nodeId' | 'key' | 'path'>;

/** Rows that wake it; no worker is held meanwhile. */
export function lay(walk: Walk, spot: Spot, waits: readonly Laid[]): void {
  const { node, frame } = spot;
  const rows = waits.map((wait): NewWait => ({ ...wait, id: newId(), nodeId: node.id, key: node.key, path: frame.path }));
  spot.waits = rows.map(({ id, kind, dueAt, person }) => ({ id, kind, dueAt: dueAt ?? null, person: person ?? false }));
  walk.out.waits.push(...rows);
  walk.sleeping.add(spot);
}

export function laidOf(wait: Wait, paused: boolean): Laid {
  switch (wait.kind) {
    case 'timer':
      return { kind: 'timer', dueAt: wait.at };
    case 'event':
      return { kind: 'event', eventTypes: wait.types, since: wait.since, ...(wait.matchKey === undefined ? {} : { matchKey: wait.matchKey }) };
    case 'change':
      return { kind: 'change', changeId: wait.changeId, person: paused, ...(wait.form === undefined ? {} : { form: wait.form }) };
    case 'child':
      return { kind: 'child', childIds: wait.executionIds };
    default: {
      const { token, form, assignees, title } = wait;
      return {
        kind: 'input', person: paused || wait.paused === true, ...(token === undefined ? {} : { tokenHash: sha256(token) }), ...(form === undefined ? {} : { form }),
        ...(assignees ? { assignees } : {}), ...(title === undefined ? {} : { title }),
      }; // prettier-ignore
    }
  }
}

/** Milliseconds for which a turn is waited for in mind. */
const IN_MIND = 2_000;

interface Then {
  go: (turn: Turn) => void;
  failed: (error: unknown) => void;
}

/** Waits for a turn at secrets. Until then nothing is begun: its time does not run, and a crash leaves nothing in doubt. */
export function lineUp(walk: Walk, turns: Turns, spot: Spot, secrets: readonly string[], { go, failed }: Then): void {
  walk.active.add(spot);
  const arrive = (then: () => void): void => {
    walk.active.delete(spot);
    walk.queue.push(then);
    walk.wake();
  };
  const taken = (turn: Turn | undefined): void => {
    if (!walk.over && !spot.settled && !walk.stopping) return arrive(() => (turn ? go(turn) : lookAgain(walk, spot)));
    void turn?.giveBack();
    if (!walk.over) arrive(() => cancelSpot(walk, spot, walk.stopping?.fault.message ?? ''));
  };
  void turns.turn(walk, spot, secrets).then(taken, (error: unknown) => arrive(() => failed(error)));
}

/** Others use what it needs: it waits, at first in mind, and then without holding a worker. */
function lookAgain(walk: Walk, spot: Spot): void {
  const { lined = 0 } = spot;
  const delayMs = Math.min(1_000, 50 + lined);
  if (spot.status !== 'waiting') {
    recordOf(walk, spot, { status: 'waiting', input: incomingOf(spot).input });
    say(walk, 'node.waiting', spot, { recordId: spot.rec!.id, waits: [] });
    walk.saveSoon();
  }
  Object.assign(spot, { status: 'waiting', lined: lined + delayMs });
  if (lined >= IN_MIND) return lay(walk, spot, [{ kind: 'retry', dueAt: new Date(Date.now() + delayMs) }]);
  inMemory(walk, spot, delayMs, () => walk.begin(spot));
}
