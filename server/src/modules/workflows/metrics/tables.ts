import { doublePrecision, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Labels } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

export const metrics = tenantTable('workflow_metrics', {
  name: text('name').notNull(),
  labels: jsonb('labels').$type<Labels>().notNull(),
  labelsKey: text('labels_key').notNull(),
  unit: text('unit'),
  lastValue: doublePrecision('last_value').notNull(),
  lastAt: at('last_at').notNull(),
  samples: integer('samples').notNull(),
});
export type MetricRow = typeof metrics.$inferSelect;

export const metricSamples = tenantTable('workflow_metric_samples', {
  metricId: uuid('metric_id').notNull(),
  at: at('at').notNull(),
  value: doublePrecision('value').notNull(),
});
