import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { newId } from '#kernel/ids.ts';
import { ScheduleFields, ScheduleView } from '../schedules/schemas.ts';
import { filtersOf, nextTime, personOf, requireSound, schedulesView } from '../schedules/store.ts';
import { reportSchedules } from '../tables.ts';

export const reportSchedulesCreate = defineOperation({
  name: 'reportSchedules.create',
  summary: 'Have a report made by the clock',
  description: 'It is made with what you may do then, and its recipients are told with a link; nobody gets a file by mail.',
  permission: 'reports:schedule',
  risk: 'write',
  input: z.object({ ...ScheduleFields, format: ScheduleFields.format.default('pdf'), zone: ScheduleFields.zone.default('UTC'), recipients: ScheduleFields.recipients.default([]), enabled: ScheduleFields.enabled.default(true) }), // prettier-ignore
  output: ScheduleView,
  targets: 'none',
  async plan(ctx, { filters, ...wish }) {
    await requireSound(ctx, { ...wish, filters: filtersOf(filters) });
    const next = nextTime(wish, ctx.now()).toISOString();
    return {
      summary: `Have "${wish.name}" made by the clock, the next on ${next}`,
      changes: [{ action: 'create', type: 'reportSchedule', name: wish.name, fields: [{ path: 'kind', after: wish.kind }, { path: 'cron', after: wish.cron }, { path: 'zone', after: wish.zone }, { path: 'recipients', after: wish.recipients }] }],
      reversible: 'Delete the schedule.',
    };
  }, // prettier-ignore
  async run(ctx, { filters: given, ...wish }) {
    const filters = filtersOf(given);
    await requireSound(ctx, { ...wish, filters });
    const at = ctx.now();
    const row = { ...wish, filters, tenantId: ctx.tenantId, id: newId(), ownerId: personOf(ctx), ownerName: ctx.actor.name, nextAt: nextTime(wish, at), createdAt: at, updatedAt: at }; // prettier-ignore
    const [made] = await ctx.db.insert(reportSchedules).values(row).returning();
    ctx.emit('reportSchedule.created', { scheduleId: made!.id, name: made!.name });
    return (await schedulesView(ctx, [made!]))[0]!;
  },
});
