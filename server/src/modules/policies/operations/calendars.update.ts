import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { calendarDetail } from '../calendar-detail.ts';
import { CalendarDetail, CalendarFields, calendarTarget, changedCalendar, findCalendar, requireSeenCalendar } from '../calendar-store.ts';
import { calendars } from '../tables.ts';

export const calendarsUpdate = defineOperation({
  name: 'calendars.update',
  summary: 'Change the description or zone of a calendar',
  description: 'Its name stays, since rules name it. Send `If-Match` so that no other edit is lost.',
  permission: 'calendars:write',
  risk: 'write',
  input: z.object({ id: z.uuid(), description: CalendarFields.description.optional(), timezone: CalendarFields.timezone.optional() }),
  output: CalendarDetail,
  targets: calendarTarget,
  async plan(ctx, { id, description, timezone }) {
    const row = await findCalendar(ctx, id);
    requireSeenCalendar(ctx, row);
    const fields = [
      ...(description === undefined ? [] : [{ path: 'description', before: row.description, after: description }]),
      ...(timezone === undefined ? [] : [{ path: 'timezone', before: row.timezone, after: timezone }]),
    ];
    return { summary: `Change calendar ${row.name}`, changes: [{ action: 'update', type: 'calendar', id, name: row.name, fields }], reversible: 'Change it back.' };
  },
  async run(ctx, { id, description, timezone }) {
    const row = await findCalendar(ctx, id, true);
    requireSeenCalendar(ctx, row);
    const edit = { ...(description === undefined ? {} : { description }), ...(timezone === undefined ? {} : { timezone }) };
    const [saved] = await ctx.db
      .update(calendars)
      .set({ ...edit, version: row.version + 1, updatedAt: ctx.now() })
      .where(and(eq(calendars.tenantId, ctx.tenantId), eq(calendars.id, id)))
      .returning();
    changedCalendar(ctx, saved!, 'changed');
    return calendarDetail(ctx, saved!);
  },
}); // prettier-ignore
