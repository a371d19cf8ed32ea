import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Labels, MetricName, Unit } from '../rules.ts';
import { Metric, metricView } from '../schemas.ts';
import { keepSample, metricTarget, requireRoom, seriesFor } from '../store.ts';

export const SampleInput = z.object({
  name: MetricName,
  labels: Labels.default({}),
  value: z.number().meta({ title: 'Figure' }),
  unit: Unit.optional().meta({ help: 'The first that is said stays that of the series' }),
});

export const workflowMetricsRecord = defineOperation({
  name: 'workflowMetrics.record',
  summary: 'Keep a figure of a metric',
  description: 'Of now. The name with its labels is a series, which is made where it is not there. Workflows keep figures with the node Monitoring.',
  permission: 'workflowMetrics:write',
  risk: 'write',
  route: { method: 'POST', path: '/workflow-metrics' },
  input: SampleInput,
  output: Metric,
  async targets(ctx, sample) {
    const known = await seriesFor(ctx, sample);
    return [metricTarget(known ?? { id: 'new', name: sample.name })];
  },
  async plan(ctx, sample) {
    const known = await seriesFor(ctx, sample);
    await requireRoom(ctx, known, sample);
    const { name, value, unit } = sample;
    return {
      summary: `Keep ${value}${unit === undefined ? '' : ` ${unit}`} of metric ${name}`,
      changes: [{ action: known ? 'update' : 'create', type: 'workflowMetric', ...(known ? { id: known.id } : {}), name, fields: [{ path: 'lastValue', before: known?.lastValue ?? null, after: value }] }],
    };
  },
  run: async (ctx, sample) => metricView(await keepSample(ctx, sample, ctx.now())),
}); // prettier-ignore
