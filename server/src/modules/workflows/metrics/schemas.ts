import { z } from 'zod';
import { Labels } from './rules.ts';
import type { MetricRow } from './tables.ts';

export const metricId = z.uuid().meta({ title: 'Metric', help: 'Id of the series' });

export const Metric = z
  .object({
    id: z.uuid(),
    name: z.string(),
    labels: Labels,
    unit: z.string().nullable(),
    lastValue: z.number(),
    lastAt: z.iso.datetime(),
    samples: z.int().meta({ help: 'How many are kept' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'WorkflowMetric', help: 'A series: one name with its labels' });

export const metricView = ({ id, name, labels, unit, lastValue, lastAt, samples, createdAt }: MetricRow): z.input<typeof Metric> => ({
  id, name, labels, unit, lastValue, lastAt: lastAt.toISOString(), samples, createdAt: createdAt.toISOString(),
}); // prettier-ignore

/** Null in all of them where there is no sample. */
export const Figures = z
  .object({
    series: z.int().meta({ help: 'How many have samples in the window' }),
    count: z.int().meta({ help: 'Samples in the window' }),
    last: z.number().nullable(),
    lastAt: z.iso.datetime().nullable(),
    avg: z.number().nullable(),
    min: z.number().nullable(),
    max: z.number().nullable(),
    sum: z.number().nullable(),
  })
  .meta({ id: 'WorkflowMetricFigures' });

export const Points = z
  .object({
    metric: Metric,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepSeconds: z.int(),
    points: z
      .array(z.object({ at: z.iso.datetime(), avg: z.number(), min: z.number(), max: z.number(), count: z.int() }))
      .meta({ help: 'One for each step in which there are samples, at the beginning of the step; the first may begin before the range does' }),
  })
  .meta({ id: 'WorkflowMetricPoints' });
