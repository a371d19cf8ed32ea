import { bigint, boolean, integer, jsonb, smallint, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Outcome } from './rules.ts';

const at = (name: string) => timestamp(name, { withTimezone: true });

/** `unproven`: has to answer a challenge before it hears of anything. `failing`: gets probes only. `disabled`: nothing is kept for it. */
export const WEBHOOK_STATES = ['unproven', 'active', 'paused', 'failing', 'disabled'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export const webhooks = tenantTable('webhooks', {
  name: text('name').notNull(),
  description: text('description'),
  url: text('url').notNull(),
  events: text('events').array().notNull(),
  environments: text('environments').array().notNull().default([]),
  labels: jsonb('labels').$type<Record<string, string>>().notNull().default({}),
  redact: text('redact').array().notNull().default([]),
  headerNames: text('header_names').array().notNull().default([]),
  /** JSON of the headers by name; null without any. */
  headersSealed: text('headers_sealed'),
  rate: integer('rate').notNull(),
  ordered: boolean('ordered').notNull().default(false),
  challenge: boolean('challenge').notNull().default(false),
  state: text('state').$type<WebhookState>().notNull(),
  stateReason: text('state_reason'),
  stateAt: at('state_at').notNull().defaultNow(),
  secretSealed: text('secret_sealed').notNull(),
  secretSetAt: at('secret_set_at').notNull().defaultNow(),
  previousSealed: text('previous_sealed'),
  previousUntil: at('previous_until'),
  apiVersion: text('api_version').notNull(),
  createdBy: text('created_by').notNull(),
  createdByName: text('created_by_name').notNull(),
  version: integer('version').notNull().default(1),
});
export type WebhookRow = typeof webhooks.$inferSelect;

export const lanes = tenantTable('webhook_lanes', {
  dueAt: at('due_at'),
  holder: uuid('holder'),
  heldUntil: at('held_until'),
  slots: smallint('slots').notNull().default(0),
  earned: smallint('earned').notNull().default(1),
  servedAt: at('served_at').notNull().defaultNow(),
  closedUntil: at('closed_until'),
  failures: integer('failures').notNull().default(0),
  failedAt: at('failed_at'),
  failingSince: at('failing_since'),
});
export type LaneRow = typeof lanes.$inferSelect;

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const deliveries = tenantTable('webhook_deliveries', {
  webhookId: uuid('webhook_id').notNull(),
  eventId: uuid('event_id').notNull(),
  type: text('type').notNull(),
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  occurredAt: at('occurred_at').notNull(),
  state: text('state').$type<DeliveryState>().notNull(),
  isTest: boolean('is_test').notNull().default(false),
  attempts: smallint('attempts').notNull().default(0),
  round: smallint('round').notNull().default(0),
  nextAt: at('next_at'),
  status: smallint('status'),
  code: text('code'),
  settledAt: at('settled_at'),
  replayedAt: at('replayed_at'),
});
export type DeliveryRow = typeof deliveries.$inferSelect;

export const payloads = tenantTable('webhook_payloads', { body: text('body').notNull() });

export const attempts = tenantTable('webhook_attempts', {
  deliveryId: uuid('delivery_id').notNull(),
  webhookId: uuid('webhook_id').notNull(),
  number: smallint('number').notNull(),
  at: at('at').notNull(),
  ms: integer('ms').notNull(),
  outcome: text('outcome').$type<Outcome>().notNull(),
  status: smallint('status'),
  error: text('error'),
  url: text('url').notNull(),
  requestHeaders: jsonb('request_headers').$type<Record<string, string>>().notNull(),
  responseHeaders: jsonb('response_headers').$type<Record<string, string>>(),
  responseBody: text('response_body'),
});
export type AttemptRow = typeof attempts.$inferSelect;

export const replays = tenantTable('webhook_replays', {
  webhookId: uuid('webhook_id').notNull(),
  from: at('range_from').notNull(),
  to: at('range_to').notNull(),
  onlyFailed: boolean('only_failed').notNull(),
  lastId: uuid('last_id'),
  replayed: integer('replayed').notNull().default(0),
  skipped: integer('skipped').notNull().default(0),
  endedAt: at('ended_at'),
  createdBy: text('created_by').notNull(),
});
export type ReplayRow = typeof replays.$inferSelect;
