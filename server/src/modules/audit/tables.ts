import { boolean, integer, jsonb, pgTable, real, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AuditEntry } from '#kernel/gate-steps.ts';
import type { Risk, Surface, Target } from '#kernel/operation.ts';

export const auditEntries = pgTable('audit_entries', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  decisionId: uuid('decision_id').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
  actorKind: text('actor_kind').notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  actorEmail: text('actor_email'),
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
  requestId: text('request_id').notNull(),
  comment: text('comment'),
  durationMs: real('duration_ms').notNull(),
  timings: jsonb('timings').$type<Record<string, number>>().notNull(),
  sensitive: boolean('sensitive').notNull(),
  occurrences: integer('occurrences').notNull().default(1),
});
export type AuditRow = typeof auditEntries.$inferSelect;
