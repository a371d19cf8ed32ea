import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { events } from '#kernel/events.ts';
import { defineOperation } from '#kernel/operation.ts';

export const eventsList = defineOperation({
  name: 'events.list',
  summary: 'Read what happened in this tenant',
  description: 'Announcements in order. With `Accept: text/event-stream` the answer goes on as they happen. `after=-1` begins with what comes next.',
  permission: 'events:read',
  risk: 'read',
  route: { method: 'GET', path: '/events' },
  input: z.object({
    after: z.coerce.number().int().min(-1).default(0).meta({ title: 'After', help: 'Number of the last entry you have; -1 for the newest' }),
    limit: z.coerce.number().int().min(1).max(500).default(200).meta({ title: 'Page size' }),
  }),
  output: z.object({ items: z.array(z.object({ id: z.int(), event: z.string(), data: z.record(z.string(), z.json()), at: z.iso.datetime() })) }),
  targets: 'none',
  stream: { topic: (tenantId) => `tenant:${tenantId}` },
  async run(ctx, { after, limit }) {
    const mine = eq(events.tenantId, ctx.tenantId);
    // -1 asks where the stream stands: one entry, from which a reader goes on.
    const query = ctx.db.select().from(events).where(and(mine, gt(events.seq, after)));
    const rows = await (after === -1 ? query.orderBy(desc(events.seq)).limit(1) : query.orderBy(asc(events.seq)).limit(limit));
    return {
      items: rows.map((row) => ({ id: row.seq ?? 0, event: row.type, data: { ...row.data, changeId: row.changeId } as Record<string, never>, at: row.createdAt.toISOString() })),
    };
  },
});
