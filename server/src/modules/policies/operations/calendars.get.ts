import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { calendarDetail } from '../calendar-detail.ts';
import { CalendarDetail, calendarTarget, findCalendar } from '../calendar-store.ts';

export const calendarsGet = defineOperation({
  name: 'calendars.get',
  summary: 'Show a calendar with its entries',
  permission: 'calendars:read',
  risk: 'read',
  input: z.object({ id: z.uuid() }),
  output: CalendarDetail,
  targets: calendarTarget,
  run: async (ctx, { id }) => calendarDetail(ctx, await findCalendar(ctx, id)),
});
