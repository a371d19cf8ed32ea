import { compose, invert, isNothing, patchOf, type Doc, type Patch } from './doc.ts';
import { replay, type Conflict, type Settle } from './merge.ts';

/** One step back or forth. Steps with the same `join` that follow closely are one: typing in a field, dragging. */
export interface Step {
  readonly label: string;
  readonly patch: Patch;
  readonly join: string | null;
  /** Milliseconds. */
  readonly at: number;
}
export interface Past {
  readonly doc: Doc;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}
export const MOST_STEPS = 200;
const JOIN_MS = 1_500;

export const begin = (doc: Doc): Past => ({ doc, done: [], undone: [] });

/** The graph as it is from now on, as one more step. */
export function record(past: Past, doc: Doc, { label, join = null, at }: { label: string; join?: string | null; at: number }): Past {
  const patch = patchOf(past.doc, doc);
  if (isNothing(patch)) return past;
  const last = past.done.at(-1);
  const joins = last !== undefined && join !== null && last.join === join && at - last.at < JOIN_MS;
  if (!joins) return { doc, done: [...past.done, { label, patch, join, at }].slice(-MOST_STEPS), undone: [] };
  const joined = compose(last.patch, patch);
  const before = past.done.slice(0, -1);
  return { doc, done: isNothing(joined) ? before : [...before, { ...last, patch: joined, at }], undone: [] };
}

export interface Travelled {
  past: Past;
  step: Step | null;
  /** What somebody else changed since at the same place: ask before taking this way. */
  conflicts: Conflict[];
}
const stay = (past: Past): Travelled => ({ past, step: null, conflicts: [] });

/** Typing after a step back is a step of its own. */
const closed = (step: Step): Step => ({ ...step, join: null });

export function undo(past: Past, settle?: Settle): Travelled {
  const step = past.done.at(-1);
  if (!step) return stay(past);
  const { doc, conflicts } = replay(past.doc, invert(step.patch), settle);
  return { past: { doc, done: past.done.slice(0, -1), undone: [...past.undone, closed(step)] }, step, conflicts };
}
export function redo(past: Past, settle?: Settle): Travelled {
  const step = past.undone.at(-1);
  if (!step) return stay(past);
  const { doc, conflicts } = replay(past.doc, step.patch, settle);
  return { past: { doc, done: [...past.done, closed(step)], undone: past.undone.slice(0, -1) }, step, conflicts };
}
/** What others did is no step of ours. */
export const taken = (past: Past, doc: Doc): Past => ({ ...past, doc });
