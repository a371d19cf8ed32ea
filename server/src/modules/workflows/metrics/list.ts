import type { AnyOperation } from '#kernel/operation.ts';
import { workflowMetricsDelete } from './operations/workflowMetrics.delete.ts';
import { workflowMetricsFigures } from './operations/workflowMetrics.figures.ts';
import { workflowMetricsList } from './operations/workflowMetrics.list.ts';
import { workflowMetricsRecord } from './operations/workflowMetrics.record.ts';
import { workflowMetricsSamples } from './operations/workflowMetrics.samples.ts';

/** Figures that workflows keep and look at. */
export const metricOperations: readonly AnyOperation[] = [
  workflowMetricsList,
  workflowMetricsSamples,
  workflowMetricsFigures,
  workflowMetricsRecord,
  workflowMetricsDelete,
];
