import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { findSchedule } from '../schedules/store.ts';
import { reportSchedules } from '../tables.ts';

export const reportSchedulesDelete = defineOperation({
  name: 'reportSchedules.delete',
  summary: 'Have a report no longer made by the clock',
  description: 'Its history goes with it; reports that were made stay.',
  permission: 'reports:schedule',
  risk: 'write',
  input: z.object({ id: z.uuid().meta({ title: 'Schedule' }) }),
  output: z.object({ id: z.uuid() }),
  targets: 'none',
  async plan(ctx, { id }) {
    const row = await findSchedule(ctx, id);
    return {
      summary: `Delete the scheduled report "${row.name}"`,
      changes: [{ action: 'delete', type: 'reportSchedule', id, name: row.name, fields: [{ path: 'cron', before: row.cron }] }],
      observed: { [`reportSchedule ${id}`]: String(row.version) },
    };
  },
  async run(ctx, { id }) {
    const row = await findSchedule(ctx, id, true);
    await ctx.db.delete(reportSchedules).where(and(eq(reportSchedules.tenantId, ctx.tenantId), eq(reportSchedules.id, id)));
    ctx.emit('reportSchedule.deleted', { scheduleId: id, name: row.name });
    return { id };
  },
});
