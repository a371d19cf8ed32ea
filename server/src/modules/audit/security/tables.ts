import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from '#kernel/columns.ts';
import type { RuleAction, RuleSeverity } from './rules.ts';

export const STATES = ['new', 'acknowledged', 'investigating', 'resolved', 'false_positive'] as const;
export type EventState = (typeof STATES)[number];
/** Those that take further sightings in. */
export const OPEN: readonly EventState[] = ['new', 'acknowledged', 'investigating'];

export const securityEvents = pgTable('security_events', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  rule: text('rule').notNull(),
  severity: text('severity').$type<RuleSeverity>().notNull(),
  state: text('state').$type<EventState>().notNull(),
  groupKey: text('group_key').notNull(),
  actorId: text('actor_id'),
  actorName: text('actor_name'),
  ip: text('ip'),
  facts: jsonb('facts').$type<Record<string, string | number | boolean | null>>().notNull(),
  count: integer('count').notNull(),
  firstAt: timestamp('first_at', { withTimezone: true }).notNull(),
  lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
  action: text('action').$type<RuleAction>().notNull(),
  note: text('note'),
  decidedBy: text('decided_by'),
  decidedByName: text('decided_by_name'),
  decidedAt: timestamp('decided_at', { withTimezone: true }),
  version: integer('version').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
export type SecurityEventRow = typeof securityEvents.$inferSelect;

export const sightings = pgTable('security_sightings', {
  tenantId: uuid('tenant_id').notNull(),
  sourceId: uuid('source_id').notNull(),
  rule: text('rule').notNull(),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

export const ruleSettings = pgTable('security_rules', {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
  rule: text('rule').notNull(),
  enabled: boolean('enabled').notNull(),
  count: integer('count').notNull(),
  windowSeconds: integer('window_seconds').notNull(),
  severity: text('severity').$type<RuleSeverity>().notNull(),
  action: text('action').$type<RuleAction>().notNull(),
  version: integer('version').notNull().default(1),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
export type RuleSettings = typeof ruleSettings.$inferSelect;
