import { and, asc, eq, isNotNull, isNull, lt, lte, or } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import type { TenantJob } from '#kernel/module.ts';
import { asProblem } from '#kernel/problem.ts';
import type { WorkContext } from '#kernel/work.ts';
import { Clockwork } from '../providers/port.ts';
import { reports, reportSchedules, scheduleRuns, type RunRow, type ScheduleRow } from '../tables.ts';
import { nextAfter, parseCron, periodBefore } from './cron.ts';

/** Begun in one minute, per tenant; the rest follows in the next. */
const AT_ONCE = 10;
/** A run of which nothing came for so long lost its process, and is tried again. */
const STALE_MS = 5 * 60_000;
const TRIES = 3;

interface Begun {
  run: RunRow;
  schedule: ScheduleRow;
}

/** Notes an occurrence, once; undefined when somebody has. */
async function beginRun({ db, tenantId, now }: Pick<WorkContext, 'db' | 'tenantId' | 'now'>, schedule: ScheduleRow, dueAt: Date): Promise<Begun | undefined> {
  const row = { tenantId, id: newId(), scheduleId: schedule.id, dueAt, state: 'running' as const, createdAt: now(), updatedAt: now() };
  const [run] = await db.insert(scheduleRuns).values(row).onConflictDoNothing().returning();
  return run && { run, schedule };
} // prettier-ignore

/** Occurrences whose time has come. What was missed while nobody worked is made once, not once for each. */
async function due(ctx: WorkContext): Promise<Begun[]> {
  const { db, tenantId } = ctx;
  const now = ctx.now();
  const ripe = and(eq(reportSchedules.tenantId, tenantId), eq(reportSchedules.enabled, true), lte(reportSchedules.nextAt, now));
  const rows = await db.select().from(reportSchedules).where(ripe).orderBy(asc(reportSchedules.nextAt)).limit(AT_ONCE).for('update', { skipLocked: true }); // prettier-ignore
  const begun: Begun[] = [];
  for (const schedule of rows) {
    const nextAt = nextAfter(parseCron(schedule.cron), schedule.zone, now) ?? null;
    await db
      .update(reportSchedules)
      .set({ nextAt })
      .where(and(eq(reportSchedules.tenantId, tenantId), eq(reportSchedules.id, schedule.id)));
    begun.push(...[await beginRun(ctx, schedule, schedule.nextAt!)].filter((one) => one !== undefined));
  }
  return begun;
}

/** Runs whose process was lost before there was a report. */
async function lost({ db, tenantId, now }: WorkContext): Promise<Begun[]> {
  const old = and(eq(scheduleRuns.tenantId, tenantId), eq(scheduleRuns.state, 'running'), isNull(scheduleRuns.reportId), lt(scheduleRuns.updatedAt, new Date(now().getTime() - STALE_MS)));
  const rows = await db
    .select({ run: scheduleRuns, schedule: reportSchedules })
    .from(scheduleRuns)
    .innerJoin(reportSchedules, and(eq(reportSchedules.tenantId, scheduleRuns.tenantId), eq(reportSchedules.id, scheduleRuns.scheduleId)))
    .where(old)
    .limit(AT_ONCE)
    .for('update', { of: scheduleRuns, skipLocked: true });
  for (const { run } of rows) await db.update(scheduleRuns).set({ attempts: run.attempts + 1, updatedAt: now() }).where(and(eq(scheduleRuns.tenantId, tenantId), eq(scheduleRuns.id, run.id)));
  return rows.map(({ run, schedule }) => ({ run: { ...run, attempts: run.attempts + 1 }, schedule }));
} // prettier-ignore

const ofRun = ({ tenantId, id }: RunRow) => and(eq(scheduleRuns.tenantId, tenantId), eq(scheduleRuns.id, id), eq(scheduleRuns.state, 'running'));

