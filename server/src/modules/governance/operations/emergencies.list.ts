import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, eq, isNotNull, isNull, lt, or } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { Emergency } from '../emergency/schemas.ts';
import { emergencyView } from '../emergency/view.ts';
import { changes, emergencies } from '../tables.ts';
import { reachOf } from '../view.ts';
import { changesWithin } from '../visible.ts';

export const emergenciesList = defineOperation({
  name: 'emergencies.list',
  summary: 'List emergencies',
  description: 'Changes that skipped approvals and time windows, the newest first, with what was said of each afterwards.',
  permission: 'changes:read',
  risk: 'read',
  input: z.object({
    review: z.enum(['open', 'done']).optional().meta({ title: 'Review', help: 'Open: nobody independent has reviewed it yet' }),
    ...pageInput,
  }),
  output: pageOf(Emergency),
  targets: 'filter',
  async run(ctx, { review, cursor, limit }) {
    const before = decodeCursor(cursor, 1);
    if (before && !isUuid(String(before[0])))
      throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.');
    const deciding = await reachOf(ctx, 'approvals:decide', 'high');
    const within = changesWithin(ctx.reach);
    const rows = await ctx.db
      .select({ row: emergencies, change: changes })
      .from(emergencies)
      .innerJoin(changes, and(eq(changes.tenantId, emergencies.tenantId), eq(changes.id, emergencies.changeId)))
      .where(
        and(
          eq(emergencies.tenantId, ctx.tenantId),
          within && or(within, eq(changes.requesterId, ctx.actor.id)),
          review === 'open' ? isNull(emergencies.reviewedAt) : review === 'done' ? isNotNull(emergencies.reviewedAt) : undefined,
          before && lt(emergencies.id, String(before[0])),
        ),
      )
      .orderBy(desc(emergencies.id))
      .limit(limit + 1);
    return toPage(rows, limit, ({ row }) => [row.id], ({ row, change }) => emergencyView(change, row, ctx.actor, deciding, ctx.now())); // prettier-ignore
  },
});
