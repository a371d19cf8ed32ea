import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { events } from '#kernel/events.ts';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { eventView, heardBy } from '../hearing.ts';
import { TenantEvent } from '../schemas.ts';

export const eventsGet = defineOperation({
  name: 'events.get',
  summary: 'Read one event',
  description: 'Such as one that was too large for a webhook, which names it in `data.reference`.',
  permission: 'webhooks:read',
  risk: 'read',
  input: z.object({ id: z.uuid().meta({ title: 'Event' }) }),
  output: TenantEvent,
  targets: 'filter',
  async run(ctx, { id }) {
    const [row] = await ctx.db.select().from(events).where(and(eq(events.tenantId, ctx.tenantId), eq(events.id, id))); // prettier-ignore
    if (!row || !(await heardBy(ctx)).isHeard(row)) throw new Problem('not-found', 'There is no such event in this tenant, or it is not for you.'); // prettier-ignore
    return eventView({ ...row, time: row.createdAt });
  },
});
