import { and, asc, eq, inArray, lte, sql } from '#kernel/drizzle.ts';
import { appendEvents } from '#kernel/events.ts';
import type { Database } from '#kernel/database.ts';
import { newId } from '#kernel/ids.ts';
import { workflowTriggers, type TriggerRow } from '../../tables.ts';
import { ScheduleTrigger } from '../config.ts';
import { workflowDues, type DueRow } from '../tables.ts';
import { caughtUp, dueTimes, jitterOf, nextDue, type Timetable } from './rules.ts';

/** Triggers that one round looks at; the next round follows at once when there were so many. */
export const ROUND = 200;
/** Due times that one trigger may have missed and are looked at; what lies further back is dropped unseen. */
const MOST_MISSED = 5_000;

type DueInsert = typeof workflowDues.$inferInsert;

/** What due times of a trigger are computed from. `since`: from when on intervals are counted. */
export const timetableOf = (config: ScheduleTrigger, zone: string, since: Date): Timetable => {
  const { type, cron, every, at, startAt, endAt } = config;
  return { type, cron, every, at, startAt, endAt, zone: config.timezone ?? zone, since };
};

/** Due times that have come, as rows, and when the trigger is due next. Of an expression that cannot be read nothing comes. */
function comeDue(row: TriggerRow, now: Date): { dues: DueInsert[]; next: Date | null } {
  const parsed = ScheduleTrigger.safeParse(row.config);
  if (!parsed.success || row.nextRunAt === null) return { dues: [], next: null };
  const config = parsed.data;
  const timetable = timetableOf(config, row.timezone ?? 'UTC', row.createdAt);
  const from = new Date(row.nextRunAt.getTime() - 1);
  const come = dueTimes(timetable, from, MOST_MISSED).filter((due) => due <= now);
  const { start, missed } = caughtUp(come, now, config.catchUp);
  const of = (dueAt: Date, state: DueRow['state'], reason: string | null): DueInsert => ({
    tenantId: row.tenantId, id: newId(), workflowId: row.workflowId, triggerId: row.id, dueAt, state, reason,
    startAt: new Date(dueAt.getTime() + jitterOf(row.id, dueAt, config.jitterSeconds)), createdAt: now, updatedAt: now,
  }); // prettier-ignore
  // Of thousands that were missed the newest say enough.
  const dropped = missed.slice(-100).map((due) => of(due, 'missed', 'Nothing ran when it was due.'));
  return { dues: [...dropped, ...start.map((due) => of(due, 'waiting', null))], next: nextDue(timetable, now) };
}

/**
 * Turns schedules that have come due into rows, each unique by workflow, trigger and due time: however many processes look, one row comes
 * of each. As the platform, across tenants. Answers how many triggers were due.
 */
export async function makeDues(db: Database, now: Date): Promise<number> {
  const { kind, state, nextRunAt, tenantId, id } = workflowTriggers;
  const rows = await db
    .select()
    .from(workflowTriggers)
    .where(and(eq(kind, 'schedule'), eq(state, 'active'), lte(nextRunAt, now)))
    .orderBy(asc(nextRunAt))
    .limit(ROUND)
    .for('update', { skipLocked: true });
  for (const row of rows) {
    const { dues, next } = comeDue(row, now);
    if (dues.length > 0) await db.insert(workflowDues).values(dues).onConflictDoNothing();
    const missed = dues.filter((due) => due.state === 'missed');
    const from = missed[0]?.dueAt;
    if (from) await appendEvents(db, row.tenantId, [{ type: 'workflow.schedule_missed', data: { workflowId: row.workflowId, triggerId: row.id, missed: missed.length, from: from.toISOString() } }], null); // prettier-ignore
    await db
      .update(workflowTriggers)
      .set({ nextRunAt: next, lastRunAt: dues.at(-1)?.dueAt ?? row.lastRunAt })
      .where(and(eq(tenantId, row.tenantId), eq(id, row.id)));
  }
  return rows.length;
}

/** Milliseconds for which a process has a due time to itself; when it dies another takes it afterwards. */
const HELD = 30_000;

/** Due times whose moment has come, oldest first; nobody else gets them for a while. As the platform. */
export async function claimDues(db: Database, now: Date): Promise<DueRow[]> {
  const { tenantId, id, state, startAt } = workflowDues;
  const open = db
    .select({ tenantId, id })
    .from(workflowDues)
    .where(and(inArray(state, ['waiting', 'queued']), lte(startAt, now)))
    .orderBy(asc(startAt))
    .limit(ROUND)
    .for('update', { skipLocked: true });
  const claimed = await db
    .update(workflowDues)
    .set({ startAt: new Date(now.getTime() + HELD) })
    .where(sql`(${tenantId}, ${id}) in ${open}`)
    .returning();
  return claimed.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
}
