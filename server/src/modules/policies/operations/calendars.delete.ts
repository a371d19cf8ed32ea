import { z } from 'zod';
import type { ReadContext } from '#kernel/context.ts';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { calendarTarget, changedCalendar, findCalendar, usesOf } from '../calendar-store.ts';
import { calendars, type CalendarRow } from '../tables.ts';

async function unused(ctx: ReadContext, id: string, lock = false): Promise<CalendarRow> {
  const row = await findCalendar(ctx, id, lock);
  const sets = (await usesOf(ctx))(row.name);
  if (sets.length > 0)
    throw new Problem('calendar-in-use', `${sets.join(', ')} name${sets.length === 1 ? 's' : ''} the calendar "${row.name}".`, { sets });
  return row;
}

export const calendarsDelete = defineOperation({
  name: 'calendars.delete',
  summary: 'Delete a calendar that no rule names',
  permission: 'calendars:write',
  risk: 'write',
  input: z.object({ id: z.uuid() }),
  output: z.object({}),
  targets: calendarTarget,
  async plan(ctx, { id }) {
    const { name } = await unused(ctx, id);
    return { summary: `Delete calendar ${name} with its entries`, changes: [{ action: 'delete', type: 'calendar', id, name }], dataLoss: 'Its entries are gone.' };
  },
  async run(ctx, { id }) {
    const row = await unused(ctx, id, true);
    await ctx.db.delete(calendars).where(and(eq(calendars.tenantId, ctx.tenantId), eq(calendars.id, id)));
    changedCalendar(ctx, row, 'deleted');
    return {};
  },
}); // prettier-ignore
