import { boolean, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Risk } from '#kernel/operation.ts';
import type { Effect, EngineFacts, Phase } from './engine/index.ts';
import type { KeptRuling } from './kept.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });
/** Key and time of rows that are written once. */
const once = {
  tenantId: uuid('tenant_id').notNull(),
  id: uuid('id').notNull(),
};

/** Who did something, as it is kept beside what they did. */
export interface By {
  kind: string;
  id: string;
  name: string;
  /** The person behind a service account. */
  ownerId?: string | undefined;
}

export const policySets = tenantTable('policy_sets', {
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  owner: text('owner'),
  team: text('team'),
  version: integer('version').notNull().default(1),
  active: integer('active'),
  candidate: integer('candidate'),
  trial: text('trial', { enum: ['shadow', 'percentage'] }),
  percent: smallint('percent'),
  trialUntil: time('trial_until'),
  retiredAt: time('retired_at'),
});
export type SetRow = typeof policySets.$inferSelect;

export const policyVersions = pgTable('policy_versions', {
  ...once,
  setId: uuid('set_id').notNull(),
  number: integer('number').notNull(),
  document: text('document').notNull(),
  hash: text('hash').notNull(),
  message: text('message').notNull(),
  author: jsonb('author').$type<By>().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});
export type VersionRow = typeof policyVersions.$inferSelect;

export const policyActivations = pgTable('policy_activations', {
  ...once,
  setId: uuid('set_id').notNull(),
  number: integer('number'),
  mode: text('mode', { enum: ['now', 'shadow', 'percentage', 'ended', 'retired'] }).notNull(),
  percent: smallint('percent'),
  until: time('until'),
  replaced: integer('replaced'),
  changeId: uuid('change_id'),
  by: jsonb('by').$type<By>().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});
export type ActivationRow = typeof policyActivations.$inferSelect;

export const policyExemptions = tenantTable('policy_exemptions', {
  policies: text('policies').array().notNull(),
  users: text('users').array(),
  resources: text('resources').array(),
  reason: text('reason').notNull(),
  validUntil: time('valid_until').notNull(),
  changeId: uuid('change_id'),
  createdBy: jsonb('created_by').$type<By>().notNull(),
  revokedAt: time('revoked_at'),
  revokedBy: jsonb('revoked_by').$type<By>(),
});
export type ExemptionRow = typeof policyExemptions.$inferSelect;

export const calendars = tenantTable('calendars', {
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  timezone: text('timezone').notNull().default('UTC'),
  version: integer('version').notNull().default(1),
});
export type CalendarRow = typeof calendars.$inferSelect;

export const calendarEntries = tenantTable('calendar_entries', {
  calendarId: uuid('calendar_id').notNull(),
  title: text('title').notNull(),
  note: text('note').notNull().default(''),
  startsAt: time('starts_at').notNull(),
  endsAt: time('ends_at').notNull(),
});
export type EntryRow = typeof calendarEntries.$inferSelect;

export const policyDecisions = pgTable('policy_decisions', {
  ...once,
  decisionId: uuid('decision_id').notNull(),
  at: time('at').notNull(),
  operation: text('operation').notNull(),
  risk: text('risk').$type<Risk>().notNull(),
  actorId: text('actor_id').notNull(),
  phase: text('phase').$type<Phase>().notNull(),
  effect: text('effect').$type<Effect>().notNull(),
  dryRun: boolean('dry_run').notNull(),
  facts: jsonb('facts').$type<EngineFacts>().notNull(),
  ruling: jsonb('ruling').$type<KeptRuling>().notNull(),
});
export type DecisionRow = typeof policyDecisions.$inferSelect;

export const policyShadowDifferences = pgTable('policy_shadow_differences', {
  ...once,
  setId: uuid('set_id').notNull(),
  number: integer('number').notNull(),
  decisionId: uuid('decision_id').notNull(),
  at: time('at').notNull(),
  operation: text('operation').notNull(),
  actorId: text('actor_id').notNull(),
  phase: text('phase').$type<Phase>().notNull(),
  active: jsonb('active').$type<KeptRuling>().notNull(),
  candidate: jsonb('candidate').$type<KeptRuling>().notNull(),
});

export const policyCounters = pgTable(
  'policy_counters',
  {
    tenantId: uuid('tenant_id').notNull(),
    key: text('key').notNull(),
    windowStart: time('window_start').notNull(),
    used: integer('used').notNull(),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key, table.windowStart] })],
);

export const policyDryRuns = pgTable(
  'policy_dry_runs',
  {
    tenantId: uuid('tenant_id').notNull(),
    actorId: text('actor_id').notNull(),
    operation: text('operation').notNull(),
    inputHash: text('input_hash').notNull(),
    at: time('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.actorId, table.operation, table.inputHash] })],
);
