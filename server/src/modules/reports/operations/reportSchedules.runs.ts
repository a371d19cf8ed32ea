import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { runView, RunView } from '../schedules/schemas.ts';
import { findSchedule } from '../schedules/store.ts';
import { scheduleRuns } from '../tables.ts';

export const reportSchedulesRuns = defineOperation({
  name: 'reportSchedules.runs',
  summary: 'List how a scheduled report went each time',
  description: 'Newest first; one that failed says why.',
  permission: 'reports:read',
  risk: 'read',
  route: { method: 'GET', path: '/report-schedules/{id}/runs' },
  input: z.object({ id: z.uuid().meta({ title: 'Schedule' }), ...pageInput }),
  output: pageOf(RunView),
  targets: 'filter',
  async run(ctx, { id, cursor, limit }) {
    await findSchedule(ctx, id);
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const wanted = and(eq(scheduleRuns.tenantId, ctx.tenantId), eq(scheduleRuns.scheduleId, id), before === undefined ? undefined : lt(scheduleRuns.id, String(before))); // prettier-ignore
    const rows = await ctx.db.select().from(scheduleRuns).where(wanted).orderBy(desc(scheduleRuns.id)).limit(limit + 1); // prettier-ignore
    return toPage(rows, limit, ({ id: run }) => [run], runView);
  },
});
