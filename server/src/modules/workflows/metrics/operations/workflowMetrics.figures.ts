import { z } from 'zod';
import { defineOperation } from '#kernel/operation.ts';
import { Labels, MetricName, windowSeconds } from '../rules.ts';
import { Figures } from '../schemas.ts';
import { figuresOf } from '../store.ts';

export const workflowMetricsFigures = defineOperation({
  name: 'workflowMetrics.figures',
  summary: 'Show what metrics of a name come to now',
  description:
    'Over all series of the name that have these labels, and perhaps others: what was kept last, and average, least, most and sum of the samples in the window that ends now.',
  permission: 'workflowMetrics:read',
  risk: 'read',
  route: { method: 'POST', path: '/workflow-metrics/figures' },
  input: z.object({
    name: MetricName,
    labels: Labels.default({}),
    windowSeconds: windowSeconds.default(300).meta({ title: 'Window, in seconds' }),
  }),
  output: Figures,
  targets: 'filter',
  run: (ctx, { windowSeconds: seconds, ...wanted }) => figuresOf(ctx, wanted, new Date(ctx.now().getTime() - seconds * 1_000)),
});
