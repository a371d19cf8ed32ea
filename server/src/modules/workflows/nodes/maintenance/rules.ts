import { z } from 'zod';
import { Json } from '../../graph.ts';
import type { Done } from '../operation/fan-out.ts';
import { Standing } from '../operation/fan-out.ts';

/** What became of one target. */
export const Entry = z.object({
  index: z.int(),
  status: z.enum(['waiting', 'done', 'failed', 'unhealthy', 'rolled_back', 'rollback_failed']),
  changeId: z.string().nullable(),
  error: Json,
});
export type Entry = z.output<typeof Entry>;

/** Where a rollout stands; kept while it waits. */
export const Rollout = z.object({
  targets: z.array(Json),
  inputs: z.array(z.record(z.string(), Json)),
  batch: z.int(),
  phase: z.enum(['run', 'check', 'pause', 'undo', 'end']),
  standing: Standing,
  attempt: z.int(),
  report: z.array(Entry),
  /** Why it was stopped. */
  stopped: z.string().nullable(),
});
export type Rollout = z.output<typeof Rollout>;

export interface Sizes {
  canary: number;
  size: number;
}

/** Indexes of the targets of a batch: the canary goes first, alone. */
export function batchOf(total: number, at: number, { canary, size }: Sizes): number[] {
  const lead = Math.min(canary, total);
  const [from, length] = lead > 0 && at === 0 ? [0, lead] : [lead + (at - (lead > 0 ? 1 : 0)) * size, size];
  return Array.from({ length: Math.max(0, Math.min(length, total - from)) }, (_, offset) => from + offset);
}

export const failuresOf = ({ report }: Pick<Rollout, 'report'>): number =>
  report.filter(({ status }) => status !== 'done' && status !== 'waiting').length;

/** The report with what a batch came to; `members` are the targets by the index of their call. */
export const withResults = (report: readonly Entry[], members: readonly number[], done: readonly Done[]): Entry[] =>
  report.map((entry) => {
    const one = done.find(({ index }) => members[index] === entry.index);
    if (!one) return entry;
    return { ...entry, status: one.error ? 'failed' : 'done', changeId: one.changeId, error: (one.error as Json | undefined) ?? null };
  });

/** Changes that are undone, the newest first. */
export const undoable = (report: readonly Entry[], members: readonly number[]): Entry[] =>
  report
    .filter(({ index, status, changeId }) => members.includes(index) && changeId !== null && (status === 'done' || status === 'unhealthy'))
    .toReversed();

export const withUndone = (report: readonly Entry[], undone: readonly Entry[], done: readonly Done[]): Entry[] =>
  report.map((entry) => {
    const at = undone.findIndex(({ index }) => index === entry.index);
    const one = done.find(({ index }) => index === at);
    if (at < 0 || !one) return entry;
    return one.error ? { ...entry, status: 'rollback_failed', error: one.error as Json } : { ...entry, status: 'rolled_back' };
  });
