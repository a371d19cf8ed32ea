import { bigint, boolean, customType, integer, jsonb, pgTable, real, text, timestamp, uuid } from 'drizzle-orm/pg-core';
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
