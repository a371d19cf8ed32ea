import type { Call, Gate } from '#kernel/gate.ts';
import type { Registry } from '#kernel/registry.ts';
import type { Feeds } from './stream.ts';

/** States from which a Change does not move by itself any more. */
const TERMINAL = new Set(['plan_failed', 'rejected', 'expired', 'cancelled', 'stale', 'succeeded', 'failed', 'partially_succeeded', 'rolled_back', 'rollback_failed']); // prettier-ignore

/** How a Change is read; every surface that follows one asks this operation, so it sees what the caller may see. */
export const CHANGE_GET = 'changes.get';

export interface ChangeView {
  id: string;
  number: string;
  state: string;
  operation: string;
  [field: string]: unknown;
}

export const isTerminal = ({ state }: ChangeView): boolean => TERMINAL.has(state);

interface Wanted {
  changeId: string;
  seconds: number;
  /** Aborted when the caller goes away. */
  signal?: AbortSignal;
}

/** Hints may be lost; this long after the last look we look again. */
const POLL_MS = 2_000;
/** A busy Change gives many hints; we look no more often than this. */
const PAUSE_MS = 200;

export interface Waiter {
  /** The Change once it is terminal, or as it is when the time is up; undefined when it cannot be read. */
  (call: Call, wanted: Wanted): Promise<ChangeView | undefined>;
}

export function createWaiter({ registry, gate, feeds }: { registry: Registry; gate: Gate; feeds: Feeds }): Waiter {
  return async (call, { changeId, seconds, signal }) => {
    const operation = registry.operations.get(CHANGE_GET);
    if (!operation) return undefined;
    const deadline = Date.now() + seconds * 1000;
    const look = { ...call, envelope: {} };
    const { tenantId } = await gate.actor(look);
    let hint = (): void => undefined;
    const stop = feeds.change(tenantId, changeId).subscribe(() => hint());
    try {
      for (;;) {
        const hinted = new Promise<void>((wake) => (hint = wake));
        const passed = await gate.pass(operation, { id: changeId }, look);
        const change = passed.status === 'done' ? (passed.output as ChangeView) : undefined;
        const left = deadline - Date.now();
        if (!change || isTerminal(change) || left <= 0 || signal?.aborted) return change;
        await Promise.race([hinted, sleep(Math.min(POLL_MS, left), signal)]);
        await sleep(Math.min(PAUSE_MS, Math.max(0, deadline - Date.now())), signal);
      }
    } finally {
      stop();
    }
  };
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish);
  });
