import { z } from 'zod';
import { and, asc, eq, gt, inArray, lte, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { calendarView, CalendarView, usesOf } from '../calendar-store.ts';
import { calendarEntries, calendars } from '../tables.ts';

export const calendarsList = defineOperation({
  name: 'calendars.list',
  summary: 'List freeze calendars',
  permission: 'calendars:read',
  risk: 'read',
  input: z.object({ ...pageInput }),
  output: pageOf(CalendarView),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 1);
    const rows = await ctx.db
      .select()
      .from(calendars)
      .where(
        and(
          eq(calendars.tenantId, ctx.tenantId),
          withinReach(ctx.reach, { type: 'calendar', id: calendars.id }),
          after ? sql`${calendars.name} > ${String(after[0])}` : undefined,
        ),
      )
      .orderBy(asc(calendars.name))
      .limit(limit + 1);
    const now = ctx.now();
    const { tenantId, calendarId, startsAt, endsAt } = calendarEntries;
    const holding = rows.length === 0 ? [] : await ctx.db
      .selectDistinct({ id: calendarId })
      .from(calendarEntries)
      .where(and(eq(tenantId, ctx.tenantId), inArray(calendarId, rows.map(({ id }) => id)), lte(startsAt, now), gt(endsAt, now))); // prettier-ignore
    const frozen = new Set(holding.map(({ id }) => id));
    const uses = await usesOf(ctx);
    return toPage(rows, limit, (row) => [row.name], (row) => calendarView(row, uses, frozen.has(row.id))); // prettier-ignore
  },
});
