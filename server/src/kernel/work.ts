import type { Actor, ReadContext } from './context.ts';
import type { Database } from './database.ts';
import type { FullPlan } from './plan.ts';
import type { Port } from './port.ts';

/** What a durable job may touch. No transaction is open while it talks to the outside. */
export interface Work {
  actor: Actor;
  tenantId: string;
  changeId: string;
  /** The plan that was agreed on. */
  plan: FullPlan;
  now: () => Date;
  provider: <T>(port: Port<T>) => T;
  /** Aborted when the Change is cancelled, its deadline passes or the lease is lost. */
  signal: AbortSignal;
  /**
   * Runs `act` once and records its result. After a crash a completed step returns the record. A step that had begun but not
   * ended is looked up with `find` first (by mark); only when `find` answers undefined is it done again.
   * Results must be JSON. `key` is unique within the Change.
   */
  step: <T>(key: string, title: string, act: () => Promise<T>, find?: () => Promise<T | undefined>) => Promise<T>;
  /** Result of a step that was completed; in `rollback`, of the Change that is being undone. */
  recorded: <T>(key: string) => Promise<T | undefined>;
  /** Waits until `poll` answers something, with growing pauses; durable in that a restart simply polls on. */
  until: <T>(title: string, poll: () => Promise<T | undefined>, options?: { everyMs?: number; timeoutSeconds?: number }) => Promise<T>;
  /** A short transaction under row-level security, fenced: it fails if another worker has taken the job over. */
  tx: <T>(work: (ctx: WorkContext) => Promise<T>) => Promise<T>;
  /** 0-100; shown live on the Change. */
  progress: (percent: number, message?: string) => Promise<void>;
  log: (message: string, level?: 'info' | 'warn' | 'error') => Promise<void>;
  /**
   * Acts on each target in turn, in the stages that rules demand: those that go first, a pause, a look at each of them, then the others.
   * When one of the first fails or is not well the Change is held until somebody lets it go on or gives it up. Only for operations that
   * are declared with `inStages`.
   */
  each: (targets: readonly TurnTarget[], turn: Turn) => Promise<TargetResult[]>;
  /** Ends the job as cancelled if someone asked for it; call between targets. `step` does so by itself. */
  checkpoint: () => Promise<void>;
}

/** What is done to one target, with steps and records of its own. */
export interface Turn {
  act: (work: Work, target: TurnTarget) => Promise<unknown>;
  /** After the pause: what is wrong with it, or null when it is well. */
  check: (work: Work, target: TurnTarget) => Promise<string | null>;
}
export interface TurnTarget {
  id: string;
  name: string;
}
export interface TargetResult {
  id: string;
  name: string;
  status: 'done' | 'failed';
  /** What went wrong, as a problem's slug and words. */
  code: string | null;
  text: string | null;
}

export interface WorkContext extends Omit<ReadContext, 'reach' | 'call'> {
  db: Database;
  /** Null in work by the clock and on events. */
  changeId: string | null;
  emit: (event: `${string}.${string}`, payload: Record<string, unknown>) => void;
}
