import { setTimeout as pause } from 'node:timers/promises';
import type { Live } from '#kernel/live.ts';
import { claim, keep, nudgedOf, nextDue, takeOne, type ClaimDeps, type Claimed } from './claim.ts';
import type { Runner } from './held.ts';
import type { ExecutionRow } from './tables.ts';

/** Heard by workers when there is something to claim, or somebody said something of what they hold. */
export const WORKFLOWS_TOPIC = 'workflows';

/** Milliseconds. */
const POLL = 1_000;
const BEAT = 10_000;
/** What nodes are given to end when the process does (workflows.md 10.7). */
const DRAIN = 20_000;

export interface WorkerDeps extends ClaimDeps {
  live: Live;
  onError: (error: Error) => void;
  /** Executions in this process at once. */
  room: number;
  /** Takes an execution up that was claimed: reads it, and begins. Undefined when it is gone. */
  open: (claimed: Claimed) => Promise<Runner | undefined>;
  /** It ended, waits, or was given up. */
  left: (runner: Runner) => Promise<void>;
}

const wf = ({ tenantId, workflowId }: Pick<ExecutionRow, 'tenantId' | 'workflowId'>): string => `${tenantId} ${workflowId}`;

/** Executions that this process carries on. Several share the work; what one leaves behind another takes up. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createWorker(deps: WorkerDeps) {
  const { databases, live, owner, onError, room } = deps;
  const runners = new Map<string, Runner>();
  const opening = new Set<string>();
  const running = new Map<string, number>();
  const backlogged = new Set<string>();
  let stopped = true;
  let woken = false;
  let wake = (): void => undefined;
  let unsubscribe = (): void => undefined;
  let loop: Promise<void> | undefined;
  let beat: NodeJS.Timeout | undefined;

  const count = (key: string, by: number): void => {
    const left = (running.get(key) ?? 0) + by;
    if (left > 0) running.set(key, left);
    else running.delete(key);
  };

  function hold(runner: Runner): void {
    const { row } = runner.walk;
    runners.set(row.id, runner);
    const keys = [row.tenantId, wf(row)];
    for (const key of keys) count(key, 1);
    void runner.over
      .then(() => {
        // Another may hold the same one by now.
        if (runners.get(row.id) === runner) runners.delete(row.id);
        for (const key of keys) count(key, -1);
        return deps.left(runner);
      })
      .catch(onError)
      .finally(() => {
        if (backlogged.size > 0 || row.concurrencyKey !== null) hint();
      });
  }

  /** In this process alone; the others look by themselves within a second. */
  function hint(): void {
    woken = true;
    wake();
  }

  const space = (): number => room - runners.size - opening.size;

  async function take(claimed: Claimed): Promise<void> {
    opening.add(claimed.id);
    try {
      const runner = await deps.open(claimed);
      if (!runner) return;
      hold(runner);
      if (stopped) runner.release(0);
    } finally {
      opening.delete(claimed.id);
    }
  }

  async function turn(): Promise<number> {
    for (const id of await nudgedOf(databases, owner)) runners.get(id)?.look();
    const free = space();
    if (free <= 0) return 0;
    const { claimed: got, left } = await claim(deps, free, () => [...runners.keys(), ...opening]);
    if (left) backlogged.clear();
    for (const tenantId of left ?? []) backlogged.add(tenantId);
    for (const one of got) void take(one).catch(onError);
    return got.length;
  }

  async function work(): Promise<void> {
    while (!stopped) {
      woken = false;
      const got = await turn().catch((error: Error) => (onError(error), 0));
      if (stopped) return;
      if ((got > 0 && space() > 0) || woken) {
        await pause(1);
        continue;
      }
      const due = await nextDue(databases).catch(() => undefined);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(5, Math.min(POLL, due === undefined || due < 0 ? POLL : due + 1)));
        wake = () => (clearTimeout(timer), resolve());
      });
    }
  }

  async function renew(): Promise<void> {
    const held = [...runners.keys()];
    if (held.length === 0) return;
    const mine = await keep(databases, owner, held);
    for (const id of held) if (!mine.has(id)) await confirm(id);
  }
  /** It may have ended while the leases were renewed. */
  async function confirm(id: string): Promise<void> {
    await pause(100);
    const runner = runners.get(id);
    if (runner && !(await keep(databases, owner, [id])).has(id)) runner.lose();
  }

  return {
    hold,
    hint,
    /** Claims one that was just accepted, ahead of the next look. */
    async takeUp(id: string, tenantId?: string): Promise<void> {
      const claimed = stopped || space() <= 0 ? undefined : await takeOne(databases, owner, id);
      if (claimed) return take(claimed);
      if (tenantId !== undefined) backlogged.add(tenantId);
      live.publish(WORKFLOWS_TOPIC);
    },
    /** Whether one more of it may begin here at once, ahead of nobody. */
    admits({ tenantId, workflowId, maxConcurrent }: Pick<ExecutionRow, 'tenantId' | 'workflowId' | 'maxConcurrent'>, limit: number): boolean {
      return !stopped && space() > 0 && !backlogged.has(tenantId) && (running.get(tenantId) ?? 0) < limit && (running.get(wf({ tenantId, workflowId })) ?? 0) < maxConcurrent;
    },
    look: (id: string): boolean => {
      runners.get(id)?.look();
      return runners.has(id);
    },
    held: (): number => runners.size,
    start() {
      stopped = false;
      unsubscribe = live.subscribe(WORKFLOWS_TOPIC, hint);
      beat = setInterval(() => void renew().catch(onError), BEAT);
      loop = work();
    },
    /** Takes no more, gives nodes their time, and lets go of the rest for others. Answers how many had to be broken off. */
    async stop(deadlineMs: number): Promise<number> {
      if (stopped) return 0;
      stopped = true;
      unsubscribe();
      wake();
      await loop;
      const grace = Math.min(DRAIN, Math.max(0, deadlineMs - 1_000));
      for (const runner of runners.values()) runner.release(grace);
      const idle = Promise.all([...runners.values()].map(({ over }) => over));
      await Promise.race([idle, pause(deadlineMs, undefined, { ref: false })]);
      clearInterval(beat);
      const left = runners.size;
      for (const runner of runners.values()) runner.lose();
      live.publish(WORKFLOWS_TOPIC);
      return left;
    },
  };
} // prettier-ignore
export type Worker = ReturnType<typeof createWorker>;
