import type { ExecutionAction } from './schemas.ts';

/** States of an execution (workflows.md 9.1); which follows which is decided by the database. */
export const EXECUTION_STATES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'completed',
  'partial_success',
  'failed',
  'timed_out',
  'cancelled',
] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];

export const NODE_STATES = [
  'pending', 'running', 'retrying', 'waiting', 'paused', 'completed', 'failed', 'skipped', 'cancelled', 'in_doubt',
] as const; // prettier-ignore
export type NodeState = (typeof NODE_STATES)[number];

const ENDED: ReadonlySet<ExecutionState> = new Set(['completed', 'partial_success', 'failed', 'timed_out', 'cancelled']);
export const hasEnded = (status: ExecutionState): boolean => ENDED.has(status);

export type RollbackState = 'none' | 'pending' | 'running' | 'done' | 'partial';

interface Facts {
  status: ExecutionState;
  /** A test run or a dry run changes nothing outside that could be undone, and what it ran may be gone. */
  test: boolean;
  dryRun: boolean;
  rollback: RollbackState;
  /** Changes of it that succeeded, and effects that nodes undo. */
  changes: number;
  /** Payloads were erased: nothing is left to go on from. */
  erased: boolean;
}

const ENDED_TEXT = 'it has ended';

/** Why an act makes no sense now, or null when it does; rights are another matter. */
const HINDRANCES: Record<ExecutionAction, (facts: Facts) => string | null> = {
  cancel: ({ status }) => (hasEnded(status) ? ENDED_TEXT : null),
  pause: ({ status }) => (hasEnded(status) ? ENDED_TEXT : status === 'paused' ? 'it is paused' : null),
  resume: ({ status }) => (hasEnded(status) ? ENDED_TEXT : status === 'paused' ? null : 'it is not paused'),
  retry: ({ status, erased, dryRun }) => {
    if (!hasEnded(status)) return 'it has not ended';
    if (dryRun) return 'it was a dry run; run it again instead';
    return erased ? 'its payloads were erased' : null;
  },
  migrate: ({ status, test }) => {
    if (test) return 'it runs the draft';
    return status === 'waiting' || status === 'paused' ? null : 'only an execution that waits can be moved to another version';
  },
  rollback: ({ status, rollback, changes }) => {
    if (!hasEnded(status)) return 'it has not ended';
    if (rollback !== 'none') return rollback === 'done' || rollback === 'partial' ? 'it was rolled back' : 'its rollback has begun';
    return changes === 0 ? 'it did nothing that could be undone' : null;
  },
};

export const hindranceTo = (act: ExecutionAction, facts: Facts): string | null => HINDRANCES[act](facts);
