import { createHash } from 'node:crypto';
import { createBundle, type Bundle, type Trial } from './bundle.ts';

/** Where a person stands among a hundred for one set: the same at every call and in every process, and another for each set. */
export const percentileOf = (setName: string, userId: string): number =>
  createHash('sha256').update(`${setName} ${userId}`).digest().readUInt32BE(0) % 100;

const isOpen = ({ until }: Trial, at: Date): boolean => until === null || until > at;

/** Versions that are only looked at, now. */
export const shadows = ({ trials }: Bundle, at: Date): Trial[] => trials.filter((trial) => trial.kind === 'shadow' && isOpen(trial, at));

const switched = new WeakMap<Bundle, Map<string, Bundle>>();

/** What is in force for this person: versions that are on trial for a percentage hold for those whose turn it is. */
export function inForce(bundle: Bundle, userId: string, at: Date): Bundle {
  const mine = bundle.trials.filter((one) => one.kind === 'percentage' && isOpen(one, at) && percentileOf(one.set.name, userId) < one.percent);
  if (mine.length === 0) return bundle;
  const key = mine.map(({ set }) => set.name).join(' ');
  let known = switched.get(bundle);
  if (!known) switched.set(bundle, (known = new Map()));
  let found = known.get(key);
  if (!found) {
    const sets = [...bundle.sets.filter(({ name }) => !mine.some(({ set }) => set.name === name)), ...mine.map(({ set }) => set)];
    known.set(key, (found = createBundle({ ...bundle, sets })));
  }
  return found;
}
