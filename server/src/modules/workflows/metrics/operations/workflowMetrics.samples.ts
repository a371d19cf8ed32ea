import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Problem } from '#kernel/problem.ts';
import { KEPT_DAYS, MOST_POINTS, rangeOf } from '../rules.ts';
import { metricId, metricView, Points } from '../schemas.ts';
import { findMetric, oneMetric, pointsOf } from '../store.ts';

export const workflowMetricsSamples = defineOperation({
  name: 'workflowMetrics.samples',
  summary: 'Show what a metric was',
  description: `Average, least and most of each step between two times, at most ${MOST_POINTS} of them; without times the last day. Samples are kept ${KEPT_DAYS} days.`,
  permission: 'workflowMetrics:read',
  risk: 'read',
  route: { method: 'GET', path: '/workflow-metrics/{id}/samples' },
  input: z.object({
    id: metricId,
    from: z.iso.datetime().optional().meta({ title: 'From', help: 'A day before the end when left out' }),
    to: z.iso.datetime().optional().meta({ title: 'To', help: 'Not included; now when left out' }),
    step: z.coerce.number().int().min(1).max(31_622_400).optional().meta({ title: 'Step, in seconds', help: 'Some 200 steps when left out' }),
  }),
  output: Points,
  targets: oneMetric,
  async run(ctx, { id, ...said }) {
    const range = rangeOf(said, ctx.now());
    if ('pointer' in range)
      throw new Problem('validation-failed', `workflowMetrics.samples: ${range.pointer} ${range.message}.`, { errors: [range] });
    const { from, to, stepSeconds } = range;
    const points = await pointsOf(ctx, id, range);
    return { metric: metricView(await findMetric(ctx, id)), from: from.toISOString(), to: to.toISOString(), stepSeconds, points };
  },
});
