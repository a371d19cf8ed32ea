import { setTimeout as pause } from 'node:timers/promises';
import { and, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { providerOf } from '#kernel/port.ts';
import { Problem } from '#kernel/problem.ts';
import { scrub } from '#kernel/taint.ts';
import type { Work } from '#kernel/work.ts';
import { createTurns, type Judge } from '../stages/turns.ts';
import { appendLog } from '../store.ts';
import { changes, changeSteps, type StepStatus } from '../tables.ts';
import type { Lease } from './lease.ts';

/** Someone asked to cancel; the runner undoes and ends the Change. */
export class Cancelled extends Error {}

/** Called at each point where a crash could tear a step apart; tests kill the process there. */
export const crashPoint = { at: (_name: string): void => undefined };

interface Options {
  /** False while undoing: what has begun to be undone is undone to the end. */
  cancellable: boolean;
  /** Put before step keys, so that undoing has records of its own. */
  prefix?: string;
  /** Asked before each stage but the first; what is undone has none. */
  judge?: Judge;
}

/** The title is for people and shown. The result is for the job alone, which goes on from it: a mask in it would be acted on. */
async function setStep(lease: Lease, key: string, named: string, status: StepStatus, result?: unknown): Promise<void> {
  const { id: changeId, tenantId } = lease.change;
  const title = scrub(named, tenantId);
  await lease.tx(async ({ db, now }) => {
    const endedAt = status === 'running' ? null : now();
    await db
      .insert(changeSteps)
      .values({ tenantId, id: newId(), changeId, key, title, status, result: result ?? null, startedAt: now(), endedAt })
      .onConflictDoUpdate({
        target: [changeSteps.tenantId, changeSteps.changeId, changeSteps.key],
        set: { status, result: result ?? null, endedAt },
      });
    await appendLog(db, tenantId, changeId, 'step', { key, title, status });
  });
}

const findStep = (lease: Lease, changeId: string, key: string) =>
  lease.tx(async ({ db }) => {
    const [row] = await db.select().from(changeSteps).where(and(eq(changeSteps.tenantId, lease.change.tenantId), eq(changeSteps.changeId, changeId), eq(changeSteps.key, key))); // prettier-ignore
    return row;
  });

/** What a job handler gets in hand: recorded steps, short transactions, progress, and the wish to stop. */
// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createWork(lease: Lease, { cancellable, prefix = '', judge }: Options): Work {
  const { change, signal, deps } = lease;

  const checkpoint = async (): Promise<void> => {
    if (signal.aborted) throw signal.reason;
    await lease.tx(async (ctx, row) => {
      if (row.deadlineAt && row.deadlineAt <= ctx.now())
        throw new Problem('deadline-exceeded', `CHG-${row.number} did not end by ${row.deadlineAt.toISOString()}.`);
      if (cancellable && row.cancelRequestedBy) throw new Cancelled(`cancelled by ${row.cancelRequestedBy.name}`);
    });
  };

  const self: Work = {
    actor: change.requester,
    tenantId: change.tenantId,
    changeId: change.id,
    plan: change.plan,
    now: deps.now,
    provider: providerOf(deps.adapters),
    signal,
    checkpoint,
    tx: (work) => lease.tx((ctx) => work(ctx)),
    async step(key, title, act, find) {
      const name = prefix + key;
      const recorded = await findStep(lease, change.id, name);
      if (recorded?.status === 'done') return recorded.result as never;
      if (!recorded) await checkpoint();
      crashPoint.at(`${name}:before-intent`);
      await setStep(lease, name, title, 'running');
      crashPoint.at(`${name}:after-intent`);
      try {
        // It had begun and its end is not known: look before doing it again.
        const found = recorded && find ? await find() : undefined;
        const result = found ?? (await act());
        crashPoint.at(`${name}:after-effect`);
        await setStep(lease, name, title, 'done', result);
        crashPoint.at(`${name}:after-record`);
        return result;
      } catch (error) {
        if (error instanceof Problem && error.slug !== 'dependency-unavailable') await setStep(lease, name, title, 'failed');
        throw error;
      }
    },
    async until(title, poll, { everyMs = 250, timeoutSeconds = 600 } = {}) {
      const end = Date.now() + timeoutSeconds * 1000;
      for (let wait = everyMs; ; wait = Math.min(wait * 1.5, 5_000)) {
        const found = await poll();
        if (found !== undefined) return found;
        if (Date.now() > end) throw new Problem('deadline-exceeded', `${title}: not reached within ${timeoutSeconds} s.`);
        await checkpoint();
        await pause(wait, undefined, { signal }).catch(() => {
          throw signal.reason;
        });
      }
    },
    progress: (percent, message) =>
      lease.tx(async ({ db }) => {
        const progress = Math.max(0, Math.min(100, Math.round(percent)));
        await db
          .update(changes)
          .set({ progress, ...(message === undefined ? {} : { message: scrub(message, change.tenantId) }) })
          .where(and(eq(changes.tenantId, change.tenantId), eq(changes.id, change.id)));
        await appendLog(db, change.tenantId, change.id, 'progress', { progress, ...(message === undefined ? {} : { message }) });
      }),
    log: (message, level = 'info') => lease.tx(({ db }) => appendLog(db, change.tenantId, change.id, 'log', { level, message })),
    recorded: async <T>(key: string) => (await findStep(lease, change.id, key))?.result as T | undefined,
    each: (targets, turn) => {
      if (!judge) throw new Error('what is undone is undone at once, not in stages');
      return createTurns(lease, { work: self, judge }, turn)(targets);
    },
  };
  return self;
}
