import { bigint, customType, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { tenantTable } from '#kernel/database.ts';
import type { Scope } from '#kernel/scope.ts';
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
