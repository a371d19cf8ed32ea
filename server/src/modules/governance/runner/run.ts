import type { Actor } from '#kernel/context.ts';
import type { Database } from '#kernel/database.ts';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Checked } from '#kernel/gate-check.ts';
import type { Gate, Steps } from '#kernel/gate.ts';
import { Draining, LeaseLost, type JobRun } from '#kernel/jobs.ts';
import type { AnyOperation, JobOperation } from '#kernel/operation.ts';
import { asProblem, Problem } from '#kernel/problem.ts';
import { Resources } from '#kernel/resource-cache.ts';
import { hideSecrets } from '#kernel/sensitive.ts';
import { within } from '#kernel/whereabouts.ts';
import { agreementOn, closeRequest } from '../approvals/store.ts';
import { Machinery, Operations, Rights } from '../providers/port.ts';
import { forgetRead } from '../resources.ts';
import { isTerminal, numberText, type ChangeState } from '../rules.ts';
import { lackingIn, SetAside } from '../stages/turns.ts';
import { appendLog, findChange, transition, type Place } from '../store.ts';
import { changes, type ChangeRow } from '../tables.ts';
import { auditOf } from './audit.ts';
import { fullInput } from './input.ts';
import { judgeOf } from './judge.ts';
import { takeLease, type Lease } from './lease.ts';
import { takePlace, type Turns } from './turn.ts';
import { Cancelled, createWork, crashPoint } from './work.ts';

export interface Runner extends Turns {
  gate: Pick<Gate, 'recheck' | 'recheckStage'>;
  audit: Steps['audit'];
}

/** Raises the epoch: from here on, this worker alone may write about the Change. */
async function claim(runner: Runner, { data, attempt, signal }: JobRun): Promise<Lease | undefined> {
  const { tenantId, changeId } = data as { tenantId: string; changeId: string };
  return runner.databases.tenant({ tenantId }, async (db) => {
    const row = await findChange(db, tenantId, changeId, true);
    // An approver has taken their approval back: another job starts it when it is given again.
    // And one that is held waits for a person.
    if (isTerminal(row.state) || row.state === 'awaiting_approval' || row.state === 'paused') return undefined;
    const [claimed] = await db
      .update(changes)
      .set({ epoch: sql`${changes.epoch} + 1`, attempt })
      .where(and(eq(changes.tenantId, tenantId), eq(changes.id, changeId)))
      .returning();
    return takeLease(runner, claimed!, signal);
  });
}

const operationOf = (runner: Runner, row: ChangeRow): AnyOperation => {
  const operation = (runner.adapters.get(Operations.port) as Operations).get(row.operation);
  if (!operation) throw new Problem('invalid-transition', `The operation ${row.operation} of ${numberText(row.number)} no longer exists.`);
  return operation;
};

/** Trusted resume: the person, permission, scope, policy and plan once more, now; then the transitional state or, for inline work, the effect itself. */
async function start(runner: Runner, lease: Lease, operation: AnyOperation, actor: Actor): Promise<Record<string, unknown>> {
  const after: (() => void)[] = [];
  const input = await lease.tx(async (ctx, row) => {
    if (row.state === 'awaiting_approval') throw new LeaseLost(`an approval of ${numberText(row.number)} was taken back`);
    const checked = await recheck(runner, ctx.db, actor, operation, row);
    if (checked.planHash !== row.planHash)
      throw new Stale(`What the plan was made on has changed since; ${numberText(row.number)} is void. Ask for it again to get a new plan.`);
    const running = row.state === 'running' ? row : await transition(ctx, row, 'running', { implementer: actor });
    if (operation.runs === 'job') {
      await operation.accept?.(checked.ctx, checked.input);
      await ctx.db
        .update(changes)
        .set({ accepted: true, startedAt: ctx.now(), deadlineAt: deadline(operation, ctx.now()), canary: checked.demands.canary ?? null })
        .where(mine(row));
    } else {
      await runInline(runner, ctx, running, checked, operation);
    }
    await appendEvents(ctx.db, row.tenantId, checked.events, row.id);
    after.push(...checked.after);
    return checked.input;
  });
  for (const act of after) act();
  crashPoint.at('started');
  return input;
}

const mine = (row: ChangeRow) => and(eq(changes.tenantId, row.tenantId), eq(changes.id, row.id));
const deadline = ({ deadlineSeconds = 900 }: JobOperation, now: Date): Date => new Date(now.getTime() + deadlineSeconds * 1000);

