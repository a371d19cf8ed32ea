import { z } from 'zod';
import { isUuid } from '#kernel/database.ts';
import { and, desc, lt } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { Problem } from '#kernel/problem.ts';
import { withinReach } from '#kernel/scope.ts';
import { executions } from '../../engine/tables.ts';
import { workflows } from '../../tables.ts';
import { wantedBy } from '../filter.ts';
import { foundColumns, ofWorkflow, openWaits, rollbacksOf, scopedColumns } from '../find.ts';
import { executionFilter, ExecutionSummary } from '../schemas.ts';
import { summaryView } from '../views.ts';

export const executionsList = defineOperation({
  name: 'executions.list',
  summary: 'List executions of workflows',
  description: 'The newest first, of one workflow or of all that your grants reach.',
  permission: 'executions:read',
  risk: 'read',
  aliases: [{ method: 'GET', path: '/workflows/{workflowId}/executions' }],
  input: z.object({ ...executionFilter, ...pageInput }),
  output: pageOf(ExecutionSummary),
  targets: 'filter',
  async run(ctx, { cursor, limit, ...filter }) {
    const before = decodeCursor(cursor, 1)?.[0];
    if (before !== undefined && !isUuid(String(before))) throw new Problem('cursor-invalid', 'The cursor is not one that this list gave out. Start again without it.'); // prettier-ignore
    const rows = await ctx.db
      .select(foundColumns)
      .from(executions)
      .innerJoin(workflows, ofWorkflow)
      .where(and(wantedBy(ctx, filter), withinReach(ctx.reach, scopedColumns), before === undefined ? undefined : lt(executions.id, String(before))))
      .orderBy(desc(executions.id))
      .limit(limit + 1);
    const asleep = rows.filter(({ execution: { status } }) => status === 'waiting' || status === 'paused').map(({ execution: { id } }) => id);
    const waits = Map.groupBy(await openWaits(ctx, asleep), ({ executionId }) => executionId);
    const rollbacks = await rollbacksOf(ctx, rows.map(({ execution: { id } }) => id)); // prettier-ignore
    return toPage(rows, limit, ({ execution: { id } }) => [id], (row) => summaryView(row, ctx, { waits: waits.get(row.execution.id) ?? [], rollback: rollbacks.get(row.execution.id) })); // prettier-ignore
  },
});
