import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { changedCalendar, entryTarget, findEntry } from '../calendar-store.ts';
import { calendarEntries } from '../tables.ts';

export const calendarsEntriesDelete = defineOperation({
  name: 'calendars.entries.delete',
  summary: 'Take an entry out of a calendar',
  permission: 'calendars:write',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: z.object({}),
  targets: entryTarget,
  async plan(ctx, { id }) {
    const { row, calendar } = await findEntry(ctx, id);
    return {
      summary: `Take “${row.title}” out of calendar ${calendar.name}`,
      changes: [{ action: 'delete', type: 'calendarEntry', id, name: row.title }],
      reversible: 'Add it again.',
      warnings: row.endsAt > ctx.now() ? ['What the freeze forbids may be allowed from then on.'] : [],
    };
  },
  async run(ctx, { id }) {
    const { calendar } = await findEntry(ctx, id);
    await ctx.db.delete(calendarEntries).where(and(eq(calendarEntries.tenantId, ctx.tenantId), eq(calendarEntries.id, id)));
    changedCalendar(ctx, calendar, 'entry deleted');
    return {};
  },
});
