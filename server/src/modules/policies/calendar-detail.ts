import type { ReadContext } from '#kernel/context.ts';
import { calendarView, entriesOf, entryView, usesOf } from './calendar-store.ts';
import type { CalendarRow } from './tables.ts';

/** A calendar with all that is in it. */
export async function calendarDetail(ctx: ReadContext, row: CalendarRow) {
  const entries = await entriesOf(ctx, row.id);
  const now = ctx.now();
  const isFrozen = entries.some(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  return { ...calendarView(row, await usesOf(ctx), isFrozen), entries: entries.map((entry) => entryView(entry, row.name)) };
}
