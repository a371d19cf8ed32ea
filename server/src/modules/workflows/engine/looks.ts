import type { Wait } from '../nodes/declare.ts';
import type { Frame, Walk } from './walk.ts';

/** Waits of a node's own, as opposed to ours. */
export const isShort = (waits: readonly Wait[], now: number): boolean =>
  waits.every((wait) => wait.kind === 'timer' && wait.at.getTime() - now < 5_000);

/** Nothing runs, and nothing more can be started now: only what waits is left. */
export const isIdle = ({ active, backlog, pausing }: Walk, isReleasing: boolean): boolean =>
  active.size === 0 && (isReleasing || pausing || backlog.length === 0);

/** There is something to write, if only to be shown. */
export const isDirty = ({ out: { records, waits, closed, commits, children, events } }: Walk): boolean =>
  records.size + waits.length + closed.length + commits.length + children.length + events.length > 0;

/** It has said something to whoever waits, and has not written it yet. */
export const owesAnswer = ({ response, responded }: Walk): boolean => response !== responded;

/** There is something to write that others wait for, or that must not be lost. */
export const isPressing = (walk: Walk): boolean => {
  const { records, waits, commits, children, told } = walk.out;
  return (
    waits.length + commits.length + children.length + told.length > 0 || owesAnswer(walk) || [...records].some(({ effect }) => effect !== 'pure')
  );
};

/** How an execution of which only what waits is left is given back: until when at the latest, and whether something may have come about meanwhile. */
export function sleepOf({ sleeping, pausing, root, row }: Walk): { status: 'paused' | 'waiting'; due: Date; isUnsure: boolean } {
  const waits = [...sleeping].flatMap(({ waits: open }) => open);
  const merges = [...root.spots.values()].flatMap(({ settled, waits: open }) => (settled ? [] : open.filter(({ kind }) => kind === 'merge')));
  const dues = pausing ? [] : [...waits, ...merges].flatMap(({ dueAt }) => (dueAt ? [dueAt.getTime()] : []));
  return {
    status: pausing || waits.some(({ person }) => person) ? 'paused' : 'waiting',
    due: new Date(Math.min(row.expiresAt.getTime(), ...dues)),
    isUnsure: !pausing && waits.some(({ kind }) => kind === 'change' || kind === 'child' || kind === 'event'),
  };
}

/** Tells all that runs in it to stop; nothing is written of that. */
export function breakOff({ spots }: Frame, reason: Error): void {
  for (const { timer, abort, loop } of spots.values()) {
    clearTimeout(timer);
    abort?.abort(reason);
    for (const inner of loop?.running.values() ?? []) breakOff(inner, reason);
  }
}