async function fail(ctx: WorkContext, { run, schedule }: Begun, problem: string): Promise<void> {
  const { rowCount } = await ctx.db.update(scheduleRuns).set({ state: 'failed', problem, endedAt: ctx.now(), updatedAt: ctx.now() }).where(ofRun(run));
  if (rowCount !== 1) return;
  ctx.emit('reportSchedule.failed', { scheduleId: schedule.id, runId: run.id, name: schedule.name, reason: problem, recipients: [schedule.ownerId] });
} // prettier-ignore

/** Tells everybody who may still open it: who has left, or may no longer, is left out. */
async function deliver(ctx: WorkContext, { run, schedule }: Begun, reportId: string): Promise<void> {
  const readers = await ctx.provider(Clockwork).readers(ctx.db, ctx.tenantId);
  const recipients = schedule.recipients.filter((id) => readers.has(id));
  const { rowCount } = await ctx.db.update(scheduleRuns).set({ state: 'done', reportId, told: recipients.length, endedAt: ctx.now(), updatedAt: ctx.now() }).where(ofRun(run));
  if (rowCount !== 1) return;
  ctx.emit('reportSchedule.delivered', { scheduleId: schedule.id, runId: run.id, reportId, name: schedule.name, recipients });
} // prettier-ignore

/** Makes the report of one occurrence as the schedule's owner. */
async function carryOutRun(job: TenantJob, begun: Begun): Promise<void> {
  const { run, schedule } = begun;
  if (run.attempts > TRIES) return job.tx((ctx) => fail(ctx, begun, `It was begun ${TRIES} times, and never came to its end.`));
  const { from, to } = periodBefore(schedule.covers, schedule.zone, run.dueAt);
  const input = { kind: schedule.kind, format: schedule.format, filters: schedule.filters, from: from.toISOString(), to: to.toISOString() };
  try {
    const { id } = await job.provider(Clockwork).generate({ tenantId: job.tenantId, personId: schedule.ownerId }, input);
    await job.tx(({ db, now }) => db.update(scheduleRuns).set({ reportId: id, updatedAt: now() }).where(ofRun(run)));
  } catch (error) {
    const problem = asProblem(error);
    // Ours, or others are before it: it is tried again.
    if ((problem.kind.status >= 500 || problem.kind.status === 429) && run.attempts < TRIES) throw error;
    await job.tx((ctx) => fail(ctx, begun, problem.message));
  }
}

/** Reports that a worker has finished since, or could not. */
async function settle(ctx: WorkContext): Promise<void> {
  const rows = await ctx.db
    .select({ run: scheduleRuns, schedule: reportSchedules, state: reports.state, problem: reports.problem })
    .from(scheduleRuns)
    .innerJoin(reportSchedules, and(eq(reportSchedules.tenantId, scheduleRuns.tenantId), eq(reportSchedules.id, scheduleRuns.scheduleId)))
    .innerJoin(reports, and(eq(reports.tenantId, scheduleRuns.tenantId), eq(reports.id, scheduleRuns.reportId)))
    .where(and(eq(scheduleRuns.tenantId, ctx.tenantId), eq(scheduleRuns.state, 'running'), isNotNull(scheduleRuns.reportId), or(eq(reports.state, 'done'), eq(reports.state, 'failed'))))
    .limit(100)
    .for('update', { of: scheduleRuns, skipLocked: true });
  for (const { run, schedule, state, problem } of rows)
    await (state === 'done' ? deliver(ctx, { run, schedule }, run.reportId!) : fail(ctx, { run, schedule }, problem ?? 'The report could not be written.'));
} // prettier-ignore

/** Every minute: makes what is due, and tells of what is done. A fault of one schedule does not keep the others from theirs. */
export async function tickSchedules(job: TenantJob): Promise<void> {
  const begun = await job.tx(async (ctx) => [...(await lost(ctx)), ...(await due(ctx))]);
  const faults: unknown[] = [];
  for (const one of begun) await carryOutRun(job, one).catch((error: unknown) => faults.push(error));
  await job.tx(settle);
  if (faults.length > 0) throw new AggregateError(faults, 'some scheduled reports could not be made');
}
