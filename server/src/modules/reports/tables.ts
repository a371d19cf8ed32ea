import { bigint, boolean, customType, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Scope } from '#kernel/scope.ts';
import type { Covers } from './schedules/cron.ts';
import type { Filters } from './schemas.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export type Format = 'json' | 'csv' | 'ndjson' | 'pdf';

/** What a report holds and rests on, signed. */
export interface Manifest {
  kind: string;
  format: Format;
  from: string;
  to: string;
  filters: Filters;
  cutoff: string;
  /** Scopes that the rows lie in. */
  reach: Scope[];
  rows: number;
  bytes: number;
  sha256: string;
  keyId: string;
  signature: string;
}

export const reports = tenantTable('reports', {
  kind: text('kind').notNull(),
  format: text('format').$type<Format>().notNull(),
  from: time('range_from').notNull(),
  to: time('range_to').notNull(),
  filters: jsonb('filters').$type<Filters>().notNull(),
  cutoff: time('cutoff').notNull(),
  reach: jsonb('reach').$type<Scope[]>().notNull(),
  state: text('state').$type<'waiting' | 'running' | 'done' | 'failed'>().notNull(),
  filename: text('filename').notNull(),
  rows: bigint('rows', { mode: 'number' }).notNull().default(0),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  sha256: text('sha256'),
  manifest: jsonb('manifest').$type<Manifest>(),
  problem: text('problem'),
  requestedBy: text('requested_by').notNull(),
  requestedByName: text('requested_by_name').notNull(),
  endedAt: time('ended_at'),
  expiresAt: time('expires_at').notNull(),
});
export type ReportRow = typeof reports.$inferSelect;

export const reportParts = pgTable(
  'report_parts',
  {
    tenantId: uuid('tenant_id').notNull(),
    reportId: uuid('report_id').notNull(),
    number: integer('number').notNull(),
    data: bytea('data').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.reportId, table.number] })],
);

export const reportPictures = tenantTable('report_pictures', {
  key: text('key').notNull(),
  rows: integer('rows').notNull(),
  data: bytea('data').notNull(),
  expiresAt: time('expires_at').notNull(),
});

export const reportSchedules = tenantTable('report_schedules', {
  name: text('name').notNull(),
  kind: text('kind').notNull(),
  format: text('format').$type<Format>().notNull(),
  filters: jsonb('filters').$type<Filters>().notNull(),
  covers: text('covers').$type<Covers>().notNull(),
  cron: text('cron').notNull(),
  zone: text('zone').notNull(),
  recipients: uuid('recipients').array().notNull(),
  enabled: boolean('enabled').notNull(),
  ownerId: uuid('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
  nextAt: time('next_at'),
  version: integer('version').notNull().default(1),
});
export type ScheduleRow = typeof reportSchedules.$inferSelect;

export const scheduleRuns = tenantTable('report_schedule_runs', {
  scheduleId: uuid('schedule_id').notNull(),
  dueAt: time('due_at').notNull(),
  state: text('state').$type<'running' | 'done' | 'failed'>().notNull(),
  attempts: integer('attempts').notNull().default(1),
  reportId: uuid('report_id'),
  told: integer('told').notNull().default(0),
  problem: text('problem'),
  endedAt: time('ended_at'),
});
export type RunRow = typeof scheduleRuns.$inferSelect;
