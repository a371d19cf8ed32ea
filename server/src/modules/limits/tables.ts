import { integer, text } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { SubjectKind } from './quotas.ts';

export const limitOverrides = tenantTable('limit_overrides', {
  kind: text('kind').$type<SubjectKind>().notNull(),
  subject: text('subject').notNull(),
  perMinute: integer('per_minute'),
  perHour: integer('per_hour'),
  perDay: integer('per_day'),
  version: integer('version').notNull().default(1),
});
export type OverrideRow = typeof limitOverrides.$inferSelect;
