import { z } from 'zod';
import { and, asc, eq, gt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { ChangeId } from '../schemas.ts';
import { changeLog } from '../tables.ts';
import { loadChange, visibleChange } from '../target.ts';

export const changesLog = defineOperation({
  name: 'changes.log',
  summary: 'Read the live log of a Change',
  description: 'States, steps, progress and log lines in order. `GET /changes/{id}/events` sends the same as they happen.',
  permission: 'changes:read',
  risk: 'read',
  route: { method: 'GET', path: '/changes/{id}/log' },
  input: z.object({ id: ChangeId, after: z.coerce.number().int().min(0).default(0).meta({ title: 'After', help: 'Number of the last entry you have' }), limit: z.coerce.number().int().min(1).max(500).default(200).meta({ title: 'Page size' }) }), // prettier-ignore
  output: z.object({
    items: z.array(
      z.object({ id: z.int(), event: z.enum(['state', 'step', 'progress', 'log']), data: z.record(z.string(), z.json()), at: z.iso.datetime() }),
    ),
  }),
  targets: visibleChange,
  async run(ctx, { id, after, limit }) {
    const change = await loadChange(ctx, id);
    const rows = await ctx.db
      .select()
      .from(changeLog)
      .where(and(eq(changeLog.tenantId, ctx.tenantId), eq(changeLog.changeId, change.id), gt(changeLog.seq, after)))
      .orderBy(asc(changeLog.seq))
      .limit(limit);
    return {
      items: rows.map((row) => ({
        id: row.seq ?? 0,
        event: row.event as 'log',
        data: row.data as Record<string, never>,
        at: row.createdAt.toISOString(),
      })),
    };
  },
});
