import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Graph, Json, NodeSettings, WorkflowSettings } from './graph.ts';
import type { Edit } from './model/edits.ts';
import type { Assertion, TestResult } from './schemas.ts';
import type { Report } from './validation/index.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** Who did something, as they were called then. */
export interface Author {
  kind: string;
  id: string;
  name: string;
}

export const WORKFLOW_STATUSES = ['draft', 'active', 'paused', 'archived'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

export const workflows = tenantTable('workflows', {
  name: text('name').notNull(),
  slug: text('slug').notNull(),
  description: text('description'),
  icon: text('icon'),
  tags: text('tags').array().notNull().default([]),
  folder: text('folder'),
  status: text('status').$type<WorkflowStatus>().notNull(),
  draft: jsonb('draft').$type<Graph>().notNull(),
  revision: integer('revision').notNull().default(1),
  settings: jsonb('settings').$type<WorkflowSettings>().notNull(),
  lastVersion: integer('last_version').notNull().default(0),
  activeVersion: integer('active_version'),
  environment: text('environment'),
  labels: jsonb('labels').$type<Record<string, string>>().notNull().default({}),
  serviceAccountId: uuid('service_account_id'),
  template: text('template'),
  ownerId: uuid('owner_id').notNull(),
  ownerName: text('owner_name').notNull(),
  createdBy: jsonb('created_by').$type<Author>().notNull(),
  updatedBy: jsonb('updated_by').$type<Author>().notNull(),
  deletedAt: time('deleted_at'),
});
export type WorkflowRow = typeof workflows.$inferSelect;

export const workflowEdits = tenantTable('workflow_edits', {
  workflowId: uuid('workflow_id').notNull(),
  revision: integer('revision').notNull(),
  ops: jsonb('ops').$type<Edit[]>().notNull(),
  author: jsonb('author').$type<Author>().notNull(),
});

export const workflowNodes = tenantTable('workflow_nodes', {
  workflowId: uuid('workflow_id').notNull(),
  key: text('key').notNull(),
  name: text('name').notNull(),
  type: text('type').notNull(),
  operation: text('operation'),
});

export const nodeConnections = tenantTable('node_connections', {
  workflowId: uuid('workflow_id').notNull(),
  kind: text('kind').notNull(),
  source: uuid('source').notNull(),
  sourcePort: text('source_port').notNull(),
  target: uuid('target').notNull(),
  targetPort: text('target_port').notNull(),
});

export const workflowVersions = tenantTable('workflow_versions', {
  workflowId: uuid('workflow_id').notNull(),
  number: integer('number').notNull(),
  graph: jsonb('graph').$type<Graph>().notNull(),
  settings: jsonb('settings').$type<WorkflowSettings>().notNull(),
  hash: text('hash').notNull(),
  note: text('note'),
  author: jsonb('author').$type<Author>().notNull(),
  serviceAccountId: uuid('service_account_id'),
  publishedAt: time('published_at'),
  validation: jsonb('validation').$type<Report>().notNull(),
  testResult: jsonb('test_result').$type<Record<string, TestResult>>(),
});
export type VersionRow = typeof workflowVersions.$inferSelect;

export const TRIGGER_STATES = ['active', 'paused', 'retired'] as const;

export const workflowTriggers = tenantTable('workflow_triggers', {
  workflowId: uuid('workflow_id').notNull(),
  version: integer('version').notNull(),
  nodeId: uuid('node_id').notNull(),
  /** Mode of the trigger node. */
  kind: text('kind').notNull(),
  config: jsonb('config').$type<Record<string, Json>>().notNull(),
  configHash: text('config_hash').notNull(),
  state: text('state').$type<(typeof TRIGGER_STATES)[number]>().notNull(),
  tokenHash: text('token_hash'),
  oldTokenHash: text('old_token_hash'),
  oldTokenUntil: time('old_token_until'),
  path: text('path'),
  cron: text('cron'),
  timezone: text('timezone'),
  nextRunAt: time('next_run_at'),
  lastRunAt: time('last_run_at'),
  eventTypes: text('event_types').array().notNull().default([]),
});
export type TriggerRow = typeof workflowTriggers.$inferSelect;

export const workflowTests = tenantTable('workflow_tests', {
  workflowId: uuid('workflow_id').notNull(),
  name: text('name').notNull(),
  inputs: jsonb('inputs').$type<Json>().notNull(),
  mocks: jsonb('mocks').$type<Record<string, Json>>().notNull(),
  assertions: jsonb('assertions').$type<Assertion[]>().notNull(),
  enabled: boolean('enabled').notNull().default(true),
  lastResult: jsonb('last_result').$type<TestResult>(),
});
export type TestRow = typeof workflowTests.$inferSelect;

export const workflowTemplates = tenantTable('workflow_templates', {
  name: text('name').notNull(),
  description: text('description').notNull(),
  category: text('category').notNull(),
  icon: text('icon'),
  tags: text('tags').array().notNull().default([]),
  graph: jsonb('graph').$type<Graph>().notNull(),
  settings: jsonb('settings').$type<WorkflowSettings>().notNull(),
  createdBy: jsonb('created_by').$type<Author>().notNull(),
  version: integer('version').notNull().default(1),
});
export type TemplateRow = typeof workflowTemplates.$inferSelect;

export const templateUses = pgTable(
  'workflow_template_uses',
  { tenantId: uuid('tenant_id').notNull(), template: text('template').notNull(), uses: integer('uses').notNull().default(0) },
  (table) => [primaryKey({ columns: [table.tenantId, table.template] })],
);

export const nodeTemplates = tenantTable('node_templates', {
  name: text('name').notNull(),
  description: text('description'),
  type: text('type').notNull(),
  typeVersion: integer('type_version').notNull().default(1),
  config: jsonb('config').$type<Record<string, Json>>().notNull(),
  settings: jsonb('settings').$type<NodeSettings>().notNull().default({}),
  createdBy: jsonb('created_by').$type<Author>().notNull(),
});
export type NodeTemplateRow = typeof nodeTemplates.$inferSelect;
