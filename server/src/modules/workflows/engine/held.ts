import type { Json } from '../graph.ts';
import type { AttemptDeps } from './attempts.ts';
import type { ExecutionRow } from './tables.ts';
import type { News } from './waits.ts';
import type { Moved, WriteDeps } from './write.ts';
import type { Walk } from './walk.ts';

/** What carrying an execution on needs of the process. */
export interface RunnerDeps extends WriteDeps, Omit<AttemptDeps, 'runOf' | 'outputOf'> {
  /** What was asked for since, and open waits that have come about. */
  news: (row: ExecutionRow) => Promise<News>;
  /** Told when there is something new to be read of it. */
  publish: (executionId: string, walk: Walk, moved: Moved) => void;
  /** Told that it ended, or what a Respond node said, once that is committed. */
  answered: (walk: Walk, moved: Moved) => void;
  /** Events of the platform that go with a state. */
  announce: (walk: Walk, name: string, more?: Record<string, Json>) => NonNullable<Moved['outbox']>[number];
}

/** One execution that this process holds. */
export interface Runner {
  walk: Walk;
  /** Settles when it has ended, waits, or is given up. */
  over: Promise<void>;
  /** Somebody asked for something, or something that it may wait for has come. */
  look: () => void;
  /** Ends the work at the next commit and lets another take it on. */
  release: (graceMs: number) => void;
  /** Another worker holds it: nothing more is done. */
  lose: () => void;
}
