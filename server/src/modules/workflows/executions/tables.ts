import { bigint, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from '#kernel/columns.ts';
import type { Actor } from '#kernel/context.ts';
import { tenantTable } from '#kernel/database.ts';
import type { Json } from '../graph.ts';
import type { RollbackState } from './rules.ts';

const time = (name: string) => timestamp(name, { withTimezone: true });

/** How a plan was asked for, so that it is carried out the same way. */
export interface PlanOptions {
  triggerNode?: string | undefined;
  priority?: 'low' | 'normal' | 'high' | 'critical' | undefined;
  tags?: string[] | undefined;
  correlationId?: string | undefined;
}

export const workflowPlans = tenantTable('workflow_plans', {
  workflowId: uuid('workflow_id').notNull(),
  version: integer('version'),
  inputs: jsonb('inputs').$type<Json>().notNull(),
  options: jsonb('options').$type<PlanOptions>().notNull(),
  executionId: uuid('execution_id').notNull(),
  requestedBy: jsonb('requested_by').$type<{ kind: string; id: string; name: string }>().notNull(),
  requestedById: text('requested_by_id').notNull(),
  expiresAt: time('expires_at').notNull(),
});
export type PlanRow = typeof workflowPlans.$inferSelect;

/** A Change as a rollback tells of it. */
export interface UndoneChange {
  id: string;
  number: string;
  operation: string;
  summary: string;
  /** The Change that undid it, or why it stays. */
  by?: string;
  reason?: string;
}

/** Its id is that of the execution. */
export const executionRollbacks = tenantTable('execution_rollbacks', {
  state: text('state').$type<Exclude<RollbackState, 'none'>>().notNull(),
  changeId: uuid('change_id'),
  undone: jsonb('undone').$type<UndoneChange[]>().notNull().default([]),
  stays: jsonb('stays').$type<UndoneChange[]>().notNull().default([]),
});
export type RollbackRow = typeof executionRollbacks.$inferSelect;

export const streamTickets = tenantTable('stream_tickets', {
  executionId: uuid('execution_id').notNull(),
  hash: text('hash').notNull(),
  actor: jsonb('actor').$type<Actor>().notNull(),
  expiresAt: time('expires_at').notNull(),
});

export const executionTallies = pgTable(
  'execution_tallies',
  {
    tenantId: uuid('tenant_id').notNull(),
    workflowId: uuid('workflow_id').notNull(),
    day: date('day').notNull(),
    status: text('status').notNull(),
    triggerKind: text('trigger_kind').notNull(),
    executions: integer('executions').notNull().default(0),
    activeMs: bigint('active_ms', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.workflowId, table.day, table.status, table.triggerKind] })],
);
