import { z } from 'zod';
import { and, asc, eq, gt, or, sql } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { decodeCursor, pageInput, pageOf, toPage } from '#kernel/page.ts';
import { withinReach } from '#kernel/scope.ts';
import { Metric, metricView } from '../schemas.ts';
import { metrics } from '../tables.ts';

export const workflowMetricsList = defineOperation({
  name: 'workflowMetrics.list',
  summary: 'List metrics that workflows keep',
  description: 'A series for each name with its labels, with the figure that was kept last. By name.',
  permission: 'workflowMetrics:read',
  risk: 'read',
  input: z.object({ q: z.string().min(1).max(80).optional().meta({ title: 'Search', help: 'Part of the name' }), ...pageInput }),
  output: pageOf(Metric),
  targets: 'filter',
  async run({ db, tenantId, reach }, { q, cursor, limit }) {
    const after = decodeCursor(cursor, 2);
    const rows = await db
      .select()
      .from(metrics)
      .where(
        and(
          eq(metrics.tenantId, tenantId),
          q === undefined ? undefined : sql`position(${q.toLowerCase()} in lower(${metrics.name})) > 0`,
          after && or(gt(metrics.name, String(after[0])), and(eq(metrics.name, String(after[0])), gt(metrics.labelsKey, String(after[1])))),
          withinReach(reach, { type: 'workflowMetric', id: metrics.id }),
        ),
      )
      .orderBy(asc(metrics.name), asc(metrics.labelsKey))
      .limit(limit + 1);
    return toPage(rows, limit, ({ name, labelsKey }) => [name, labelsKey], metricView);
  },
});
