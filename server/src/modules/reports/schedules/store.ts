import type { z } from 'zod';
import type { Context, ReadContext } from '#kernel/context.ts';
import { isUuid } from '#kernel/database.ts';
import { and, count, eq, inArray, ne, sql } from '#kernel/drizzle.ts';
import { Problem } from '#kernel/problem.ts';
import { isWhole } from '../kind.ts';
import { kindOf } from '../kinds/index.ts';
import { Clockwork } from '../providers/port.ts';
import type { Filters, FilterName } from '../schemas.ts';
import { reportSchedules, scheduleRuns, type RunRow, type ScheduleRow } from '../tables.ts';
import { scopesOf } from '../visible.ts';
import { nextAfter, parseCron, type Cron } from './cron.ts';
import { scheduleView, type ScheduleView } from './schemas.ts';

const MOST = 50;
const wrong = (pointer: string, message: string): Problem => new Problem('validation-failed', message, { errors: [{ pointer, message }] });

/** The person behind a call: a schedule outlives a key. */
export const personOf = ({ actor }: ReadContext): string => actor.ownerId ?? actor.id;

/** Schedules that the caller may see: all of them who reaches everything, else their own. */
export const visibleSchedules = (ctx: ReadContext) =>
  and(
    eq(reportSchedules.tenantId, ctx.tenantId),
    isWhole(scopesOf(ctx.reach)) ? undefined : sql`${reportSchedules.ownerId}::text = ${personOf(ctx)}`,
  );

/** Throws `report-schedule-not-found`, and `version-conflict` where the caller has seen another version. */
export async function findSchedule(ctx: ReadContext, id: string, lock = false): Promise<ScheduleRow> {
  const query = ctx.db
    .select()
    .from(reportSchedules)
    .where(and(visibleSchedules(ctx), eq(reportSchedules.id, id)));
  const [row] = isUuid(id) ? await (lock ? query.for('update') : query) : [];
  if (!row) throw new Problem('report-schedule-not-found', 'There is no schedule of reports with this id that you may see.');
  const seen = (ctx as Partial<Context>).ifMatch?.replaceAll(/^W\/|"/g, '');
  if (seen !== undefined && seen !== '*' && seen !== String(row.version))
    throw new Problem('version-conflict', `"${row.name}" is at version ${row.version} and you have seen ${seen}. Read it again and repeat your edit.`, { version: row.version }); // prettier-ignore
  return row;
}

export async function schedulesView(ctx: ReadContext, rows: readonly ScheduleRow[]): Promise<z.input<typeof ScheduleView>[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const last = await ctx.db
    .selectDistinctOn([scheduleRuns.scheduleId])
    .from(scheduleRuns)
    .where(and(eq(scheduleRuns.tenantId, ctx.tenantId), inArray(scheduleRuns.scheduleId, ids)))
    .orderBy(scheduleRuns.scheduleId, sql`${scheduleRuns.dueAt} desc`);
  const byId = new Map<string, RunRow>(last.map((run) => [run.scheduleId, run]));
  const people = await ctx.provider(Clockwork).named(ctx.db, ctx.tenantId, [...new Set(rows.flatMap(({ recipients }) => recipients))]);
  return rows.map((row) => scheduleView(row, byId.get(row.id), people));
}

export type Wish = Pick<ScheduleRow, 'name' | 'kind' | 'format' | 'filters' | 'covers' | 'cron' | 'zone' | 'recipients' | 'enabled'>;

function cronOf(text: string): Cron {
  try {
    return parseCron(text);
  } catch (error) {
    throw wrong('/cron', (error as Error).message);
  }
}

/** When it is made next; throws `validation-failed` for what never comes. */
export function nextTime({ cron, zone }: Pick<Wish, 'cron' | 'zone'>, at: Date): Date {
  const next = nextAfter(cronOf(cron), zone, at);
  if (!next) throw wrong('/cron', 'No day is like that.');
  return next;
}

async function requireRecipients(ctx: ReadContext, recipients: readonly string[]): Promise<void> {
  const readers = await ctx.provider(Clockwork).readers(ctx.db, ctx.tenantId);
  const errors = recipients.flatMap((id, at) => (readers.has(id) ? [] : [{ pointer: `/recipients/${at}`, message: 'No active member who may read reports of the whole tenant' }])); // prettier-ignore
  if (errors.length > 0) throw new Problem('validation-failed', 'Reports go to members only, and to those who may open them.', { errors });
}

/** Throws unless the schedule makes sense and its owner could make the report now. */
export async function requireSound(ctx: ReadContext, wish: Wish, id?: string): Promise<void> {
  const kind = kindOf(wish.kind);
  if (!kind.scoped && !isWhole(scopesOf(ctx.reach))) throw new Problem('report-whole-tenant', `The report ${kind.key} tells of everybody here, and your grants reach a part only.`); // prettier-ignore
  const strange = (Object.keys(wish.filters) as FilterName[]).filter((name) => !kind.filters.includes(name));
  if (strange.length > 0) throw wrong(`/filters/${strange[0]!}`, `The report ${kind.key} takes ${kind.filters.join(', ') || 'no filters'}.`);
  nextTime(wish, ctx.now());
  await requireRecipients(ctx, wish.recipients);
  const others = and(eq(reportSchedules.tenantId, ctx.tenantId), id === undefined ? undefined : ne(reportSchedules.id, id));
  const [taken] = await ctx.db.select({ id: reportSchedules.id }).from(reportSchedules).where(and(others, sql`lower(${reportSchedules.name}) = lower(${wish.name})`)); // prettier-ignore
  if (taken) throw new Problem('report-schedule-name-taken', `There is a schedule "${wish.name}" already.`);
  const [all] = await ctx.db.select({ n: count() }).from(reportSchedules).where(others);
  if (all!.n >= MOST) throw new Problem('report-schedule-limit', `The tenant has ${all!.n} schedules; ${MOST} is the most.`);
}

/** Without what was left out. */
export const filtersOf = (given: Filters | undefined): Filters => Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Filters; // prettier-ignore