async function recheck(runner: Runner, db: Database, actor: Actor, operation: AnyOperation, row: ChangeRow): Promise<Checked> {
  const input = await fullInput(db, (runner.adapters.get(Machinery.port) as Machinery).sealer, operation, row);
  return runner.gate.recheck(db, actor, operation, input, row.id);
}

async function runInline(runner: Runner, place: Place, row: ChangeRow, checked: Checked, operation: AnyOperation): Promise<void> {
  if (operation.runs === 'job') return;
  const output: unknown = operation.output.parse(await operation.run(checked.ctx, checked.input));
  // What is done at once has no way back, so that its secrets are needed no longer.
  await transition(place, row, 'succeeded', {
    outcome: hideSecrets(operation.output, output),
    sealedSecrets: null,
    startedAt: place.now(),
    progress: 100,
  });
  await runner.audit.write(place.db, { ...auditOf(row, operation, 'success', place.now()), ...(await agreementOn(place, row.id)) });
}

class Stale extends Error {}

/** Work that was accepted when it was asked for: the right to do it may have gone since. */
async function carryOn(runner: Runner, lease: Lease, operation: AnyOperation, actor: Actor): Promise<Record<string, unknown>> {
  return lease.tx(async (ctx, row) => {
    // Between stages lie hours, or a person's word.
    if (row.startedAt === null || row.stages !== null) {
      await (runner.adapters.get(Rights.port) as Rights).permit(ctx.db, actor, {
        name: operation.name,
        permission: operation.permission,
        risk: row.risk,
      });
    }
    if (row.startedAt === null) {
      await ctx.db
        .update(changes)
        .set({ startedAt: ctx.now(), implementer: actor, deadlineAt: deadline(operation as JobOperation, ctx.now()) })
        .where(mine(row));
    }
    return fullInput(ctx.db, (runner.adapters.get(Machinery.port) as Machinery).sealer, operation, row);
  });
}

interface Doing {
  operation: JobOperation;
  actor: Actor;
  input: Record<string, unknown>;
}

async function execute(runner: Runner, lease: Lease, { operation, actor, input }: Doing): Promise<void> {
  const work = createWork(lease, { cancellable: true, judge: judgeOf(runner, lease, { operation, actor, input }) });
  const output: unknown = operation.output.parse(await operation.execute(work, input));
  crashPoint.at('executed');
  await work.checkpoint(); // a wish to cancel that came during the last step
  if (operation.verify) {
    await lease.tx(async (ctx, row) => void (row.state === 'running' && (await transition(ctx, row, 'verifying', { deadlineAt: row.deadlineAt }))));
    await operation.verify(work, input, output);
  }
  await forget(runner, lease);
  await lease.tx(async (ctx, row) => {
    const kept = operation.rollback ? {} : { sealedSecrets: null };
    const lacking = lackingIn(row.stages ?? []);
    const told = { outcome: hideSecrets(operation.output, output), ...kept, progress: 100, message: null };
    await transition(ctx, row, lacking ? 'partially_succeeded' : 'succeeded', {
      ...told,
      ...(lacking ? { problem: lacking.toJSON(row.requestId) } : {}),
    });
    const entry = auditOf(row, operation, lacking ? 'failure' : 'success', ctx.now(), lacking);
    await runner.audit.write(ctx.db, { ...entry, ...(await agreementOn(ctx, row.id)) });
  });
  crashPoint.at('succeeded');
}

/** A rule forbade it when it was about to run. */
const isRefusal = (problem: Problem): boolean => (problem as { decided?: { stage: string } }).decided?.stage === 'policy';

/** Before it is said to be done, so that who hears that it is reads nothing from before. A fault here is made good when the event is delivered. */
const forget = ({ adapters, onError }: Runner, { change: { tenantId, targets } }: Lease): Promise<void> =>
  forgetRead(adapters.get(Resources.port) as Resources, tenantId, targets).catch(onError);

