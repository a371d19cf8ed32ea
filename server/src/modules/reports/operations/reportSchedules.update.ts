import { z } from 'zod';
import { and, eq, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { ScheduleFields, ScheduleView } from '../schedules/schemas.ts';
import { filtersOf, findSchedule, nextTime, personOf, requireSound, schedulesView, type Wish } from '../schedules/store.ts';
import { reportSchedules, type ScheduleRow } from '../tables.ts';

const Edit = z.object(ScheduleFields).partial();
const FIELDS = Object.keys(ScheduleFields) as (keyof Wish)[];

function merged(row: ScheduleRow, { filters, ...edit }: z.output<typeof Edit>): Wish {
  const given = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as Partial<Wish>;
  return { ...row, ...given, filters: filters === undefined ? row.filters : filtersOf(filters) };
}

/** Without what is undefined, as plans are. */
const jsonOf = (value: Wish[keyof Wish]) => z.json().parse(JSON.parse(JSON.stringify(value)));

export const reportSchedulesUpdate = defineOperation({
  name: 'reportSchedules.update',
  summary: 'Change a report that is made by the clock',
  description: 'Whoever changes it owns it from then on: it is made with what they may do.',
  permission: 'reports:schedule',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Schedule' }), ...Edit.shape }),
  output: ScheduleView,
  targets: 'none',
  async plan(ctx, { id, ...edit }) {
    const row = await findSchedule(ctx, id);
    const wish = merged(row, edit);
    await requireSound(ctx, wish, id);
    const fields = FIELDS.filter((path) => JSON.stringify(wish[path]) !== JSON.stringify(row[path])).map((path) => ({ path, before: jsonOf(row[path]), after: jsonOf(wish[path]) })); // prettier-ignore
    return {
      summary: `Change the scheduled report "${row.name}"`,
      changes: [{ action: 'update', type: 'reportSchedule', id, name: row.name, fields }],
      reversible: 'Change it back.',
      observed: { [`reportSchedule ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id, ...edit }) {
    const row = await findSchedule(ctx, id, true);
    const { name, kind, format, filters, covers, cron, zone, recipients, enabled } = merged(row, edit);
    const wish = { name, kind, format, filters, covers, cron, zone, recipients, enabled };
    await requireSound(ctx, wish, id);
    const at = ctx.now();
    const next = { ...wish, nextAt: nextTime(wish, at), ownerId: personOf(ctx), ownerName: ctx.actor.name, version: sql`${reportSchedules.version} + 1`, updatedAt: at }; // prettier-ignore
    const mine = and(eq(reportSchedules.tenantId, ctx.tenantId), eq(reportSchedules.id, id));
    const [made] = await ctx.db.update(reportSchedules).set(next).where(mine).returning();
    ctx.emit('reportSchedule.updated', { scheduleId: id, name: made!.name });
    return (await schedulesView(ctx, [made!]))[0]!;
  },
});
