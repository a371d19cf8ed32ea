import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, eq, gt, lt, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { entryView, EntryView } from '../calendar-store.ts';
import { calendarEntries, calendars } from '../tables.ts';

const Time = z.iso.datetime({ offset: true });

export const calendarsEntriesList = defineOperation({
  name: 'calendars.entries.list',
  summary: 'List entries of all calendars in a span of time',
  permission: 'calendars:read',
  risk: 'read',
  input: z.object({
    from: Time.optional().meta({ title: 'From', help: 'Entries that end after it' }),
    to: Time.optional().meta({ title: 'To', help: 'Entries that begin before it' }),
    calendarId: z.uuid().optional().meta({ title: 'Calendar' }),
    ...pageInput,
  }),
  output: pageOf(EntryView),
  targets: 'filter',
  async run(ctx, { from, to, calendarId, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    if (after && (!isUuid(String(after[1])) || Number.isNaN(Date.parse(String(after[0])))))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const rows = await ctx.db
      .select({ entry: calendarEntries, name: calendars.name })
      .from(calendarEntries)
      .innerJoin(calendars, and(eq(calendars.tenantId, calendarEntries.tenantId), eq(calendars.id, calendarEntries.calendarId)))
      .where(
        and(
          eq(calendarEntries.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'calendar', id: calendars.id }),
          from === undefined ? undefined : gt(calendarEntries.endsAt, new Date(from)),
          to === undefined ? undefined : lt(calendarEntries.startsAt, new Date(to)),
          calendarId === undefined ? undefined : eq(calendarEntries.calendarId, calendarId),
          after
            ? sql`(${calendarEntries.startsAt}, ${calendarEntries.id}) > (${String(after[0])}::timestamptz, ${String(after[1])}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(calendarEntries.startsAt), asc(calendarEntries.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ entry }) => [entry.startsAt.toISOString(), entry.id], ({ entry, name }) => entryView(entry, name)); // prettier-ignore
  },
});
