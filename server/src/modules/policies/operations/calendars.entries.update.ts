import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { changedCalendar, EntryFields, entryTarget, EntryView, entryView, findEntry, requireSpan } from '../calendar-store.ts';
import { calendarEntries } from '../tables.ts';

const input = z.object({
  id: z.uuid(),
  title: EntryFields.title.optional(),
  note: EntryFields.note.optional(),
  startsAt: EntryFields.startsAt.optional(),
  endsAt: EntryFields.endsAt.optional(),
});

async function edited(ctx: ReadContext, { id, title, note, startsAt, endsAt }: z.output<typeof input>) {
  const { row, calendar } = await findEntry(ctx, id);
  const after = {
    title: title ?? row.title,
    note: note ?? row.note,
    startsAt: startsAt === undefined ? row.startsAt : new Date(startsAt),
    endsAt: endsAt === undefined ? row.endsAt : new Date(endsAt),
  };
  requireSpan(after.startsAt, after.endsAt);
  return { row, calendar, after };
}

export const calendarsEntriesUpdate = defineOperation({
  name: 'calendars.entries.update',
  summary: 'Change an entry of a calendar',
  permission: 'calendars:write',
  risk: 'write',
  input,
  output: EntryView,
  targets: entryTarget,
  async plan(ctx, wanted) {
    const { row, calendar, after } = await edited(ctx, wanted);
    const fields = (['startsAt', 'endsAt'] as const).map((path) => ({ path, before: row[path].toISOString(), after: after[path].toISOString() }));
    return {
      summary: `Change “${row.title}” in calendar ${calendar.name}`,
      changes: [{ action: 'update', type: 'calendarEntry', id: row.id, name: after.title, fields }],
      reversible: 'Change it back.',
    };
  },
  async run(ctx, wanted) {
    const { row, calendar, after } = await edited(ctx, wanted);
    const mine = and(eq(calendarEntries.tenantId, ctx.tenantId), eq(calendarEntries.id, row.id));
    const [saved] = await ctx.db.update(calendarEntries).set({ ...after, updatedAt: ctx.now() }).where(mine).returning(); // prettier-ignore
    changedCalendar(ctx, calendar, 'entry changed');
    return entryView(saved!, calendar.name);
  },
});
