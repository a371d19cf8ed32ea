import type { Database } from '#kernel/database.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { forTarget } from '#kernel/staged.ts';
import { scrub } from '#kernel/taint.ts';
import type { TargetResult, Turn, TurnTarget, Work, WorkContext } from '#kernel/work.ts';
import { Machinery } from '../providers/port.ts';
import type { Lease } from '../runner/lease.ts';
import { appendLog, transition } from '../store.ts';
import { changes, type ChangeRow } from '../tables.ts';
import { heldBecause, mustWatch, progressOf, resultsOf, stagesOf, type Stage, type StagedTarget } from './rules.ts';

/** Nothing is left for this worker to do now: a job for later has been made, or a person is waited for. */
export class SetAside extends Error {}

/** Why the next targets must not be acted on now. */
export interface Refusal {
  code: string;
  text: string;
  /** Leaves the trace of it, in the transaction that holds the Change. */
  witness: (ctx: WorkContext, row: ChangeRow) => Promise<void>;
}
/** Asks permission, Scope and rules about targets that come next; undefined when they let them. */
export type Judge = (targets: readonly TurnTarget[]) => Promise<Refusal | undefined>;

const saved = (db: Database, { tenantId, id }: ChangeRow, patch: Partial<ChangeRow>) =>
  db.update(changes).set(patch).where(and(eq(changes.tenantId, tenantId), eq(changes.id, id))); // prettier-ignore

/** The stages as they are; made when the work begins, from what rules say then. */
const readStages = (lease: Lease, targets: readonly TurnTarget[]): Promise<{ stages: Stage[]; pauseSeconds: number }> =>
  lease.tx(async ({ db }, row) => {
    const stages = row.stages ?? stagesOf(targets, row.canary);
    if (!row.stages) await saved(db, row, { stages });
    return { stages, pauseSeconds: row.canary?.pauseSeconds ?? 0 };
  });

/** Everything that is known of the stages, with a word in the live log. */
const note = (lease: Lease, stages: Stage[], target?: StagedTarget): Promise<void> =>
  lease.tx(async ({ db }, row) => {
    const progress = progressOf(stages);
    await saved(db, row, { stages, progress });
    await appendLog(db, row.tenantId, row.id, 'progress', { progress });
    if (!target) return;
    const { id, name, status, text } = target;
    await appendLog(db, row.tenantId, row.id, 'step', { key: id, title: name, status });
    if (status === 'failed') await appendLog(db, row.tenantId, row.id, 'log', { level: 'warn', message: `${name}: ${text}` });
  });

/** What ends the Change as a whole rather than one target: a crash, the wish to cancel, the deadline, an outside system that is down. */
const concernsAll = (error: unknown): boolean =>
  !(error instanceof Problem) || ['dependency-unavailable', 'deadline-exceeded', 'internal'].includes(error.slug);

/** What is wrong, in words; undefined when nothing is. */
async function wrongOf(look: () => Promise<unknown>): Promise<{ code: string; text: string } | undefined> {
  try {
    const said = await look();
    return typeof said === 'string' ? { code: 'not-healthy', text: said } : undefined;
  } catch (error) {
    if (concernsAll(error)) throw error;
    const { slug, message } = error as Problem;
    return { code: slug, text: message };
  }
}

/** Of many targets some failed; when all did, the first one's fault is the Change's. */
export function lackingIn(stages: readonly Stage[]): Problem | undefined {
  const results = resultsOf(stages);
  const failed = results.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return undefined;
  const names = failed.slice(0, 3).map(({ name, text }) => `${name}: ${text}`);
  return new Problem('some-targets-failed', `${failed.length} of ${results.length} failed. ${names.join(' ')}`, {
    failed: failed.map(({ id }) => id),
  });
}