async function end(runner: Runner, lease: Lease, to: ChangeState, problem: Problem): Promise<void> {
  await forget(runner, lease);
  await lease.tx(async (ctx, row) => {
    if (isTerminal(row.state)) return;
    await closeRequest(ctx, row, to === 'stale' ? 'superseded' : 'cancelled');
    await transition(ctx, row, to, {
      problem: {
        ...problem.toJSON(row.requestId),
        decisionId: (problem as { decided?: { decisionId: string } }).decided?.decisionId ?? row.decisionId,
      },
    });
    await runner.audit.write(
      ctx.db,
      auditOf(row, operationOf(runner, row), to === 'cancelled' || isRefusal(problem) ? 'denied' : 'failure', ctx.now(), problem),
    );
  });
}

/** After a failure or a cancel: undo what was done, if the operation can, and end the Change with the reason. */
async function giveUp(runner: Runner, lease: Lease, operation: AnyOperation, input: Record<string, unknown>, cause: unknown): Promise<void> {
  const problem = cause instanceof Cancelled ? new Problem('change-cancelled', `It was ${cause.message}.`) : asProblem(cause);
  if (problem.slug === 'internal') runner.onError(cause as Error);
  const ending = cause instanceof Cancelled ? 'cancelled' : 'failed';
  if (operation.runs !== 'job' || !operation.rollback) return end(runner, lease, ending, problem);
  await lease.tx(async (ctx, row) => {
    if (row.state === 'rolling_back') return;
    await appendLog(ctx.db, row.tenantId, row.id, 'log', { level: 'error', message: problem.message });
    await transition(ctx, row, 'rolling_back', { problem: problem.toJSON(row.requestId), deadlineAt: deadline(operation, ctx.now()) });
  });
  crashPoint.at('rolling-back');
  try {
    await operation.rollback(createWork(lease, { cancellable: false, prefix: 'undo:' }), input);
  } catch (error) {
    if (mustRetry(error)) throw error;
    return end(runner, lease, 'rollback_failed', asProblem(error));
  }
  await end(runner, lease, ending === 'cancelled' ? 'cancelled' : 'rolled_back', problem);
}

/** Not the Change's fault: the job goes back to the queue and another attempt carries on from the last step. */
const mustRetry = (error: unknown): boolean =>
  error instanceof LeaseLost || error instanceof Draining || (error instanceof Problem && error.slug === 'dependency-unavailable');

/** One attempt at carrying out one Change. Returns when it has ended; throws when the queue should try again. */
export async function runChange(runner: Runner, job: JobRun): Promise<void> {
  const lease = await claim(runner, job);
  if (!lease) return;
  const place = await takePlace(runner, lease);
  if (place === 'later') return;
  try {
    // In the log it is a part of the call that asked for it.
    await within({ requestId: lease.change.requestId }, () => carryOut(runner, lease));
  } finally {
    await place.release();
  }
}

async function carryOut(runner: Runner, lease: Lease): Promise<void> {
  const row = lease.change;
  const operation = operationOf(runner, row);
  let input: Record<string, unknown> = row.input;
  try {
    const actor = await (runner.adapters.get(Rights.port) as Rights).revive(row.requester);
    const undoing = row.state === 'rolling_back';
    input = row.accepted || undoing ? await carryOn(runner, lease, operation, actor) : await start(runner, lease, operation, actor);
    if (undoing) return await giveUp(runner, lease, operation, input, problemOf(row));
    if (operation.runs === 'job') await execute(runner, lease, { operation, actor, input });
  } catch (error) {
    if (error instanceof SetAside) return;
    if (mustRetry(error)) throw error;
    await failed(runner, lease, operation, input, error);
  }
}

/** What had not begun ends at once; what had is undone first. */
async function failed(runner: Runner, lease: Lease, operation: AnyOperation, input: Record<string, unknown>, error: unknown): Promise<void> {
  if (error instanceof Stale) return end(runner, lease, 'stale', new Problem('plan-superseded', error.message));
  const started = lease.change.accepted || (await lease.tx(async (_ctx, now) => now.accepted));
  return started ? giveUp(runner, lease, operation, input, error) : end(runner, lease, 'failed', asProblem(error));
}

/** Why a Change that was found half undone was being undone. */
function problemOf({ cancelRequestedBy, problem }: ChangeRow): unknown {
  if (cancelRequestedBy) return new Cancelled(`cancelled by ${cancelRequestedBy.name}`);
  const { type, detail } = { type: 'internal', detail: 'It failed.', ...(problem as { type?: string; detail?: string } | null) };
  return new Problem(type.split('/').at(-1)!, detail);
}
