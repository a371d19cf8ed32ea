import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, asc, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { ScheduleView } from '../schedules/schemas.ts';
import { schedulesView, visibleSchedules } from '../schedules/store.ts';
import { reportSchedules } from '../tables.ts';

export const reportSchedulesList = defineOperation({
  name: 'reportSchedules.list',
  summary: 'List reports that are made by the clock',
  description: 'With how the last of each went. Who reaches a part of the tenant sees their own.',
  permission: 'reports:read',
  risk: 'read',
  input: z.object(pageInput),
  output: pageOf(ScheduleView),
  targets: 'filter',
  async run(ctx, { cursor, limit }) {
    const after = decodeCursor(cursor, 1)?.[0];
    if (after !== undefined && !isUuid(String(after))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const wanted = and(visibleSchedules(ctx), after === undefined ? undefined : gt(reportSchedules.id, String(after)));
    const rows = await ctx.db.select().from(reportSchedules).where(wanted).orderBy(asc(reportSchedules.id)).limit(limit + 1); // prettier-ignore
    return toPage(await schedulesView(ctx, rows), limit, ({ id }) => [id], (view) => view); // prettier-ignore
  },
});
