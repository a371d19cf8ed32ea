import { z } from 'zod';
import { count, eq, and } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { CALENDARS, changedCalendar, EntryFields, EntryView, entryView, findCalendar, requireSpan } from '../calendar-store.ts';
import { calendarEntries } from '../tables.ts';

export const calendarsEntriesCreate = defineOperation({
  name: 'calendars.entries.create',
  summary: 'Add a freeze to a calendar',
  description: 'Rules that name the calendar hold in this span from the moment it is saved.',
  permission: 'calendars:write',
  risk: 'write',
  input: z.object({ calendarId: z.uuid().meta({ title: 'Calendar', widget: 'calendar' }), ...EntryFields, note: EntryFields.note.default('') }),
  output: EntryView,
  targets: async (ctx, { calendarId }) => [{ type: 'calendar', id: calendarId, name: (await findCalendar(ctx, calendarId)).name }],
  async plan(ctx, { calendarId, title, startsAt, endsAt }) {
    const { name } = await findCalendar(ctx, calendarId);
    requireSpan(new Date(startsAt), new Date(endsAt));
    return {
      summary: `Add “${title}” to calendar ${name}, ${startsAt} to ${endsAt}`,
      changes: [{ action: 'create', type: 'calendarEntry', name: title, fields: [{ path: 'startsAt', after: startsAt }, { path: 'endsAt', after: endsAt }] }],
      reversible: 'Delete the entry.',
    };
  },
  async run(ctx, { calendarId, title, note, startsAt, endsAt }) {
    const calendar = await findCalendar(ctx, calendarId, true);
    const span = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
    requireSpan(span.startsAt, span.endsAt);
    const [all] = await ctx.db.select({ count: count() }).from(calendarEntries).where(and(eq(calendarEntries.tenantId, ctx.tenantId), eq(calendarEntries.calendarId, calendarId)));
    if (all!.count >= CALENDARS.entries) throw new Problem('policy-limit-reached', `The calendar has ${all!.count} entries; ${CALENDARS.entries} is the most.`);
    const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const [row] = await ctx.db.insert(calendarEntries).values({ tenantId: ctx.tenantId, id: newId(), calendarId, title, note, ...span, ...times }).returning();
    changedCalendar(ctx, calendar, 'entry added');
    return entryView(row!, calendar.name);
  },
}); // prettier-ignore