// oxlint-disable-next-line max-lines-per-function -- a factory: the functions inside are short and share one closure
export function createTurns(lease: Lease, { work, judge }: { work: Work; judge: Judge }, turn: Turn) {
  const { tenantId, id: changeId } = lease.change;

  const workFor = (stages: readonly Stage[], target: StagedTarget): Work => ({
    ...forTarget(work, target.id),
    progress: (percent, message) => work.progress(progressOf(stages, percent / 100), message),
  });

  async function act(stages: Stage[], stage: Stage): Promise<void> {
    for (const target of stage.targets) {
      if (target.status !== 'waiting') continue;
      await work.checkpoint();
      const wrong = await wrongOf(async () => void (await turn.act(workFor(stages, target), target)));
      Object.assign(target, wrong ? { status: 'failed', code: wrong.code, text: scrub(wrong.text, tenantId) } : { status: 'done' });
      await note(lease, stages, target);
      if (heldBecause(stage)) return;
    }
  }

  async function look(stages: Stage[], stage: Stage): Promise<void> {
    for (const target of stage.targets) {
      if (target.status !== 'done') continue;
      const wrong = await wrongOf(() => turn.check(workFor(stages, target), target));
      if (wrong) Object.assign(target, { status: 'unwell', code: wrong.code, text: scrub(wrong.text, tenantId) });
    }
  }

  /** Their pause holds no worker: another job comes when it is over. The time it takes is not the job's. */
  async function watch(stages: Stage[], stage: Stage, pauseSeconds: number): Promise<void> {
    await lease.tx(async ({ db, now }, row) => {
      if (row.cancelRequestedBy) return;
      const until = new Date(stage.watchUntil ?? now().getTime() + pauseSeconds * 1_000);
      if (stage.watchUntil === null) {
        const deadlineAt = row.deadlineAt && new Date(row.deadlineAt.getTime() + pauseSeconds * 1_000);
        Object.assign(stage, { status: 'watching', watchUntil: until.toISOString() });
        await saved(db, row, { stages, deadlineAt });
        await appendLog(db, tenantId, changeId, 'log', { level: 'info', message: `The first ${stage.targets.length} are watched until ${until.toISOString()}` }); // prettier-ignore
      }
      await work.provider(Machinery).jobs.enqueue(db, 'change', { tenantId, changeId }, { startAfter: until });
    });
    await work.checkpoint(); // somebody may have asked to cancel, and then no job comes later
    throw new SetAside('watched');
  }

  async function hold(stages: Stage[], stage: Stage, reason: string, witness?: Refusal['witness']): Promise<never> {
    stage.status = 'held';
    await lease.tx(async (ctx, row) => {
      await saved(ctx.db, row, { stages });
      if (row.cancelRequestedBy) return;
      await witness?.(ctx, row);
      await appendLog(ctx.db, tenantId, changeId, 'log', { level: 'warn', message: `Held: ${reason}` });
      await transition(ctx, row, 'paused', { message: `Held: ${reason}` });
    });
    await work.checkpoint();
    throw new SetAside('held');
  }

  /** Hours may lie between stages: what rules say now decides whether the next one begins. */
  async function clear(stages: Stage[], stage: Stage): Promise<void> {
    if (stage === stages[0]) return;
    const refusal = await judge(stage.targets);
    if (!refusal) return;
    stage.refused = { code: refusal.code, text: scrub(refusal.text, tenantId) };
    await hold(stages, stage, stage.refused.text, refusal.witness);
  }

  async function settle(stages: Stage[], stage: Stage): Promise<void> {
    Object.assign(stage, { status: 'done', endedAt: lease.deps.now().toISOString() });
    await note(lease, stages);
  }

  async function canary(stages: Stage[], stage: Stage, pauseSeconds: number): Promise<void> {
    if (stage.continuedBy) return settle(stages, stage);
    const failed = heldBecause(stage);
    if (failed) return hold(stages, stage, failed);
    if (stage.watchUntil === null ? pauseSeconds > 0 : mustWatch(stage, lease.deps.now())) await watch(stages, stage, pauseSeconds);
    await work.checkpoint();
    await look(stages, stage);
    const unwell = heldBecause(stage);
    if (unwell) return hold(stages, stage, unwell);
    return settle(stages, stage);
  }

  return async function through(targets: readonly TurnTarget[]): Promise<TargetResult[]> {
    await work.checkpoint();
    const { stages, pauseSeconds } = await readStages(lease, targets);
    for (const stage of stages) {
      if (stage.status === 'done') continue;
      if (stage.status === 'waiting') {
        await clear(stages, stage);
        Object.assign(stage, { status: 'running', startedAt: lease.deps.now().toISOString() });
        await note(lease, stages);
      }
      await act(stages, stage);
      await (stage.kind === 'canary' ? canary(stages, stage, pauseSeconds) : settle(stages, stage));
    }
    const results = resultsOf(stages);
    if (results.length > 0 && results.every(({ status }) => status === 'failed')) throw lackingIn(stages)!;
    return results;
  };
}
