import { bigint, boolean, customType, integer, jsonb, pgTable, real, text, timestamp, uuid } from '#kernel/columns.ts';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import type { Risk, Surface, Target } from '#kernel/operation.ts';

/** How long an entry is kept: reads of nothing sensitive that were let through, or all else. */
export type Kept = 'reads' | 'evidence';

export const auditEntries = pgTable('audit_entries', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  decisionId: uuid('decision_id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  actorKind: text('actor_kind').notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  actorEmail: text('actor_email'),
  roles: text('roles').array().notNull(),
  credentialId: text('credential_id'),
  ip: text('ip'),
  surface: text('surface').$type<Surface>().notNull(),
  operation: text('operation').notNull(),
  permission: text('permission').notNull(),
  risk: text('risk').$type<Risk>().notNull(),
  result: text('result').$type<AuditEntry['result']>().notNull(),
  reason: jsonb('reason').$type<AuditEntry['reason']>(),
  targets: jsonb('targets').$type<Target[]>().notNull(),
  grantId: text('grant_id'),
  rules: text('rules').array().notNull(),
  inputHash: text('input_hash').notNull(),
  changeId: uuid('change_id'),
  approvalId: text('approval_id'),
  approverIds: text('approver_ids').array().notNull(),
  jobId: text('job_id'),
  requestId: text('request_id').notNull(),
  comment: text('comment'),
  durationMs: real('duration_ms').notNull(),
  timings: jsonb('timings').$type<Record<string, number>>().notNull(),
  sensitive: boolean('sensitive').notNull(),
  occurrences: integer('occurrences').notNull(),
  kept: text('kept').$type<Kept>().notNull(),
});
export type AuditRow = typeof auditEntries.$inferSelect;

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'evidence';
/** What an export holds, signed. */
export interface Manifest {
  format: ExportFormat;
  filters: Record<string, string>;
  cutoff: string;
  rows: number;
  bytes: number;
  sha256: string;
  keyId: string;
  signature: string;
}

export const unsealed = pgTable('audit_unsealed', { tenantId: uuid('tenant_id').notNull(), id: uuid('id').notNull() });

export const segments = pgTable('audit_segments', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  count: integer('count').notNull(),
  minId: uuid('min_id').notNull(),
  maxId: uuid('max_id').notNull(),
  prevHash: bytea('prev_hash').notNull(),
  hash: bytea('hash').notNull(),
  ids: bytea('ids').notNull(),
  kinds: bytea('kinds').notNull(),
  hashes: bytea('hashes').notNull(),
  sealedAt: timestamp('sealed_at', { withTimezone: true }).notNull(),
});
export type SegmentRow = typeof segments.$inferSelect;

export const anchors = pgTable('audit_anchors', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  previous: text('previous').notNull(),
  keyId: text('key_id').notNull(),
  signature: text('signature').notNull(),
});
export type AnchorRow = typeof anchors.$inferSelect;

export const purges = pgTable('audit_purges', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  kept: text('kept').$type<Kept>().notNull(),
  until: timestamp('until', { withTimezone: true }).notNull(),
  removed: bigint('removed', { mode: 'number' }).notNull(),
  keyId: text('key_id').notNull(),
  signature: text('signature').notNull(),
});
export type PurgeRow = typeof purges.$inferSelect;

export const exports = pgTable('audit_exports', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  state: text('state').$type<'waiting' | 'running' | 'done' | 'failed'>().notNull(),
  format: text('format').$type<ExportFormat>().notNull(),
  filters: jsonb('filters').$type<Record<string, string>>().notNull(),
  cutoff: timestamp('cutoff', { withTimezone: true }).notNull(),
  filename: text('filename').notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedByName: text('requested_by_name').notNull(),
  rows: bigint('rows', { mode: 'number' }).notNull().default(0),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  percent: integer('percent').notNull().default(0),
  sha256: text('sha256'),
  manifest: jsonb('manifest').$type<Manifest>(),
  problem: text('problem'),
  endedAt: timestamp('ended_at', { withTimezone: true }),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
export type ExportRow = typeof exports.$inferSelect;

export const exportParts = pgTable('audit_export_parts', {
  tenantId: uuid('tenant_id').notNull(),
  exportId: uuid('export_id').notNull(),
  number: integer('number').notNull(),
  data: bytea('data').notNull(),
});
