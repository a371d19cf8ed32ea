import { z } from 'zod';
import { and, eq } from '#kernel/drizzle.ts';
import { defineOperation } from '#kernel/operation.ts';
import { metricId } from '../schemas.ts';
import { findMetric, oneMetric } from '../store.ts';
import { metrics } from '../tables.ts';

export const workflowMetricsDelete = defineOperation({
  name: 'workflowMetrics.delete',
  summary: 'Delete a metric with its samples',
  permission: 'workflowMetrics:manage',
  risk: 'high',
  input: z.object({ id: metricId }),
  output: z.object({ id: z.uuid() }),
  targets: oneMetric,
  async plan(ctx, { id }) {
    const { name, samples } = await findMetric(ctx, id);
    return {
      summary: `Delete metric ${name}`,
      changes: [{ action: 'delete', type: 'workflowMetric', id, name }],
      dataLoss: `${samples} samples`,
      warnings: ['Workflows that look at it find nothing until it is kept again.'],
    };
  },
  async run(ctx, { id }) {
    await findMetric(ctx, id);
    await ctx.db.delete(metrics).where(and(eq(metrics.tenantId, ctx.tenantId), eq(metrics.id, id)));
    return { id };
  },
});
