import { z } from 'zod';
import { count, eq } from '#kernel/drizzle.ts';
import { newId } from '#kernel/ids.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { calendarDetail } from '../calendar-detail.ts';
import { CalendarDetail, CalendarFields, CALENDARS, changedCalendar, namedCalendar } from '../calendar-store.ts';
import { calendars } from '../tables.ts';

export const calendarsCreate = defineOperation({
  name: 'calendars.create',
  summary: 'Make a freeze calendar',
  description: 'Rules name it under `timeWindow.calendars` or with `inCalendar`. What is in it comes by `calendars.entries.create`.',
  permission: 'calendars:write',
  risk: 'write',
  input: z.object({ name: CalendarFields.name, description: CalendarFields.description.default(''), timezone: CalendarFields.timezone.default('UTC') }),
  output: CalendarDetail,
  targets: (_ctx, { name }) => [{ type: 'calendar', id: 'new', name }],
  async plan(ctx, { name, timezone }) {
    const [all] = await ctx.db.select({ count: count() }).from(calendars).where(eq(calendars.tenantId, ctx.tenantId));
    if (all!.count >= CALENDARS.perTenant) throw new Problem('policy-limit-reached', `The tenant has ${all!.count} calendars; ${CALENDARS.perTenant} is the most.`);
    return {
      summary: `Make calendar ${name}`,
      changes: [{ action: 'create', type: 'calendar', name, fields: [{ path: 'timezone', after: timezone }] }],
      reversible: 'Delete the calendar.',
    };
  },
  async run(ctx, wanted) {
    const times = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const [row] = await namedCalendar(wanted.name, ctx.db.insert(calendars).values({ tenantId: ctx.tenantId, id: newId(), ...wanted, ...times }).returning());
    changedCalendar(ctx, row!, 'made');
    return calendarDetail(ctx, row!);
  },
}); // prettier-ignore
