import type { Answer, Item } from '#lib/answers.ts';

/** A series: one name with its labels. */
export type Metric = Item<'workflowMetrics.list'>;
/** What one was, step by step. */
export type MetricPoints = Answer<'workflowMetrics.samples'>;
