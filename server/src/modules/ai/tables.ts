import type { Purpose } from '#kernel/ai.ts';
import { bigint, boolean, date, integer, jsonb, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Script } from './script.ts';

const whole = (name: string) => bigint(name, { mode: 'number' });

export const PROVIDER_KINDS = ['openai', 'anthropic', 'google', 'azure', 'cohere', 'compatible', 'mock'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];
export type ModelKind = 'chat' | 'embedding';
export type Period = 'day' | 'month';

export const providers = tenantTable('ai_providers', {
  name: text('name').notNull(),
  kind: text('kind').$type<ProviderKind>().notNull(),
  label: text('label').notNull(),
  baseUrl: text('base_url'),
  region: text('region'),
  apiKey: text('api_key'),
  enabled: boolean('enabled').notNull().default(true),
  confidential: boolean('confidential').notNull().default(false),
  timeoutSeconds: integer('timeout_seconds').notNull().default(120),
  script: jsonb('script').$type<Script>(),
  version: integer('version').notNull().default(1),
});
export type ProviderRow = typeof providers.$inferSelect;

export const models = tenantTable('ai_models', {
  providerId: uuid('provider_id').notNull(),
  model: text('model').notNull(),
  kind: text('kind').$type<ModelKind>().notNull(),
  label: text('label').notNull(),
  context: integer('context'),
  inputPrice: whole('input_price'),
  outputPrice: whole('output_price'),
  enabled: boolean('enabled').notNull().default(true),
});
export type ModelRow = typeof models.$inferSelect;

export const settings = tenantTable('ai_settings', {
  defaults: jsonb('defaults').$type<Partial<Record<Purpose, string>>>().notNull().default({}),
  forbiddenKinds: text('forbidden_kinds').array().$type<ProviderKind[]>().notNull().default([]),
  regions: text('regions').array().notNull().default([]),
  budgetsRequired: boolean('budgets_required').notNull().default(false),
  version: integer('version').notNull().default(1),
});

export const budgets = tenantTable('ai_budgets', {
  workflowId: uuid('workflow_id'),
  period: text('period').$type<Period>().notNull(),
  tokens: whole('tokens'),
  cost: whole('cost'),
});
export type BudgetRow = typeof budgets.$inferSelect;

export const usage = tenantTable('ai_usage', {
  day: date('day').notNull(),
  model: text('model').notNull(),
  purpose: text('purpose').$type<Purpose>().notNull(),
  workflowId: uuid('workflow_id'),
  inputTokens: whole('input_tokens').notNull().default(0),
  outputTokens: whole('output_tokens').notNull().default(0),
  cost: whole('cost').notNull().default(0),
  calls: integer('calls').notNull().default(0),
});

export const reservations = tenantTable('ai_reservations', {
  workflowId: uuid('workflow_id'),
  model: text('model').notNull(),
  purpose: text('purpose').$type<Purpose>().notNull(),
  /** In and out. */
  tokens: whole('tokens').notNull(),
  outputTokens: whole('output_tokens').notNull(),
  cost: whole('cost').notNull(),
  accounts: uuid('accounts').array().notNull(),
  expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
});
export type ReservationRow = typeof reservations.$inferSelect;

export const accounts = tenantTable('ai_accounts', {
  name: text('name').notNull(),
  above: uuid('above').array().notNull(),
  tokensMost: whole('tokens_most'),
  costMost: whole('cost_most'),
  tokens: whole('tokens').notNull().default(0),
  cost: whole('cost').notNull().default(0),
});
export type AccountRow = typeof accounts.$inferSelect;
